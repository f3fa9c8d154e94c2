// What makes an axis impossible. The rules stand here once, for axes read from text and for those made by programs.

import type { Axis } from './plan.js';

export const axisKinds = ['list', 'lin', 'log', 'uniform', 'loguniform', 'normal'] as const satisfies readonly Axis['kind'][];

/** The numbers an axis is made of, in the order in which they are written. */
export const axisParts = {
  lin: ['from', 'to', 'count'],
  log: ['from', 'to', 'count'],
  uniform: ['from', 'to'],
  loguniform: ['from', 'to'],
  normal: ['mean', 'sigma'],
} as const satisfies { readonly [K in Exclude<Axis['kind'], 'list'>]: readonly (keyof Extract<Axis, { kind: K }>)[] };
export type AxisPart = (typeof axisParts)[keyof typeof axisParts][number];

export interface AxisFault {
  /** The number at fault; an index for one of a list; undefined for the list as a whole. */
  readonly part: AxisPart | number | undefined;
  readonly message: string;
  readonly why: string;
  readonly help?: string | undefined;
}

/** More values than this are no list: the memory of a plan does not grow with its points. */
const longestList = 1_000_000;
const mostCount = 2 ** 31;

/** The first fault of an axis, if it has one. Errors of kind and name are the caller's. */
export function findAxisFault(axis: Axis): AxisFault | undefined {
  if (axis.kind === 'list') return findListFault(axis.values);
  const { kind } = axis;
  const numbers = axis as unknown as Readonly<Record<AxisPart, number>>;
  for (const part of axisParts[kind]) {
    if (part !== 'count' && !Number.isFinite(numbers[part])) {
      return {
        part,
        message: `'${part}' of ${kind}(…) is ${numbers[part]}`,
        why: 'an axis has finite values',
        help: 'write a finite number',
      };
    }
  }
  switch (axis.kind) {
    case 'normal':
      return axis.sigma >= 0
        ? undefined
        : {
            part: 'sigma',
            message: `'sigma' of normal(…) is negative`,
            why: 'sigma is the standard deviation: zero or more',
            help: 'leave the minus sign out',
          };
    case 'lin':
    case 'log':
      return axis.kind === 'log' ? (findSignFault(axis) ?? findCountFault(axis)) : findCountFault(axis);
    case 'uniform':
    case 'loguniform': {
      const sign = axis.kind === 'loguniform' ? findSignFault(axis) : undefined;
      if (sign !== undefined || axis.from <= axis.to) return sign;
      return {
        part: 'from',
        message: `'from' of ${kind}(…) is above 'to'`,
        why: 'a range goes from its lower to its upper end',
        help: 'swap the two',
      };
    }
  }
}

function findListFault(values: readonly number[]): AxisFault | undefined {
  if (values.length === 0)
    return { part: undefined, message: 'the list is empty', why: 'an axis has at least one value', help: 'write its values: [1, 2]' };
  if (values.length > longestList) {
    return {
      part: undefined,
      message: `the list has ${values.length} values`,
      why: `a list has at most ${longestList}`,
      help: 'take lin(…) or log(…)',
    };
  }
  const index = values.findIndex((value) => !Number.isFinite(value));
  return index < 0
    ? undefined
    : {
        part: index,
        message: `value ${index + 1} of the list is ${values[index]}`,
        why: 'an axis has finite values',
        help: 'write a finite number',
      };
}

function findSignFault({ kind, from, to }: { kind: Axis['kind']; from: number; to: number }): AxisFault | undefined {
  if (from > 0 && to > 0) return undefined;
  const part = from > 0 ? 'to' : 'from';
  return {
    part,
    message: `'${part}' of ${kind}(…) is ${(part === 'to' ? to : from) === 0 ? 'zero' : 'negative'}`,
    why: 'equal ratios need values above zero',
    help: `take ${kind === 'log' ? 'lin' : 'uniform'}(…), or ends above zero`,
  };
}

function findCountFault({ kind, count }: { kind: 'lin' | 'log'; count: number }): AxisFault | undefined {
  if (Number.isInteger(count) && count >= 1 && count <= mostCount) return undefined;
  return {
    part: 'count',
    message: `'count' of ${kind}(…) is ${count}`,
    why: `the count of values is a whole number from 1 to ${mostCount}`,
    help: count > mostCount ? 'take fewer values' : `write how many values to take: ${kind}(from, to, 11)`,
  };
}
