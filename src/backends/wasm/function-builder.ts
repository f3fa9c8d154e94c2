// Writes the body of one WebAssembly function and checks the types on the operand stack as it goes: a mistake of ours
// throws here, at the instruction, and not when the module is made. Blocks take and give no values; locals carry them.

import { ByteWriter } from './bytes.js';
import { instructions, valueTypeCodes, type Instruction, type ValueType } from './instructions.js';

export interface FunctionType {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

export interface GlobalRef {
  readonly index: number;
  readonly type: ValueType;
}

/** A block or loop that is open: a branch goes to the end of a block, to the start of a loop. */
export interface Label {
  readonly kind: 'function' | 'block' | 'loop' | 'if';
  /** Operands that lay on the stack when it was opened. */
  readonly height: number;
  /** A branch ended the code that can be reached. */
  isLeft: boolean;
}

const emptyBlock = 0x40;
/** Exponents of alignments, which are hints: of a double, and of what vectors are moved by. */
const doubleAlign = 3;
const laneAligns = { 32: 2, 64: 3 } as const;
const vectorPrefix = 0xfd;

export class FunctionBuilder {
  readonly index: number;
  readonly type: FunctionType;
  private readonly locals: ValueType[];
  private readonly code = new ByteWriter();
  private readonly stack: ValueType[] = [];
  private readonly open: Label[] = [{ kind: 'function', height: 0, isLeft: false }];

  constructor(index: number, type: FunctionType) {
    this.index = index;
    this.type = type;
    this.locals = [...type.params];
  }

  /** Index of a new local, zero at first; those of the parameters are 0, 1, … */
  addLocal(type: ValueType): number {
    return this.locals.push(type) - 1;
  }

  // ---- values ----------------------------------------------------------------------------------------

  op(name: Instruction): void {
    const { code, takes, gives } = instructions[name];
    this.begin(name);
    for (let i = takes.length - 1; i >= 0; i--) this.pop(takes[i]!, name);
    for (const byte of code) this.code.byte(byte);
    this.stack.push(gives);
  }

  i32(value: number): void {
    if ((value | 0) !== value) fail(`${value} is not a 32-bit integer`);
    this.begin('i32.const');
    this.code.byte(0x41);
    this.code.signed(BigInt(value));
    this.stack.push('i32');
  }

  i64(value: bigint): void {
    if (BigInt.asIntN(64, value) !== value) fail(`${value} is not a 64-bit integer`);
    this.begin('i64.const');
    this.code.byte(0x42);
    this.code.signed(value);
    this.stack.push('i64');
  }

  f64(value: number): void {
    this.begin('f64.const');
    this.code.byte(0x44);
    this.code.double(value);
    this.stack.push('f64');
  }

  get(local: number): void {
    this.begin('local.get');
    this.withIndex(0x20, local);
    this.stack.push(this.localType(local));
  }

  set(local: number): void {
    this.begin('local.set');
    this.pop(this.localType(local), 'local.set');
    this.withIndex(0x21, local);
  }

  tee(local: number): void {
    this.begin('local.tee');
    this.pop(this.localType(local), 'local.tee');
    this.withIndex(0x22, local);
    this.stack.push(this.localType(local));
  }

  getGlobal({ index, type }: GlobalRef): void {
    this.begin('global.get');
    this.withIndex(0x23, index);
    this.stack.push(type);
  }

  setGlobal({ index, type }: GlobalRef): void {
    this.begin('global.set');
    this.pop(type, 'global.set');
    this.withIndex(0x24, index);
  }

  /** Takes two values of one type and a bit: the first value if the bit is not 0. */
  select(): void {
    this.begin('select');
    this.pop('i32', 'select');
    const type = this.stack.at(-1) ?? 'i32';
    this.pop(type, 'select');
    this.pop(type, 'select');
    this.code.byte(0x1b);
    this.stack.push(type);
  }

  // ---- memory ----------------------------------------------------------------------------------------

