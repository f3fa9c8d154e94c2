// Whether a parameter can be given another value without a new elaboration, and what can where it cannot.

import { fail } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { FixedParam, Graph, GraphParam } from './graph.js';

/** Names that are printed where there is nothing alike. */
const mostNames = 12;

/** What is about to be done to it: messages say so. */
export type TunableUse = 'vary' | 'learn';

const done: Readonly<Record<TunableUse, string>> = { vary: 'varied', learn: 'learned' };

/** The parameter of that name; DL306 where there is none, or where it shapes the system. */
export function requireTunable({ params, instances, fixed }: Graph, name: string, use: TunableUse = 'vary'): GraphParam {
  const names = params.filter(({ structural }) => !structural).map((param) => param.name);
  // Lists and matrices are learned as wholes.
  const tunable = use === 'learn' ? [...new Set(names.map((one) => one.replace(/(\[\d+\])+$/, '')))] : names;
  const listed = tunable.length === 0 ? 'nothing' : `${tunable.slice(0, mostNames).join(', ')}${tunable.length > mostNames ? ', …' : ''}`;
  const found = params.find((param) => param.name === name);
  if (found?.structural === true) refuseFixed(name, { kind: 'shape', isNumber: true }, listed, use);
  if (found !== undefined) return found;
  const why = fixed.get(name);
  if (why !== undefined) refuseFixed(name, why, listed, use);
  if (instances.some(({ path }) => path === name)) {
    fail('DL306', undefined, `'${name}' cannot be ${done[use]}: it is a signal`, {
      why: `a signal follows from what drives it; the parameters of that can be ${done[use]}`,
      help:
        didYouMean(
          name,
          tunable.filter((other) => other.startsWith(`${name}.`)),
        ) ?? `what can be ${done[use]}: ${listed}`,
    });
  }
  return fail('DL306', undefined, `there is no parameter '${name}' to ${use}`, {
    why: 'nothing in the system, its blocks or the bench has a parameter of this name',
    help: didYouMean(name, tunable) ?? `what can be ${done[use]}: ${listed}`,
  });
}

function refuseFixed(name: string, fixed: FixedParam, listed: string, use: TunableUse): never {
  const refuse = (reason: string, why: string, help: string): never =>
    fail('DL306', undefined, `parameter '${name}' cannot be ${done[use]}: ${reason}`, { why, help });
  switch (fixed.kind) {
    case 'follows':
      return refuse(
        `it follows from ${fixed.from.map((other) => `'${other}'`).join(' and ')}`,
        'the netlist computes it from other parameters',
        `${use} ${fixed.from.join(' or ')}`,
      );
    case 'off':
      return refuse(`${fixed.effect} is switched off`, 'a switched-off effect has its ideal value', `leave ${fixed.effect} out of --ideal`);
    case 'unstated':
      return refuse(
        'the netlist does not state it',
        'an effect that is not stated is not built',
        use === 'learn' ? 'write it where the block is' : `state it, as by --set ${name}=…`,
      );
    case 'shape':
      return refuse(
        'it shapes the system',
        'it decides a clock, a size, the frequency of a coherent tone or which of several forms is built: a change needs a new program',
        `${shapeHelp(name, fixed.isNumber, use)}; what can be ${done[use]}: ${listed}`,
      );
  }
}

function shapeHelp(name: string, isNumber: boolean, use: TunableUse): string {
  if (!isNumber) return 'write it in the netlist, once for each';
  if (use === 'vary') return `run once for each value (--set ${name}=…)`;
  return name.includes('.') ? 'hand it to the block as a parameter of the system, and vary that' : `try several values: vary ${name} = […]`;
}
