// Turns a mismatch with the grammar into a diagnostic: what was expected in a few words, the form of the
// statement, and the fix where the mistake is a known one.

import type { DiagnosticBag } from '../../diagnostics/diagnostic.js';
import { didYouMean, nearestName } from '../../diagnostics/suggest.js';
import { findUnit } from '../../units/unit.js';
import { reservedWords } from './grammar.generated.js';
import type { Mismatch } from './match.js';
import { isBlockKind } from './placement.js';
import { tokensSpan, tokenText, type Reading } from './plan.js';

/** How each statement reads, by its first word; '' is the statement without a keyword. */
const forms: ReadonlyMap<string, string> = new Map([
  ['', 'a block reads: name = expression, then @ clock.phase if it needs one'],
  ['import', 'an import reads: import "path/of/file.loom"'],
  ['system', 'a system reads: system name(param = value) { … }'],
  ['bench', 'a bench reads: bench name { … } or bench name of system(param: value) { … }'],
  ['optimize', 'an optimization reads: optimize name { … } or optimize name of system(param: value) { … }'],
  ['for', 'a replication reads: for i in 0..16 { … }'],
  ['param', 'a param reads: param name = expression'],
  ['clock', 'a clock reads: clock name = frequency phases [p1, p2 at 0.5] offset time'],
  ['input', 'an input reads: input name, vector[length] : unit'],
  ['output', 'an output reads: output name, name = expression'],
  ['frame', 'a frame reads: frame 80 ticks of clock'],
  ['run', 'a run reads: run 65536 ticks of clock, or run 10ms of clock'],
  ['record', 'a record reads: record name, name = expression @ clock.phase, with one edge for all its names'],
  ['measure', 'a measure reads: measure function(signal) or measure name = function(signal)'],
  ['check', 'a check reads: check measure > value'],
  ['write', 'a write reads: write signal to "file.wav" (option: value)'],
  ['learn', 'a learned parameter reads: learn parameter or learn block.parameter(init: value, min: value, max: value)'],
  ['objective', 'an objective reads: objective function(signal) or objective name = function(signal)'],
  ['minimize', 'what is minimized reads: minimize objective + 0.1*objective'],
  ['method', 'a method reads: method adam(rate: 0.003, steps: 1000)'],
  ['finish', 'a finish reads: finish integer_search(passes: 4)'],
  ['judge', 'a judge reads: judge measure of bench'],
  ['vary', 'a variation reads: vary parameter = [value, value]'],
  ['batch', 'a batch reads: batch 512'],
  ['restarts', 'restarts read: restarts 200'],
  ['finalists', 'finalists read: finalists 8'],
]);

const headForm = 'braces stand behind the head of a system, a bench, an optimization or a for';

/** Words that open a definition in other languages. */
const needlessWords: ReadonlySet<string> = new Set(['block', 'let', 'var', 'const', 'signal', 'wire', 'reg', 'node', 'def']);

const otherLanguages: ReadonlyMap<string, string> = new Map([
  ["'", 'strings stand in double quotes: "…"'],
  ['\u201c', 'strings stand in straight double quotes: "…"'],
  ['\u201d', 'strings stand in straight double quotes: "…"'],
  ['`', 'strings stand in double quotes: "…"'],
  ['#', "comments start with '//'"],
  ['\u2212', "write '-' for minus"],
  ['\u00d7', "write '*' for times"],
  ['&', "write '&&' for and"],
  ['|', "write '||' for or"],
  ['and', "write '&&' for and"],
  ['or', "write '||' for or"],
  ['not', "write '!' for not"],
  ['if', 'a choice reads: test ? yes : no'],
  ['else', 'a choice reads: test ? yes : no'],
]);

type Start = 'Statement' | 'Head' | 'Fragment';

/** Reports where a statement, a block head or a fragment stops fitting the grammar (DL101). */
export function explainMismatch(mismatch: Mismatch, reading: Reading, start: Start): void {
  const { at } = mismatch;
  const last = reading.tokens.length - 1;
  const theEnd = start === 'Fragment' ? 'the end of the text' : 'the end of the statement';
  const found = at > last ? theEnd : `'${shorten(tokenText(reading, at))}'`;
  const end = reading.tokens[last]?.end ?? 0;
  const span = at > last ? reading.spanOf(end, end) : tokensSpan(reading, at, at);
  const why = formOf(reading, start);
  reading.bag.error('DL101', span, messageOf(mismatch, found, theEnd, reading), {
    why,
    help: helpOf(mismatch, reading, start !== 'Fragment'),
  });
}

function formOf(reading: Reading, start: Start): string | undefined {
  if (start === 'Fragment') return undefined;
  const word = tokenText(reading, 0);
  if (start === 'Head') return isBlockKind(word) ? forms.get(word) : headForm;
  return forms.get(reservedWords.has(word) ? word : '');
}

/** Reports that a match ran out of stack. */
export function reportTooDeep(bag: DiagnosticBag, reading: Reading): void {
  const help = 'give parts of it names of their own';
  bag.error('DL106', tokensSpan(reading, 0, 0), 'brackets are nested too deep', { help });
}

function shorten(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}

