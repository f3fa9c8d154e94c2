// A growing sequence of bytes with the number encodings of WebAssembly: LEB128 and little-endian doubles.

const word = new DataView(new ArrayBuffer(8));

export class ByteWriter {
  private buffer = new Uint8Array(256);
  private used = 0;

  /** The bytes so far; valid until more are written. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.buffer.subarray(0, this.used);
  }

  get length(): number {
    return this.used;
  }

  byte(value: number): void {
    this.makeRoom(1);
    this.buffer[this.used++] = value;
  }

  append(bytes: Uint8Array): void {
    this.makeRoom(bytes.length);
    this.buffer.set(bytes, this.used);
    this.used += bytes.length;
  }

  /** Unsigned LEB128 of 0 .. 2^32-1. */
  unsigned(value: number): void {
    if (!(Number.isInteger(value) && value >= 0 && value < 2 ** 32))
      throw new Error(`internal: ${value} is not an unsigned 32-bit integer`);
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.byte((rest % 128) | 128);
    this.byte(rest);
  }

  /** Signed LEB128; the last byte's bit 6 is the sign. */
  signed(value: bigint): void {
    let rest = value;
    for (; rest < -64n || rest > 63n; rest >>= 7n) this.byte(Number(rest & 127n) | 128);
    this.byte(Number(rest & 127n));
  }

  /** A double, bit for bit but for the payload of a NaN. */
  double(value: number): void {
    word.setFloat64(0, value, true);
    this.append(new Uint8Array(word.buffer));
  }

  /** Length, then the bytes: how strings and sections stand in a module. */
  sized(bytes: Uint8Array): void {
    this.unsigned(bytes.length);
    this.append(bytes);
  }

  private makeRoom(count: number): void {
    if (this.used + count <= this.buffer.length) return;
    const larger = new Uint8Array(Math.max(2 * this.buffer.length, this.used + count));
    larger.set(this.bytes);
    this.buffer = larger;
  }
}
