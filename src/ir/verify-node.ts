// The rule of each operation: how many operands of which types it takes, and the type it gives.

import { argOf, type Expr, type Op } from './expr.js';
import type { ScalarType } from './types.js';
import { fitsType, isCount, wrong } from './verify-values.js';

/** The type that a node must have, or undefined when its operands do not fit. */
type Rule = (types: readonly ScalarType[], node: Expr) => ScalarType | undefined;

const matches = (types: readonly ScalarType[], wanted: readonly ScalarType[]): boolean =>
  types.length === wanted.length && types.every((type, i) => type === wanted[i]);
const takes =
  (wanted: readonly ScalarType[], result: ScalarType): Rule =>
  (types) =>
    matches(types, wanted) ? result : undefined;
/** As many operands of one type, real or int. */
const numbers =
  (count: number, result?: ScalarType): Rule =>
  (types) => {
    const [type] = types;
    return types.length === count && type !== undefined && type !== 'bit' && types.every((other) => other === type)
      ? (result ?? type)
      : undefined;
  };
const real1 = takes(['real'], 'real');
const real2 = takes(['real', 'real'], 'real');
const bit2 = takes(['bit', 'bit'], 'bit');

const rules: { readonly [K in Op]: Rule } = {
  const: (types, node) => (types.length === 0 && fitsType(node.type, argOf(node, 'const')) ? node.type : undefined),
  param: takes([], 'real'),
  input: (_, node) => wrong(`input ${argOf(node, 'input')} was not replaced`),
  state: (types, node) => (types.length === 0 && argOf(node, 'state').length === 0 ? argOf(node, 'state').type : undefined),
  time: takes([], 'real'),
  tick: takes([], 'real'),
  index: (types, node) => (types.length === 0 && isCount(argOf(node, 'index').length) ? 'int' : undefined),
  load: (types, node) => {
    const array = argOf(node, 'load');
    return matches(types, ['int']) ? (array.kind === 'data' ? 'real' : array.type) : undefined;
  },
  sum: (types, node) => (matches(types, ['real']) && isCount(argOf(node, 'sum').length) ? 'real' : undefined),
  add: numbers(2),
  sub: numbers(2),
  mul: numbers(2),
  min: numbers(2),
  max: numbers(2),
  neg: numbers(1),
  abs: numbers(1),
  div: real2,
  floor: real1,
  round: real1,
  sqrt: real1,
  exp: real1,
  log: real1,
  sin: real1,
  cos: real1,
  tanh: real1,
  pow: real2,
  uniform: (types, node) => {
    const which = argOf(node, 'uniform');
    return types.length === 6 && types.every((type) => type === 'int') && (which === 0 || which === 1) ? 'real' : undefined;
  },
  lt: numbers(2, 'bit'),
  le: numbers(2, 'bit'),
  eq: numbers(2, 'bit'),
  not: takes(['bit'], 'bit'),
  and: bit2,
  or: bit2,
  xor: bit2,
  select: ([test, a, b, ...rest]) => (test === 'bit' && a !== undefined && a === b && rest.length === 0 ? a : undefined),
  toReal: ([type, ...rest]) => (rest.length === 0 && (type === 'int' || type === 'bit') ? 'real' : undefined),
  toInt: ([type, ...rest]) => (rest.length === 0 && (type === 'real' || type === 'bit') ? 'int' : undefined),
  pow2: takes(['int'], 'real'),
  exponent: takes(['real'], 'int'),
};

/** Throws when the node's operands, argument, type or place in the order is wrong. */
export function verifyNode(node: Expr): void {
  const types = node.src.map((operand) => operand.type);
  const type = rules[node.op](types, node);
  if (type === undefined)
    wrong(`${node.op} of ${node.type} does not take (${types.join(', ')})${node.op === 'const' ? ` and is ${argOf(node, 'const')}` : ''}`);
  if (type !== node.type) wrong(`${node.op} gives ${type}, not ${node.type}`);
  if (node.src.some((operand) => operand.id >= node.id)) wrong(`${node.op} stands before its operand`);
}