function messageOf({ at, expected }: Mismatch, found: string, theEnd: string, reading: Reading): string {
  const has = (name: string): boolean => expected.includes(name);
  const isEmptyBracket = expected.length === 1 && at > 0 && ['(', '['].includes(tokenText(reading, at - 1));
  if ((has('a number') && !has('a unit')) || (isEmptyBracket && tokenText(reading, 0) !== 'system'))
    return `expected an expression, found ${found}`;
  const words = expected.filter((name) => /^"[a-z]+"$/.test(name));
  const closing = expected.filter((name) => ['","', '")"', '"]"', '":"', '".."', '"="'].includes(name));
  const names = expected.filter((name) => ['a name', 'a string', 'a unit'].includes(name));
  const few = expected.length <= 2 && expected.every((name) => name.startsWith('"')) ? expected : undefined;
  const choices = (few ?? [...names, ...closing, ...(names.length > 0 ? [] : words)]).map((name) => name.replace(/^"(.*)"$/, "'$1'"));
  if (choices.length === 0 || (choices.length > 3 && has('end of input'))) {
    return has('end of input') ? `expected ${theEnd}, found ${found}` : `unexpected ${found}`;
  }
  const shown = [...new Set(choices)].slice(0, 4);
  return `expected ${shown.length === 1 ? shown[0] : `${shown.slice(0, -1).join(', ')} or ${shown[shown.length - 1]}`}, found ${found}`;
}

/** The likely fix: the mistakes are those of people who know another language. */
function helpOf({ at, expected }: Mismatch, r: Reading, isStatement: boolean): string | undefined {
  const text = (index: number): string => (r.tokens[index] === undefined ? '' : tokenText(r, index));
  const kind = (index: number): string => r.tokens[index]?.kind ?? '';
  const touches = (index: number): boolean => r.tokens[index]?.end === r.tokens[index + 1]?.start;
  const known = otherLanguages.get(text(at)) ?? (kind(at - 1) === 'word' ? otherLanguages.get(text(at - 1)) : undefined);
  if (known !== undefined) return known;
  if (kind(at) === 'foreign') return "names are made of ASCII letters, digits and '_'";
  if (kind(at) === 'word' && reservedWords.has(text(at)) && expected.includes('a name')) {
    return `'${text(at)}' is a keyword and cannot be a name`;
  }
  if (isStatement && at <= 1) {
    const help = helpAtStart(text, kind, touches);
    if (help !== undefined) return help;
  }
  if (text(at) === '=' && text(at - 1) === ':' && touches(at - 1)) return "write '=' alone";
  if (text(at) === '=' && kind(at - 1) === 'word') {
    if (isStatement && text(0) === 'check') return "write '==' to compare";
    if (expected.includes('")"')) return `an argument's name is followed by ':': ${text(at - 1)}: ${text(at + 1)}`;
  }
  if (text(at) === '*' && text(at - 1) === '*') return "write '^' for powers";
  if (text(at) === '.' && kind(at + 1) === 'number') return `write 0.${text(at + 1)}`;
  if (kind(at) === 'word' && kind(at - 1) === 'number' && findUnit(text(at)) !== undefined) {
    return `write the unit without a blank: ${text(at - 1)}${text(at)}`;
  }
  if (expected.length === 1 && expected[0] === '"("' && kind(at - 1) === 'word') return `write ${text(at - 1)}()`;
  const startsOperand = ['word', 'number', 'string'].includes(kind(at));
  const hasOperator = expected.includes('an operator');
  if (startsOperand && expected.includes('","')) return `put a comma ${hasOperator ? 'or an operator ' : ''}before '${shorten(text(at))}'`;
  const keywords = expected.filter((name) => /^"[a-z]+"$/.test(name)).map((name) => name.slice(1, -1));
  if (kind(at) === 'word' && keywords.length > 0) return didYouMean(text(at), keywords);
  if (startsOperand && hasOperator) return `put an operator before '${shorten(text(at))}'${isStatement ? ', or begin a new line' : ''}`;
  if (text(at - 1) === ',' && [')', ']', ''].includes(text(at))) return "remove the ',' before it";
  return undefined;
}

/** Mistakes in the first two words of a statement. */
function helpAtStart(text: (i: number) => string, kind: (i: number) => string, touches: (i: number) => boolean): string | undefined {
  if (text(1) === ':' && text(2) === '=' && touches(1)) return `write '=' alone: ${text(0)} = …`;
  if (/^[-+*/]$/.test(text(1)) && text(2) === '=' && touches(1)) return `write ${text(0)} = ${text(0)} ${text(1)} …`;
  if (kind(0) === 'mark' && text(0) !== '(' && text(0) !== '[') return 'to go on with the line above, end that line with the operator';
  if (kind(0) !== 'word') return 'a statement begins with a name or a keyword';
  if (text(1) === '==') return `write '=' to name a block: ${text(0)} = …`;
  if (reservedWords.has(text(0))) return text(1) === '=' ? `'${text(0)}' is a keyword and cannot be a name` : undefined;
  if (needlessWords.has(text(0)) && kind(1) === 'word') return `leave out '${text(0)}': ${text(1)} = …`;
  if (text(1) === ':') return `write '=' behind the name: ${text(0)} = …`;
  const keyword = nearestName(
    text(0),
    [...reservedWords].filter((word) => word !== 'true' && word !== 'false'),
  );
  // A bracket right behind a word makes it a call: `chck(x)` is no `check (x)`.
  const isApart = ['word', 'string', 'number'].includes(kind(1)) || (text(1) === '(' && !touches(0));
  if (keyword !== undefined && isApart) return `did you mean '${keyword}'?`;
  if (kind(1) === 'word') return `write '=' between them: ${text(0)} = ${text(1)}${text(2) === '(' ? '(…)' : ''}`;
  if (text(1) === '(') return `give the block a name: name = ${text(0)}(…)`;
  return undefined;
}
