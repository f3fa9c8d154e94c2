// Types of signals: flexible ports and choices take the type of what they are connected to. Known types
// are propagated along the wires until nothing changes; what is still open then is real.

import type { DiagnosticBag } from '../diagnostics/diagnostic.js';
import { checkFormula, formulaType } from './formula.js';
import {
  signalName,
  signalType,
  type BlockInstance,
  type FormulaInstance,
  type Instance,
  type SignalRef,
  type SignalType,
} from './graph.js';
import type { DeclaredBit } from './work.js';

/** Finds the type of every signal and reports those that do not fit their port. */
export function resolveTypes(instances: readonly Instance[], declaredBits: readonly DeclaredBit[], bag: DiagnosticBag): void {
  const known = new Map<Instance, SignalType>();
  // The inner side of an input is what it is declared to be: a wrong signal outside is reported there, not at each reader.
  for (const { signal } of declaredBits) if (isPassing(signal.instance)) known.set(signal.instance, 'bit');
  for (const instance of instances) if (instance.kind === 'block' && instance.startsAsBit) known.set(instance, 'bit');
  const typeOf = (ref: SignalRef): SignalType | undefined => {
    if (ref.instance.kind === 'formula') return known.get(ref.instance);
    const declared = ref.instance.block.outputs[ref.port]!.type;
    return declared === 'flex' ? known.get(ref.instance) : declared;
  };
  const readers = new Map<Instance, Instance[]>();
  for (const instance of instances) {
    for (const ref of inputRefs(instance)) {
      const list = readers.get(ref.instance);
      if (list === undefined) readers.set(ref.instance, [instance]);
      else list.push(instance);
    }
  }
  const derive = (instance: Instance): SignalType | undefined => {
    if (instance.kind === 'formula') return formulaType(instance.formula, (index) => typeOf(instance.inputs[index]!));
    const port = Object.entries(instance.block.inputs).find(([, declared]) => declared.type === 'flex');
    const ref = port === undefined ? undefined : instance.inputs.get(port[0])?.[0];
    return ref === undefined ? undefined : typeOf(ref);
  };
  const settle = (queue: Instance[]): void => {
    while (queue.length > 0) {
      const instance = queue.pop()!;
      if (known.has(instance)) continue;
      const type = derive(instance);
      if (type === undefined) continue;
      known.set(instance, type);
      for (const reader of readers.get(instance) ?? []) queue.push(reader);
    }
  };
  settle([...instances]);
  // A circle of registers and choices alone has no type of its own.
  for (const instance of instances) {
    if (known.has(instance) || (instance.kind === 'block' && !hasFlexible(instance))) continue;
    known.set(instance, 'real');
    settle([...(readers.get(instance) ?? [])]);
  }
  for (const instance of instances) {
    const type = known.get(instance) ?? 'real';
    if (instance.kind === 'formula') instance.type = type;
    else instance.flexType = type;
  }
  for (const declared of declaredBits) checkDeclaredBit(declared, bag);
  for (const instance of instances) checkTypes(instance, bag);
}

const hasFlexible = (instance: Instance & { kind: 'block' }): boolean =>
  Object.values(instance.block.outputs).some((port) => port.type === 'flex');

const inputRefs = (instance: Instance): readonly SignalRef[] =>
  instance.kind === 'formula' ? instance.inputs : [...instance.inputs.values()].flat();

const isPassing = (instance: Instance): instance is FormulaInstance => instance.kind === 'formula' && instance.formula.kind === 'input';

const why = 'a bit port takes the result of a comparison or of logic';
const help = 'compare it, as in x > 0';

function checkDeclaredBit({ signal, span, at }: DeclaredBit, bag: DiagnosticBag): void {
  const { instance } = signal;
  const source = isPassing(instance) ? instance.inputs[0] : signal;
  if (source === undefined || signalType(source) === 'bit') return;
  bag.error('DL302', at, `a real signal is connected to input '${instance.path}', which is a bit`, {
    why,
    help,
    related: [{ message: 'declared here', span }],
  });
}

/** Bits fit real ports as 0 and 1; real signals do not fit bit ports. */
function checkTypes(instance: Instance, bag: DiagnosticBag): void {
  if (instance.kind === 'formula') {
    checkFormula(instance.formula, (index) => signalType(instance.inputs[index]!), bag);
    return;
  }
  for (const [name, refs] of instance.inputs) {
    const { type } = instance.block.inputs[name]!;
    if (type === 'real' || (type === 'flex' && instance.flexType === 'real')) continue;
    for (const ref of refs) {
      if (signalType(ref) === 'bit') continue;
      bag.error(
        'DL302',
        instance.span,
        `input '${name}' of ${instance.block.type} '${instance.path}' is a bit, but '${signalName(ref)}' is real`,
        { why, help },
      );
    }
  }
  if (instance.flexType === 'bit') checkBitStart(instance, bag);
}

/** A flexible port that turned out to be a bit starts as one. */
function checkBitStart({ block, path, params, span }: BlockInstance, bag: DiagnosticBag): void {
  for (const [name, declared] of Object.entries(block.params)) {
    const value = params[name];
    if (declared.kind !== 'number' || !declared.flex || value === 0 || value === 1) continue;
    bag.error('DL303', span, `'${name}' of ${block.type} '${path}' is ${String(value)}, but the signal is a bit: 0 or 1`, {
      why: 'a bit port starts with a bit',
      help: `${name}: true, or ${name}: false`,
    });
  }
}
