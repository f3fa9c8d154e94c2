// Reads one expression or one part of a statement that stands alone, as in a YAML scalar. Newlines are
// blanks here.

import type { DiagnosticBag } from '../../diagnostics/diagnostic.js';
import type { SourceText, Span } from '../../diagnostics/span.js';
import type { CallExpression, Expression, Identifier, InputDeclaration, OutputDeclaration, PhaseDeclaration } from '../ast.js';
import { explainMismatch, reportTooDeep } from './explain.js';
import type { RangeParts } from './expression-actions.js';
import { matchTokens } from './match.js';
import type { JudgeParts, LearnTarget } from './optimize-actions.js';
import { noTrivia, type Reading } from './plan.js';
import { StatementTokens } from './statement-tokens.js';
import type {
  BenchTargetParts,
  ClockParts,
  EdgeExpression,
  MeasureParts,
  RecordParts,
  RunParts,
  TargetParts,
  TicksParts,
  ValueParts,
  WriteParts,
} from './statement-actions.js';
import { commentLines, readToken } from './token.js';

/** What each kind of fragment reads as; its text in the comment. */
export interface Fragments {
  /** `x1 - 2*v` */
  expression: Expression;
  /** `integrator(u - v) @ clk.p2`: an expression and perhaps a clock edge */
  value: ValueParts;
  /** `x`, `x[i]`: what a block is named */
  target: TargetParts;
  /** `clk.p2`, `clk` */
  edge: EdgeExpression;
  /** `fs phases [p1, p2 at 0.5] offset 1us` */
  clock: ClockParts;
  /** `p2 at 0.5` */
  phase: PhaseDeclaration;
  /** `w[4]` */
  input: InputDeclaration;
  /** `V`, `V/s`, `bit` */
  unit: Identifier;
  /** `y = x + 1`, `v` */
  output: OutputDeclaration;
  /** `80 ticks of clk` */
  frame: TicksParts;
  /** `65536 ticks of clk`, `10ms` */
  run: RunParts;
  /** `u, decoded = y @ clk.p1` */
  record: RecordParts;
  /** `peak = max(v)`, `sndr(v)` */
  measure: MeasureParts;
  /** `y to "decoded.wav" (rate: 16kHz)` */
  write: WriteParts;
  /** `enc.weights`: what is learned */
  learnTarget: LearnTarget;
  /** `adam(rate: 0.003)` */
  call: CallExpression;
  /** `enob of conversions` */
  judge: JudgeParts;
  /** `i in 0..16` */
  range: RangeParts;
  /** `mod2(osr: 64)`, `mod2` */
  benchTarget: BenchTargetParts;
}

const rules: { readonly [K in keyof Fragments]: string } = {
  expression: 'Expression',
  value: 'Value',
  target: 'Target',
  edge: 'Edge',
  clock: 'ClockValue',
  phase: 'Phase',
  input: 'InputName',
  unit: 'PortUnit',
  output: 'OutputName',
  frame: 'Ticks',
  run: 'RunLength',
  record: 'Records',
  measure: 'MeasureTerm',
  write: 'WriteTerm',
  learnTarget: 'LearnTarget',
  call: 'Call',
  judge: 'JudgeTerm',
  range: 'Range',
  benchTarget: 'BenchTarget',
};

/**
 * Reads the text of `span` as one fragment. Where `text` is given it is read instead, for text that differs
 * from its source (an escaped YAML string), and every node gets the whole `span`.
 * Undefined when it does not parse; the reason is in the bag (DL101, DL102, DL106). A malformed number is
 * reported (DL103) and reads as NaN. The lines of each comment go to `keepComment`, with the comment's span.
 */
export function parseFragment<K extends keyof Fragments>(
  kind: K,
  span: Span,
  bag: DiagnosticBag,
  text?: string,
  keepComment?: (lines: readonly string[], span: Span) => void,
): Fragments[K] | undefined {
  const { source } = span;
  const read = text ?? source.text.slice(span.start, span.end);
  const spanOf = (start: number, end: number): Span => {
    return text === undefined ? { source, start: span.start + start, end: span.start + end } : span;
  };
  const tokens = new StatementTokens(read, spanOf, bag);
  for (let token = readToken(read, 0); token.kind !== 'end'; token = readToken(read, token.end)) {
    if (token.kind === 'unclosed comment') {
      bag.error('DL102', spanOf(token.start, token.end), 'comment is never closed', { help: "write '*/' where it ends" });
      return undefined;
    }
    if (token.kind === 'comment') keepComment?.(commentLines(read, token), spanOf(token.start, token.end));
    else if (token.kind !== 'newline') tokens.add(token);
  }
  tokens.finish();
  if (!tokens.isSound) return undefined;
  const reading: Reading = { text: read, tokens: tokens.list, trivia: noTrivia, bag, spanOf };
  const plan = matchTokens<Fragments[K]>(rules[kind], read, tokens.list);
  if (plan === 'too deep') reportTooDeep(bag, reading);
  else if ('make' in plan) return plan.make(reading);
  else explainMismatch(plan, reading, 'Fragment');
  return undefined;
}

/** Reads one expression from `start` to `end` of a source; see `parseFragment`. */
export function parseExpression(source: SourceText, start: number, end: number, bag: DiagnosticBag): Expression | undefined {
  return parseFragment('expression', { source, start, end }, bag);
}
