// Keeps what was made for the arguments used last: records are analysed many times, at few lengths.

const most = 16;

/** `make` with a memory of 16; what it makes must not be changed. */
export function remember<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    // Inserting again keeps the map in order of last use, oldest first.
    made.delete(key);
    made.set(key, value);
    if (made.size > most) made.delete(made.keys().next().value!);
    return value;
  };
}
