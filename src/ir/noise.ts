// Noise as expressions. A draw follows from the run's seed (the generator's key) and from its place: lane, tick, stream and
// number of the draw. So no order of evaluation, no other block and no way of splitting lanes changes it.

import { keyOfSeed } from '../random/seed-key.js';
import { hashPath } from '../random/path-hash.js';
import { add, cos, floor, int, log, lt, mul, param, select, sin, sqrt, sub, toInt, uniform } from './build.js';
import { argOf, type Expr } from './expr.js';
import type { Program, ProgramParam } from './program.js';
import { programNodes } from './roots.js';

/** Parameters that every Program with noise has, under names that no netlist can write; each holds a signed 32-bit integer. */
export const noiseParams = { lane: 'noise lane', seedLow: 'noise seed low', seedHigh: 'noise seed high' } as const;

/** The Program with the parameters of noise, at seed 0 and lane 0, if it draws any or reads its lane's number. */
export function withNoiseParams(program: Program): Program {
  const draws = [...programNodes(program)].some(
    (node) => node.op === 'uniform' || (node.op === 'param' && argOf(node, 'param') === noiseParams.lane),
  );
  const added = Object.values(noiseParams).map((name): ProgramParam => ({ name, value: 0, unit: '' }));
  return draws ? { ...program, params: [...program.params, ...added] } : program;
}

/** Values of the seed's parameters; `seed` is a whole number from 0 to 2^53 - 1. */
export function noiseValues(seed: number, lane = 0): Map<string, number> {
  const [low, high] = keyOfSeed(seed);
  return new Map([
    [noiseParams.lane, lane | 0],
    [noiseParams.seedLow, low | 0],
    [noiseParams.seedHigh, high | 0],
  ]);
}

/** Where a draw stands. */
export interface Draw {
  /** Path of the instance and name of the draw. */
  readonly path: string;
  /** Ticks of the instance's clock, a real; undefined for what is drawn once a run. */
  readonly tick: Expr | undefined;
  /** Number of the draw among those of the same name, an int of 16 bits. */
  readonly draw: Expr;
}

/**
 * Two independent uniforms in (0, 1) of one block of the generator: counter words lane, tick mod 2^32, 32 bits of the
 * path's hash, and 16 more bits of it above the draw's number.
 */
export function drawUniforms({ path, tick, draw }: Draw): [Expr, Expr] {
  const { low, high } = hashPath(path);
  const word = (name: string): Expr => toInt(param(name));
  const place = [
    word(noiseParams.lane),
    tick === undefined ? int(0) : lowWord(tick),
    int(low | 0),
    add(draw, int((high << 16) | 0)),
    word(noiseParams.seedLow),
    word(noiseParams.seedHigh),
  ] as const;
  return [uniform(0, place), uniform(1, place)];
}

/** A draw of the normal distribution with mean 0 and variance 1 (Box & Muller 1958). */
export const drawNormal = (at: Draw): Expr => drawPair(at)[0];

/** Independent normal draws, two from each block of the generator: draws 2k and 2k + 1 are of block k. */
export function drawNormals({ path, tick }: Omit<Draw, 'draw'>, count: number): Expr[] {
  const pairs = Array.from({ length: Math.ceil(count / 2) }, (_, k) => drawPair({ path, tick, draw: int(k) }));
  return pairs.flat().slice(0, count);
}

/** The cosine and the sine of Box and Muller, which are independent. */
function drawPair(at: Draw): [Expr, Expr] {
  const [first, second] = drawUniforms(at);
  const [radius, angle] = [sqrt(mul(-2, log(first))), mul(2 * Math.PI, second)];
  return [mul(radius, cos(angle)), mul(radius, sin(angle))];
}

/** A count modulo 2^32 as a signed int. */
function lowWord(tick: Expr): Expr {
  const rest = sub(tick, mul(floor(mul(tick, 2 ** -32)), 2 ** 32));
  return toInt(select(lt(rest, 2 ** 31), rest, sub(rest, 2 ** 32)));
}
