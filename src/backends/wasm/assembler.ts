// A WebAssembly module: functions, globals and one memory of its own, written as bytes
// (WebAssembly Core Specification 2.0, section 5.5). It knows nothing of Programs.

import { ByteWriter } from './bytes.js';
import { FunctionBuilder, type FunctionType, type GlobalRef } from './function-builder.js';
import { valueTypeCodes, type ValueType } from './instructions.js';

/** The most pages of 64 KiB that 32-bit addresses reach. */
export const mostPages = 65536;

const sectionIds = { type: 1, function: 3, memory: 5, global: 6, export: 7, code: 10 } as const;
const exportKinds = { function: 0, memory: 2 } as const;
const header = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

export class ModuleBuilder {
  private readonly types: FunctionType[] = [];
  private readonly typePlaces = new Map<string, number>();
  private readonly functions: FunctionBuilder[] = [];
  private readonly globals: ValueType[] = [];
  private readonly exports: { readonly name: string; readonly kind: keyof typeof exportKinds; readonly index: number }[] = [];

  addFunction(params: readonly ValueType[] = [], results: readonly ValueType[] = []): FunctionBuilder {
    const builder = new FunctionBuilder(this.functions.length, { params, results });
    this.functions.push(builder);
    return builder;
  }

  /** A variable that all functions see, 0 at first. */
  addGlobal(type: ValueType): GlobalRef {
    return { index: this.globals.push(type) - 1, type };
  }

  exportFunction(name: string, { index }: FunctionBuilder): void {
    this.exports.push({ name, kind: 'function', index });
  }

  exportMemory(name: string): void {
    this.exports.push({ name, kind: 'memory', index: 0 });
  }

  /** The module with a memory of `pages` pages of 64 KiB, which can grow to `limit`; at the same limits its views stay. */
  toBytes(pages: number, limit = pages): Uint8Array<ArrayBuffer> {
    if (limit > mostPages) throw new Error(`internal: wasm: a memory of ${limit} pages`);
    const typeOf = this.functions.map(({ type }) => this.placeType(type));
    const module = new ByteWriter();
    module.append(header);
    writeVector(module, sectionIds.type, this.types, writeType);
    writeVector(module, sectionIds.function, typeOf, (to, place) => to.unsigned(place));
    writeVector(module, sectionIds.memory, [[pages, limit]], (to, limits) => {
      to.byte(1);
      for (const one of limits) to.unsigned(one);
    });
    writeVector(module, sectionIds.global, this.globals, writeGlobal);
    writeVector(module, sectionIds.export, this.exports, (to, { name, kind, index }) => {
      to.sized(asciiBytes(name));
      to.byte(exportKinds[kind]);
      to.unsigned(index);
    });
    writeVector(module, sectionIds.code, this.functions, (to, one) => to.sized(one.toBytes()));
    return module.bytes.slice();
  }

  private placeType(type: FunctionType): number {
    const key = `${type.params.join()}:${type.results.join()}`;
    let place = this.typePlaces.get(key);
    if (place === undefined) this.typePlaces.set(key, (place = this.types.push(type) - 1));
    return place;
  }
}

/** A section that is a list; an empty one is left out. */
function writeVector<T>(module: ByteWriter, id: number, items: readonly T[], write: (to: ByteWriter, item: T) => void): void {
  if (items.length === 0) return;
  const section = new ByteWriter();
  section.unsigned(items.length);
  for (const item of items) write(section, item);
  module.byte(id);
  module.sized(section.bytes);
}

function writeType(to: ByteWriter, { params, results }: FunctionType): void {
  to.byte(0x60);
  for (const list of [params, results]) to.sized(Uint8Array.from(list, (type) => valueTypeCodes[type]));
}

/** Variable, with the constant expression `0`. */
function writeGlobal(to: ByteWriter, type: ValueType): void {
  to.byte(valueTypeCodes[type]);
  to.byte(1);
  if (type === 'f64') {
    to.byte(0x44);
    to.double(0);
  } else {
    to.byte(type === 'i32' ? 0x41 : 0x42);
    to.byte(0);
  }
  to.byte(0x0b);
}

const asciiBytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