  /** f64.load: takes an address; `offset` in bytes. */
  load(offset: number): void {
    this.begin('f64.load');
    this.pop('i32', 'f64.load');
    this.withIndex(0x2b, doubleAlign);
    this.code.unsigned(offset);
    this.stack.push('f64');
  }

  /** f64.store: takes an address and a value. */
  store(offset: number): void {
    this.begin('f64.store');
    this.pop('f64', 'f64.store');
    this.pop('i32', 'f64.store');
    this.withIndex(0x39, doubleAlign);
    this.code.unsigned(offset);
  }

  /** memory.copy: takes the target, the source and the number of bytes. */
  copyMemory(): void {
    this.begin('memory.copy');
    for (let i = 0; i < 3; i++) this.pop('i32', 'memory.copy');
    for (const byte of [0xfc, 10, 0, 0]) this.code.byte(byte);
  }

  // ---- vectors ---------------------------------------------------------------------------------------

  /** v128.load: takes an address. */
  loadVector(offset: number): void {
    this.begin('v128.load');
    this.pop('i32', 'v128.load');
    this.withMemory(0, 4, offset);
    this.stack.push('v128');
  }

  /** v128.store: takes an address and a vector. */
  storeVector(offset: number): void {
    this.begin('v128.store');
    this.pop('v128', 'v128.store');
    this.pop('i32', 'v128.store');
    this.withMemory(11, 4, offset);
  }

  /** v128.load32_lane or v128.load64_lane: takes an address and the vector whose other lanes stay. */
  loadLane(bits: 32 | 64, offset: number, lane: number): void {
    this.begin('v128.load_lane');
    this.pop('v128', 'v128.load_lane');
    this.pop('i32', 'v128.load_lane');
    this.withMemory(bits === 32 ? 86 : 87, laneAligns[bits], offset);
    this.code.byte(lane);
    this.stack.push('v128');
  }

  /** v128.store32_lane or v128.store64_lane: takes an address and a vector. */
  storeLane(bits: 32 | 64, offset: number, lane: number): void {
    this.begin('v128.store_lane');
    this.pop('v128', 'v128.store_lane');
    this.pop('i32', 'v128.store_lane');
    this.withMemory(bits === 32 ? 90 : 91, laneAligns[bits], offset);
    this.code.byte(lane);
  }

  /** i32x4.extract_lane. */
  extractInt(lane: number): void {
    this.begin('i32x4.extract_lane');
    this.pop('v128', 'i32x4.extract_lane');
    this.vectorOp(27);
    this.code.byte(lane);
    this.stack.push('i32');
  }

  /** f32x4.replace_lane or f64x2.replace_lane: takes a vector and a number. */
  replaceLane(type: 'f32' | 'f64', lane: number): void {
    this.begin('replace_lane');
    this.pop(type, 'replace_lane');
    this.pop('v128', 'replace_lane');
    this.vectorOp(type === 'f32' ? 32 : 34);
    this.code.byte(lane);
    this.stack.push('v128');
  }

  /** i8x16.shuffle by words of 32 bits: 0 .. 3 of the first vector, 4 .. 7 of the second. */
  shuffleWords(words: readonly [number, number, number, number]): void {
    this.begin('i8x16.shuffle');
    this.pop('v128', 'i8x16.shuffle');
    this.pop('v128', 'i8x16.shuffle');
    this.vectorOp(13);
    for (const word of words) for (let byte = 0; byte < 4; byte++) this.code.byte(4 * word + byte);
    this.stack.push('v128');
  }

  // ---- control ---------------------------------------------------------------------------------------

  block(): Label {
    this.begin('block');
    return this.enter('block', 0x02);
  }

  loop(): Label {
    this.begin('loop');
    return this.enter('loop', 0x03);
  }

  /** Takes a bit; what follows up to `end` runs if it is not 0. */
  if(): Label {
    this.begin('if');
    this.pop('i32', 'if');
    return this.enter('if', 0x04);
  }

  /** Closes the innermost block, loop or if. */
  end(): void {
    if (this.open.length === 1) fail('end outside of a block');
    this.expectHeight(this.open.pop()!, 'end');
    this.code.byte(0x0b);
  }

