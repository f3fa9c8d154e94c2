// A module that runs lanes, in the making: its memory, and what the functions of it share whatever their number is.

import { argOf, type Expr } from '../../../ir/expr.js';
import { reachableNodes } from '../../../ir/leaves.js';
import { rootsOf } from '../../../ir/roots.js';
import { ModuleBuilder } from '../assembler.js';
import type { LeafCode, Push } from '../body.js';
import { loadDouble, storeDouble } from '../event-loop.js';
import type { FunctionBuilder } from '../function-builder.js';
import { emitIntrinsics, noLeaves } from '../intrinsics.js';
import { doubleAt } from '../memory-map.js';
import { emitFromMemory, emitToMemory } from '../ops.js';
import { constantChoice, type LaneContext } from './lane-body.js';
import { emitLaneIntrinsics } from './lane-intrinsics.js';
import { LaneMemory } from './lane-memory.js';
import type { ElementTarget } from './lane-moves.js';
import { laneOpsF32 } from './lane-ops-f32.js';
import { laneOpsF64 } from './lane-ops-f64.js';
import { laneImage, vectorBytes, type LaneShape } from './lane-shape.js';
import type { LaneWindows } from './lane-windows.js';
import type { SplitProgram } from './split-program.js';

const laneOps = { f64: laneOpsF64, f32: laneOpsF32 } as const;

export class LaneModule {
  readonly builder = new ModuleBuilder();
  readonly split: SplitProgram;
  readonly windows: LaneWindows;
  readonly memory: LaneMemory;
  readonly context: LaneContext;

  constructor(
    split: SplitProgram,
    shape: LaneShape,
    windows: LaneWindows,
    access: Pick<LaneContext, 'base' | 'leaf'> & Partial<Pick<LaneContext, 'image'>>,
  ) {
    this.split = split;
    this.windows = windows;
    const memory = (this.memory = new LaneMemory(split, shape, windows));
    const varies = split.varying.nodes;
    const leaves: LeafCode = { ...noLeaves, isCount: () => false, addressOf: (array) => memory.common.addressOf(array) };
    const nodes = [...split.nodes];
    this.context = {
      shape,
      varies,
      ops: laneOps[shape.precision],
      intrinsics: emitIntrinsics(
        this.builder,
        nodes.filter((node) => !varies.has(node)),
      ),
      laneIntrinsics: emitLaneIntrinsics(
        this.builder,
        shape.precision,
        nodes.filter((node) => varies.has(node)),
        (code, image) => this.loadImage(code, image),
      ),
      leaves,
      offsetOf: (array) => memory.stateAt(array),
      truncated: (code, param, k) => this.pushParam(code, memory.sharedInts.get(param), memory.intSlots.get(param), k),
      image: (code, image) => this.loadImage(code, image),
      ...access,
    };
  }

  /** Pushes vector k of a parameter. */
  loadParam(code: FunctionBuilder, name: string, k: number): void {
    this.pushParam(code, this.memory.sharedParams.get(name), this.memory.paramSlots.get(name), k);
  }

  /** Pushes the vector at a byte address that all lanes share, or else vector k of a slot. */
  private pushParam(code: FunctionBuilder, shared: number | undefined, slot: number | undefined, k: number): void {
    if (shared === undefined) this.context.base(code);
    else code.i32(0);
    code.loadVector(shared ?? this.memory.shape.slotBytes * slot! + vectorBytes * k);
  }

  /** Pushes a vector that has the eight bytes twice, from memory. */
  loadImage(code: FunctionBuilder, image: bigint): void {
    code.i32(0);
    code.loadVector(this.memory.constantAt(image));
  }

  /** Takes up the row of the trace: `setRow` takes it from the stack. */
  openTrace(code: FunctionBuilder, setRow: Push): void {
    loadDouble(code, this.memory.traceRow);
    emitFromMemory(code, 'int');
    setRow(code);
  }

  /** Puts the row of the trace back, and adds the ticks that began to the position; each row is pushed as a distance in bytes. */
  closeRows(code: FunctionBuilder, pushTraceRow: Push, pushRows: readonly Push[]): void {
    const { common, traceRow } = this.memory;
    storeDouble(code, traceRow, () => {
      pushTraceRow(code);
      emitToMemory(code, 'int');
    });
    pushRows.forEach((pushRow, clock) => {
      const begun = doubleAt(common.position, common.layout.firstTicks + clock);
      storeDouble(code, begun, () => {
        loadDouble(code, begun);
        pushRow(code);
        emitToMemory(code, 'int');
        code.f64(doubleAt(0, 1));
        code.op('f64.div');
        code.op('f64.add');
      });
    });
  }

  /** What writes to memory without a body; `scratch` is a local. */
  targetOf(code: FunctionBuilder, scratch: number): ElementTarget {
    const constant: ElementTarget['constant'] = (type, value) =>
      this.context.image(code, laneImage(this.context.shape.precision, type, value));
    return { code, constant, scratchVector: () => scratch };
  }

  /** How the shared values of an event are pushed; `pushRow` pushes the distance of the event's row of the trace from the first. */
  tracedPushes(kind: number, pushRow: Push): [Expr, Push][] {
    return [...this.split.traced[kind]!].map(([expr, column]) => [
      expr,
      (code) => {
        pushRow(code);
        code.load(this.memory.trace[column]!);
        emitFromMemory(code, expr.type);
      },
    ]);
  }

  /** The constants that the lanes use, each as often as it stands. */
  constantImages(): bigint[] {
    const { varies } = this.context;
    const { precision } = this.context.shape;
    const images: bigint[] = [];
    const use = (expr: Expr): void => {
      if (expr.op === 'const') images.push(laneImage(precision, expr.type, argOf(expr, 'const')));
    };
    for (const node of this.split.nodes) {
      if (!varies.has(node)) continue;
      const choice = node.op === 'select' ? constantChoice(precision, node.src[1]!, node.src[2]!) : undefined;
      if (choice === undefined) node.src.forEach(use);
      else images.push(...choice);
    }
    return images;
  }

  /** Instructions that each kind of event takes, about, in nodes of a single lane. */
  eventSizes(): number[] {
    return this.split.lanes.events.map((event, kind) => {
      const roots = rootsOf(event).map(({ expr }) => expr);
      return this.context.shape.vectors.length * reachableNodes(roots, (node) => this.split.traced[kind]!.has(node)).size;
    });
  }
}
