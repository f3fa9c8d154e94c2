// Units of signals. Every signal has a unit or none yet; ports that must agree are joined, products
// and quotients are computed once their operands are known. Bare numbers fit any unit.

import type { DiagnosticBag } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import {
  divideDimensions,
  multiplyDimensions,
  none,
  powerDimension,
  printDimension,
  sameDimension,
  type Dimension,
} from '../units/dimension.js';
import { parseUnit } from '../units/unit.js';
import type { Formula } from './formula.js';
import type { BlockInstance, FormulaInstance, Instance, SignalRef } from './graph.js';
import type { Work } from './work.js';

/** A class of quantities that have one unit: a node of a union-find forest. */
interface UnitClass {
  parent?: UnitClass;
  unit?: Dimension;
}

/** A product, quotient or root whose unit follows from its operands'. */
interface Derived {
  readonly result: UnitClass;
  readonly span: Span;
  compute(): Dimension | undefined;
}

/** Finds units and reports conflicts (DL301). The function returned gives a signal's unit, '' if it has none. */
export function resolveUnits(
  instances: readonly Instance[],
  work: Pick<Work, 'bag' | 'freeUnits' | 'declaredUnits'>,
): (ref: SignalRef) => string {
  return new UnitSolver(work.bag).solve(instances, work);
}

class UnitSolver {
  private readonly bag: DiagnosticBag;
  private readonly signals = new Map<Instance, Map<string, UnitClass>>();
  private readonly derived: Derived[] = [];

  constructor(bag: DiagnosticBag) {
    this.bag = bag;
  }

  solve(instances: readonly Instance[], work: Pick<Work, 'freeUnits' | 'declaredUnits'>): (ref: SignalRef) => string {
    // What is declared comes first, so that a conflict is reported where signals meet.
    for (const { signal, dimension, span } of work.declaredUnits) this.assign(this.signal(signal), dimension, span);
    for (const instance of instances) {
      if (instance.kind === 'formula') this.addFormula(instance);
      else this.addBlock(instance, work.freeUnits.get(instance) ?? []);
    }
    this.propagate();
    return (ref) => printDimension(find(this.signal(ref)).unit ?? none);
  }

  /** The class of a signal; the elements of a vector port have one each. */
  private signal(ref: SignalRef): UnitClass {
    let ports = this.signals.get(ref.instance);
    if (ports === undefined) this.signals.set(ref.instance, (ports = new Map()));
    const key = `${ref.port}[${ref.element}]`;
    let found = ports.get(key);
    if (found === undefined) ports.set(key, (found = {}));
    return found;
  }

  private addBlock(instance: BlockInstance, freeUnits: readonly { dimension: Dimension; span: Span }[]): void {
    const { block, span } = instance;
    const free: UnitClass = {};
    const constrain = (ref: SignalRef, unit: string): void => {
      if (unit === 'any') return;
      if (unit === '*') this.join(this.signal(ref), free, span);
      else this.assign(this.signal(ref), parseUnit(unit)!.dimension, span);
    };
    for (const [name, port] of Object.entries(block.outputs)) {
      if (port.type === 'bit') continue;
      for (let element = 0; element < instance.outputLengths.get(name)!; element++) constrain({ instance, port: name, element }, port.unit);
    }
    for (const [name, refs] of instance.inputs) {
      const port = block.inputs[name]!;
      if (port.type === 'bit') continue;
      for (const ref of refs) constrain(ref, port.unit);
    }
    for (const { dimension, span: at } of freeUnits) this.assign(free, dimension, at);
  }

  private addFormula(instance: FormulaInstance): void {
    const result = this.formulaUnit(instance.formula, instance);
    if (result !== undefined) this.join(this.signal({ instance, port: 'out', element: 0 }), result, instance.span);
  }

  /** The class of a formula's value; undefined for bits and for bare numbers, which fit any unit. */
  private formulaUnit(formula: Formula, instance: FormulaInstance): UnitClass | undefined {
    switch (formula.kind) {
      case 'input':
        return this.signal(instance.inputs[formula.index]!);
      case 'constant':
        return typeof formula.value === 'boolean' || formula.value.dimension === undefined ? undefined : { unit: formula.value.dimension };
      case 'apply':
        return this.applyUnit(formula, instance);
    }
  }

  private applyUnit({ op, args, span }: Extract<Formula, { kind: 'apply' }>, instance: FormulaInstance): UnitClass | undefined {
    const units = args.map((arg) => this.formulaUnit(arg, instance));
    const joinAll = (classes: readonly (UnitClass | undefined)[]): UnitClass | undefined => {
      const known = classes.filter((unit) => unit !== undefined);
      for (const other of known.slice(1)) this.join(known[0]!, other, span);
      return known[0];
    };
    const derive = (compute: () => Dimension | undefined): UnitClass => {
      const result: UnitClass = {};
      this.derived.push({ result, span, compute });
      return result;
    };
    const [a, b] = units;
    switch (op) {
      case 'neg':
      case 'abs':
      case 'floor':
      case 'round':
        return a;
      case 'add':
      case 'sub':
      case 'min':
      case 'max':
        return joinAll(units);
      case 'select':
        return joinAll(units.slice(1));
      case 'lt':
      case 'le':
      case 'gt':
      case 'ge':
      case 'eq':
      case 'ne':
        joinAll(units);
        return undefined;
      case 'mul':
        if (a === undefined || b === undefined) return a ?? b;
        return derive(() => combine(a, b, multiplyDimensions));
      case 'div':
        if (b === undefined) return a;
        return derive(() => (a === undefined ? combine({ unit: none }, b, divideDimensions) : combine(a, b, divideDimensions)));
      case 'sqrt':
        return a === undefined ? undefined : derive(() => combine(a, a, (unit) => powerDimension(unit, 0.5)));
      default:
        return undefined;
    }
  }

  /** Computes derived units until no more become known. */
  private propagate(): void {
    let open = this.derived;
    for (;;) {
      const waiting = open.filter(({ result, span, compute }) => {
        const unit = compute();
        if (unit !== undefined) this.assign(result, unit, span);
        return unit === undefined;
      });
      if (waiting.length === open.length) return;
      open = waiting;
    }
  }

  private assign(unit: UnitClass, dimension: Dimension, span: Span): void {
    this.join(unit, { unit: dimension }, span);
  }

  private join(a: UnitClass, b: UnitClass, span: Span): void {
    const [x, y] = [find(a), find(b)];
    if (x === y) return;
    if (x.unit !== undefined && y.unit !== undefined && !sameDimension(x.unit, y.unit)) {
      this.bag.error('DL301', span, `${name(x.unit)} and ${name(y.unit)} do not go together`, {
        why: 'signals that are added, compared, selected or share a port need one unit',
      });
      return;
    }
    y.parent = x;
    const unit = x.unit ?? y.unit;
    if (unit !== undefined) x.unit = unit;
  }
}

const name = (dimension: Dimension): string => printDimension(dimension) || 'a plain number';

function combine(a: UnitClass, b: UnitClass, rule: (a: Dimension, b: Dimension) => Dimension): Dimension | undefined {
  const [x, y] = [find(a).unit, find(b).unit];
  return x === undefined || y === undefined ? undefined : rule(x, y);
}

/** The root of a class, with path halving. */
function find(unit: UnitClass): UnitClass {
  let at = unit;
  while (at.parent !== undefined) {
    if (at.parent.parent !== undefined) at.parent = at.parent.parent;
    at = at.parent;
  }
  return at;
}
