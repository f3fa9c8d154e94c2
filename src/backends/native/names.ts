// Names in emitted C. A name of a netlist becomes an identifier by a fixed rule, so no text of a netlist
// stands in the code; in comments it is stripped of all that could end or continue one.

/** Keywords of C and C++, and words that compilers define as macros. */
const reserved: ReadonlySet<string> = new Set(
  `alignas alignof and and_eq asm auto bitand bitor bool break case catch char class co_await co_return co_yield compl concept const
  const_cast consteval constexpr constinit continue decltype default delete do double dynamic_cast else enum explicit export extern
  false final float for friend goto i386 if import inline int linux long mips module mutable namespace new noexcept not not_eq nullptr
  operator or or_eq override private protected public register reinterpret_cast requires restrict return short signed sizeof static
  static_assert static_cast struct switch template this thread_local throw true try typedef typeid typename typeof typeof_unqual union
  unix unsigned using virtual void volatile wchar_t while xor xor_eq`.split(/\s+/),
);
/** Macros and types of the headers that emitted code includes. */
const ofHeaders = /^(NULL|DECIMAL_DIG|(FLT|DBL|LDBL|DL|SIZE|PTRDIFF|WCHAR|WINT|SIG_ATOMIC)_\w+|U?INT\w*_(MAX|MIN|C|WIDTH)|u?int\w*_t)$/;

const isReserved = (name: string): boolean => reserved.has(name) || ofHeaders.test(name);
const longestName = 60;

/** A string that is an identifier of C and C++, reserved for nobody: for prefixes that a user gives. */
export const isPrefix = (text: string): boolean => /^[A-Za-z][A-Za-z0-9_]{0,59}$/.test(text) && !text.includes('__') && !isReserved(text);

/** Letters and digits stay, all else becomes single underscores; `x` goes before what does not begin with a letter, `_` behind reserved words. */
export function identifierOf(name: string): string {
  const plain = name
    .replace(/[^A-Za-z0-9]+/g, '_')
    .slice(0, longestName)
    .replace(/_+$/, '');
  const begun = /^[A-Za-z]/.test(plain) ? plain : `x${plain}`;
  return isReserved(begun) ? `${begun}_` : begun;
}

/** Identifiers of names, each different: later ones that meet an earlier get a number. */
export function identifiersOf(names: readonly string[]): string[] {
  const given = new Set<string>();
  return names.map((name) => {
    const plain = identifierOf(name);
    let unique = plain;
    for (let n = 2; given.has(unique); n++) unique = `${plain}_${n}`;
    given.add(unique);
    return unique;
  });
}

/** Text that is safe within a comment: printable ASCII on one line, without what begins, ends or continues comments. */
export function commentText(text: string): string {
  const plain = text.replace(/[^\x20-\x7e]/g, '?').replace(/[*\\?]/g, (char) => (char === '*' ? 'x' : '.'));
  return plain.length > 200 ? `${plain.slice(0, 200)}...` : plain;
}