  br(label: Label): void {
    this.begin('br');
    this.expectHeight(this.innermost, 'br');
    this.withIndex(0x0c, this.depthOf(label));
    this.innermost.isLeft = true;
  }

  /** Takes a bit; branches if it is not 0. */
  brIf(label: Label): void {
    this.begin('br_if');
    this.pop('i32', 'br_if');
    this.expectHeight(this.innermost, 'br_if');
    this.withIndex(0x0d, this.depthOf(label));
  }

  /** Takes an index into `labels`; one outside goes to `otherwise`. */
  brTable(labels: readonly Label[], otherwise: Label): void {
    this.begin('br_table');
    this.pop('i32', 'br_table');
    this.expectHeight(this.innermost, 'br_table');
    this.withIndex(0x0e, labels.length);
    for (const label of [...labels, otherwise]) this.code.unsigned(this.depthOf(label));
    this.innermost.isLeft = true;
  }

  call({ index, type: { params, results } }: FunctionBuilder): void {
    this.begin('call');
    for (let i = params.length - 1; i >= 0; i--) this.pop(params[i]!, 'call');
    this.withIndex(0x10, index);
    this.stack.push(...results);
  }

  /** The function's entry in the code section. Throws unless exactly the results lie on the stack. */
  toBytes(): Uint8Array {
    if (this.open.length !== 1) fail(`${this.open.length - 1} blocks are open at the end of a function`);
    const { results } = this.type;
    if (this.stack.join() !== results.join()) fail(`a function that gives (${results.join()}) ends with (${this.stack.join()})`);
    const body = new ByteWriter();
    const runs = runsOf(this.locals.slice(this.type.params.length));
    body.unsigned(runs.length);
    for (const { type, count } of runs) {
      body.unsigned(count);
      body.byte(valueTypeCodes[type]);
    }
    body.append(this.code.bytes);
    body.byte(0x0b);
    return body.bytes;
  }

  private get innermost(): Label {
    return this.open.at(-1)!;
  }

  private begin(name: string): void {
    if (this.innermost.isLeft) fail(`${name} stands behind a branch and cannot be reached`);
  }

  private enter(kind: Label['kind'], code: number): Label {
    const label = { kind, height: this.stack.length, isLeft: false };
    this.open.push(label);
    this.code.byte(code);
    this.code.byte(emptyBlock);
    return label;
  }

  private pop(type: ValueType, by: string): void {
    const top = this.stack.length > this.innermost.height ? this.stack.pop()! : 'nothing';
    if (top !== type) fail(`${by} takes ${type} and finds ${top}`);
  }

  private expectHeight({ kind, height }: Label, by: string): void {
    if (this.stack.length !== height) fail(`${by} in a ${kind} leaves (${this.stack.slice(height).join()}) on the stack`);
  }

  private depthOf(label: Label): number {
    const at = this.open.lastIndexOf(label);
    if (at <= 0) fail('a branch to a block that is not open');
    return this.open.length - 1 - at;
  }

  private localType(local: number): ValueType {
    return this.locals[local] ?? fail(`there is no local ${local}`);
  }

  private vectorOp(code: number): void {
    this.code.byte(vectorPrefix);
    this.code.unsigned(code);
  }

  private withMemory(code: number, align: number, offset: number): void {
    this.vectorOp(code);
    this.code.unsigned(align);
    this.code.unsigned(offset);
  }

  private withIndex(code: number, index: number): void {
    this.code.byte(code);
    this.code.unsigned(index);
  }
}

function fail(reason: string): never {
  throw new Error(`internal: wasm: ${reason}`);
}

/** Neighbours of one type, counted. */
function runsOf(types: readonly ValueType[]): { type: ValueType; count: number }[] {
  const runs: { type: ValueType; count: number }[] = [];
  for (const type of types) {
    const last = runs.at(-1);
    if (last?.type === type) last.count++;
    else runs.push({ type, count: 1 });
  }
  return runs;
}
