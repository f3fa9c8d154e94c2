// What is wrong in .loom text is said in plain words, and one bad statement does not hide the others.

import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/netlist/ast.js';
import { read } from './loom-text.js';

/** Names of the blocks that were read. */
function blockNames(item: Item | undefined): string[] {
  if (item === undefined || item.kind === 'import') return [];
  return item.body.flatMap((statement) => (statement.kind === 'let' ? [statement.name.name] : []));
}

test.each([
  [
    'x1 := integrator(u)',
    `t.loom:2:6 error[DL101] expected '=', found ':'
  2 |   x1 := integrator(u)
    |      ^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: write '=' alone: x1 = …`,
  ],
  [
    'block x2 = integrator(u)',
    `t.loom:2:9 error[DL101] expected '=' or '[', found 'x2'
  2 |   block x2 = integrator(u)
    |         ^^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: leave out 'block': x2 = …`,
  ],
  [
    'x3 integrator(u)',
    `t.loom:2:6 error[DL101] expected '=' or '[', found 'integrator'
  2 |   x3 integrator(u)
    |      ^^^^^^^^^^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: write '=' between them: x3 = integrator(…)`,
  ],
  [
    'x4 = f(u v)',
    `t.loom:2:12 error[DL101] expected ')', ',' or ':', found 'v'
  2 |   x4 = f(u v)
    |            ^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: put a comma or an operator before 'v'`,
  ],
  [
    'x5 = f(gain = 2)',
    `t.loom:2:15 error[DL101] expected ')', found '='
  2 |   x5 = f(gain = 2)
    |               ^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: an argument's name is followed by ':': gain: 2`,
  ],
  [
    "x6 = f('abc')",
    `t.loom:2:10 error[DL101] expected an expression, found '''
  2 |   x6 = f('abc')
    |          ^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: strings stand in double quotes: "…"`,
  ],
  [
    'x7 = f(1, 2',
    `t.loom:2:9 error[DL102] '(' is never closed
  2 |   x7 = f(1, 2
    |         ^
  why:  unclosed bracket, brace or string
  help: write ')' where it ends`,
  ],
  [
    'x8 = 5 V',
    `t.loom:2:10 error[DL101] expected the end of the statement, found 'V'
  2 |   x8 = 5 V
    |          ^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: write the unit without a blank: 5V`,
  ],
  [
    'x9 = 5Hzz',
    `t.loom:2:8 error[DL103] unknown unit 'Hzz' in '5Hzz'
  2 |   x9 = 5Hzz
    |        ^^^^
  why:  malformed number or unknown unit
  help: did you mean 'Hz'?`,
  ],
  [
    'y1 = (1 + 2))',
    `t.loom:2:15 error[DL102] ')' closes nothing
  2 |   y1 = (1 + 2))
    |               ^
  why:  unclosed bracket, brace or string
  help: remove it, or open a bracket before it`,
  ],
  [
    'y2 = [1, 2)',
    `t.loom:2:8 error[DL102] '[' is closed by ')'
  2 |   y2 = [1, 2)
    |        ^
  why:  unclosed bracket, brace or string
  help: write ']' where it ends`,
  ],
  [
    'y3 = "abc',
    `t.loom:2:8 error[DL102] string is never closed
  2 |   y3 = "abc
    |        ^^^^
  why:  unclosed bracket, brace or string
  help: write " at its end; a string stands on one line`,
  ],
  [
    'y4 =',
    `t.loom:2:7 error[DL101] expected an expression, found the end of the statement
  2 |   y4 =
    |       ^
  why:  a block reads: name = expression, then @ clock.phase if it needs one`,
  ],
  [
    'y5 = a ** 2',
    `t.loom:2:11 error[DL101] expected an expression, found '*'
  2 |   y5 = a ** 2
    |           ^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: write '^' for powers`,
  ],
  [
    'y6 = .5',
    `t.loom:2:8 error[DL101] expected an expression, found '.'
  2 |   y6 = .5
    |        ^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: write 0.5`,
  ],
  [
    'y7 = a and b',
    `t.loom:2:10 error[DL101] expected the end of the statement, found 'and'
  2 |   y7 = a and b
    |          ^^^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: write '&&' for and`,
  ],
  [
    'clok clk = fs',
    `t.loom:2:8 error[DL101] expected '=' or '[', found 'clk'
  2 |   clok clk = fs
    |        ^^^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: did you mean 'clock'?`,
  ],
  [
    'input = 3',
    `t.loom:2:9 error[DL101] expected a name, found '='
  2 |   input = 3
    |         ^
  why:  an input reads: input name, vector[length] : unit
  help: 'input' is a keyword and cannot be a name`,
  ],
  [
    'clock clk fs',
    `t.loom:2:13 error[DL101] expected '=', found 'fs'
  2 |   clock clk fs
    |             ^^
  why:  a clock reads: clock name = frequency phases [p1, p2 at 0.5] offset time`,
  ],
  [
    'clock clk = fs phases p1, p2',
    `t.loom:2:25 error[DL101] expected '[', found 'p1'
  2 |   clock clk = fs phases p1, p2
    |                         ^^
  why:  a clock reads: clock name = frequency phases [p1, p2 at 0.5] offset time`,
  ],
  [
    '+ 3',
    `t.loom:2:3 error[DL101] expected a name, found '+'
  2 |   + 3
    |   ^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: to go on with the line above, end that line with the operator`,
  ],
  [
    'f(x)',
    `t.loom:2:4 error[DL101] expected '=', found '('
  2 |   f(x)
    |    ^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: give the block a name: name = f(…)`,
  ],
  [
    'y9 == 3',
    `t.loom:2:6 error[DL101] unexpected '=='
  2 |   y9 == 3
    |      ^^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: write '=' to name a block: y9 = …`,
  ],
  [
    'z1: f(x)',
    `t.loom:2:5 error[DL101] expected '=', found ':'
  2 |   z1: f(x)
    |     ^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: write '=' behind the name: z1 = …`,
  ],
  [
    'z2 = f(x,)',
    `t.loom:2:12 error[DL101] expected an expression, found ')'
  2 |   z2 = f(x,)
    |            ^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: remove the ',' before it`,
  ],
  [
    'z3 = a ? b',
    `t.loom:2:13 error[DL101] expected ':', found the end of the statement
  2 |   z3 = a ? b
    |             ^
  why:  a block reads: name = expression, then @ clock.phase if it needs one`,
  ],
  [
    'z4 = x @ 5',
    `t.loom:2:12 error[DL101] expected a name, found '5'
  2 |   z4 = x @ 5
    |            ^
  why:  a block reads: name = expression, then @ clock.phase if it needs one`,
  ],
  [
    '# comment',
    `t.loom:2:3 error[DL101] expected a name, found '#'
  2 |   # comment
    |   ^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: comments start with '//'`,
  ],
  [
    'z5 = "a\\q"',
    `t.loom:2:10 error[DL101] unknown escape '\\q' in a string
  2 |   z5 = "a\\q"
    |          ^^
  why:  syntax error
  help: the escapes are \\" \\\\ \\n \\t; a backslash is written \\\\`,
  ],
  [
    'frame 80 tick',
    `t.loom:2:12 error[DL101] expected 'ticks', found 'tick'
  2 |   frame 80 tick
    |            ^^^^
  why:  a frame reads: frame 80 ticks of clock
  help: did you mean 'ticks'?`,
  ],
  [
    'output x y',
    `t.loom:2:12 error[DL101] expected ',' or '=', found 'y'
  2 |   output x y
    |            ^
  why:  an output reads: output name, name = expression
  help: put a comma before 'y'`,
  ],
  [
    'zé = 3',
    `t.loom:2:3 error[DL101] expected a name, found 'zé'
  2 |   zé = 3
    |   ^^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: names are made of ASCII letters, digits and '_'`,
  ],
  [
    'z9 = a 3',
    `t.loom:2:10 error[DL101] expected the end of the statement, found '3'
  2 |   z9 = a 3
    |          ^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: put an operator before '3', or begin a new line`,
  ],
  [
    'x += 1',
    `t.loom:2:5 error[DL101] expected '=', found '+'
  2 |   x += 1
    |     ^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: write x = x + …`,
  ],
  [
    'z = a +',
    `t.loom:2:10 error[DL101] expected an expression, found the end of the statement
  2 |   z = a +
    |          ^
  why:  a block reads: name = expression, then @ clock.phase if it needs one`,
  ],
  [
    'for i in 0.16 {\n  }',
    `t.loom:2:16 error[DL101] expected '..', found the end of the statement
  2 |   for i in 0.16 {
    |                ^
  why:  a replication reads: for i in 0..16 { … }`,
  ],
  [
    'z = 3 /* open',
    `t.loom:2:9 error[DL102] comment is never closed
  2 |   z = 3 /* open
    |         ^^
  why:  unclosed bracket, brace or string
  help: write '*/' where it ends
t.loom:1:10 error[DL102] '{' of system 's' is never closed
  1 | system s {
    |          ^
  why:  unclosed bracket, brace or string
  help: write '}' where the block ends`,
  ],
])('in a system: %s', (statement, problems) => {
  expect(read(`system s {\n  ${statement}\n}\n`).problems).toBe(problems);
});

describe('recovery', () => {
  test('three bad lines give three diagnostics and the others are read', () => {
    const { file, problems } = read(`system s {
  a = 1
  b := 2
  c = f(a,
  d = 4
  e = "x
  f = 6
}
bench s {
  g = 7
}
`);
    expect(problems).toBe(`t.loom:3:5 error[DL101] expected '=', found ':'
  3 |   b := 2
    |     ^
  why:  a block reads: name = expression, then @ clock.phase if it needs one
  help: write '=' alone: b = …
t.loom:4:8 error[DL102] '(' is never closed
  4 |   c = f(a,
    |        ^
  why:  unclosed bracket, brace or string
  help: write ')' where it ends
t.loom:6:7 error[DL102] string is never closed
  6 |   e = "x
    |       ^^
  why:  unclosed bracket, brace or string
  help: write " at its end; a string stands on one line`);
    expect(file.items.map(blockNames)).toEqual([['a', 'd', 'f'], ['g']]);
  });

  test('a line that ends in an operator does not swallow the next statement', () => {
    const { file, codes } = read('system s {\n  a = b +\n  c = 1\n  d = (1 +\n  output c\n  e =\n}\n');
    expect(codes).toEqual(['DL101', 'DL102', 'DL101']);
    expect(blockNames(file.items[0])).toEqual(['c']);
  });

  test('a malformed number costs no statement', () => {
    const { file, codes } = read('system s {\n  a = 1Vv + 2Hzz\n  b = a\n}\n');
    expect(codes).toEqual(['DL103', 'DL103']);
    expect(blockNames(file.items[0])).toEqual(['a', 'b']);
  });

  test('the body of a bad head is still checked', () => {
    expect(read('system 5 {\n  a = \n  run 3 ticks\n}\nfoo {\n  run 3\n  b = (\n}\n').codes).toEqual([
      'DL101',
      'DL101',
      'DL107',
      'DL101',
      'DL102',
    ]);
  });
});

describe('optimizations', () => {
  const problemsOf = (statement: string): string => read(`optimize s {\n  ${statement}\n}\n`).problems;

  test.each([
    [
      'learn (init: 3)',
      `t.loom:2:9 error[DL101] expected a name, found '('
  2 |   learn (init: 3)
    |         ^
  why:  a learned parameter reads: learn parameter or learn block.parameter(init: value, min: value, max: value)`,
    ],
    [
      'learn taps[0]',
      `t.loom:2:16 error[DL101] expected '.', found the end of the statement
  2 |   learn taps[0]
    |                ^
  why:  a learned parameter reads: learn parameter or learn block.parameter(init: value, min: value, max: value)`,
    ],
    [
      'objective error = 3',
      `t.loom:2:21 error[DL101] expected a name, found '3'
  2 |   objective error = 3
    |                     ^
  why:  an objective reads: objective function(signal) or objective name = function(signal)`,
    ],
    [
      'minimize error = 3',
      `t.loom:2:18 error[DL101] expected the end of the statement, found '='
  2 |   minimize error = 3
    |                  ^
  why:  what is minimized reads: minimize objective + 0.1*objective`,
    ],
    [
      'method adam',
      `t.loom:2:14 error[DL101] expected '(', found the end of the statement
  2 |   method adam
    |              ^
  why:  a method reads: method adam(rate: 0.003, steps: 1000)
  help: write adam()`,
    ],
    [
      'finish search(passes = 4)',
      `t.loom:2:24 error[DL101] expected ')', found '='
  2 |   finish search(passes = 4)
    |                        ^
  why:  a finish reads: finish integer_search(passes: 4)
  help: an argument's name is followed by ':': passes: 4`,
    ],
    [
      'judge enob',
      `t.loom:2:13 error[DL101] expected 'of', found the end of the statement
  2 |   judge enob
    |             ^
  why:  a judge reads: judge measure of bench`,
    ],
    [
      'vary cells [2, 3]',
      `t.loom:2:14 error[DL101] expected '=', found '['
  2 |   vary cells [2, 3]
    |              ^
  why:  a variation reads: vary parameter = [value, value]`,
    ],
    [
      'batch = 512',
      `t.loom:2:9 error[DL101] expected an expression, found '='
  2 |   batch = 512
    |         ^
  why:  a batch reads: batch 512
  help: 'batch' is a keyword and cannot be a name`,
    ],
    [
      'restarts',
      `t.loom:2:11 error[DL101] expected an expression, found the end of the statement
  2 |   restarts
    |           ^
  why:  restarts read: restarts 200`,
    ],
    [
      'finalists 8 of 20',
      `t.loom:2:15 error[DL101] expected the end of the statement, found 'of'
  2 |   finalists 8 of 20
    |               ^^
  why:  finalists read: finalists 8
  help: put an operator before 'of', or begin a new line`,
    ],
  ])('%s', (statement, expected) => {
    expect(problemsOf(statement)).toBe(expected);
  });

  test.each([
    ['lern enc.weights(levels: 3)', 'learn'],
    ['objectve mean(u)', 'objective'],
    ['minimise log2(e)', 'minimize'],
    ['minimze (e + f)', 'minimize'],
    ['methd adam()', 'method'],
    ['finsh adam()', 'finish'],
    ['jugde enob of tone', 'judge'],
    ['vari cells = [2, 3]', 'vary'],
    ['bacth 512', 'batch'],
    ['restart 200', 'restarts'],
    ['finalist 8', 'finalists'],
  ])('a misspelt word: %s', (statement, word) => {
    expect(problemsOf(statement)).toContain(`help: did you mean '${word}'?`);
  });

  test('a misspelt head', () => {
    expect(read('optimise s {\n  learn x\n}\n').problems)
      .toBe(`t.loom:1:1 error[DL101] expected 'for', 'optimize', 'bench' or 'system', found 'optimise'
  1 | optimise s {
    | ^^^^^^^^
  why:  braces stand behind the head of a system, a bench, an optimization or a for
  help: did you mean 'optimize'?`);
  });

  test('one that is not closed ends before the next item, and a bracket before the next statement', () => {
    const { file, problems } = read('optimize a {\n  learn x(\n  learn y\nbench b {\n}\n');
    expect(problems).toBe(`t.loom:2:10 error[DL102] '(' is never closed
  2 |   learn x(
    |          ^
  why:  unclosed bracket, brace or string
  help: write ')' where it ends
t.loom:1:12 error[DL102] '{' of optimization 'a' is never closed
  1 | optimize a {
    |            ^
  why:  unclosed bracket, brace or string
  help: write '}' where the block ends, before the bench
  t.loom:4:1 is inside it`);
    expect(file.items).toMatchObject([{ kind: 'optimize', body: [{ kind: 'learn', target: { name: 'y' } }] }, { kind: 'bench' }]);
  });
});

describe('braces', () => {
  test('a block that is not closed before the next one', () => {
    const { file, problems } = read('system s {\n  for i in 0..2 {\n    x[i] = 1\n}\nbench s {\n  y = 2\n}\n');
    expect(problems).toBe(`t.loom:1:10 error[DL102] '{' of system 's' is never closed
  1 | system s {
    |          ^
  why:  unclosed bracket, brace or string
  help: write '}' where the block ends, before the bench
  t.loom:5:1 is inside it`);
    expect(file.items.map(({ kind }) => kind)).toEqual(['system', 'bench']);
  });

  test('a block that is not closed at the end', () => {
    expect(read('bench s {\n  y = 2\n').problems).toBe(`t.loom:1:9 error[DL102] '{' of bench 's' is never closed
  1 | bench s {
    |         ^
  why:  unclosed bracket, brace or string
  help: write '}' where the block ends`);
  });

  test('one brace too many', () => {
    const { file, problems } = read('system s {\n  a = 1\n}\n}\nbench s {\n}\n');
    expect(problems).toBe(`t.loom:4:1 error[DL102] '}' closes nothing
  4 | }
    | ^
  why:  unclosed bracket, brace or string
  help: remove it, or look for a '{' that is missing above`);
    expect(file.items.length).toBe(2);
  });

  test('a head without its brace opens its block all the same', () => {
    const { file, problems } = read('system s(n = 2)\n  a = 1\n}\n');
    expect(problems).toBe(`t.loom:1:16 error[DL101] expected '{' behind the head of the system
  1 | system s(n = 2)
    |                ^
  why:  syntax error`);
    expect(blockNames(file.items[0])).toEqual(['a']);
  });

  test('braces without a head', () => {
    expect(read('{\n}\n').problems).toBe(`t.loom:1:1 error[DL101] '{' has no head before it
  1 | {
    | ^
  why:  syntax error
  help: a block begins with system, bench, optimize or for`);
  });

  test('a bracket left open in a head', () => {
    const { problems } = read('system s(n = 2 {\n  a = 1\n}\n');
    expect(problems).toBe(`t.loom:1:9 error[DL102] '(' is never closed
  1 | system s(n = 2 {
    |         ^
  why:  unclosed bracket, brace or string
  help: write ')' where it ends`);
  });
});

describe('statements in the wrong place', () => {
  test.each([
    [
      'system s {\n  run 10ms\n}\n',
      `t.loom:2:3 error[DL107] 'run' is not allowed in a system
  2 |   run 10ms
    |   ^^^
  why:  a system holds only param, clock, input, output, blocks (name = …), for, frame
  help: move it into a bench or an optimization`,
    ],
    [
      'bench s {\n  clock clk = fs\n}\n',
      `t.loom:2:3 error[DL107] 'clock' is not allowed in a bench
  2 |   clock clk = fs
    |   ^^^^^
  why:  a bench holds only param, blocks (name = …), for, run, record, measure, check, write
  help: move it into a system { … }`,
    ],
    [
      'bench s {\n  for i in 0..2 {\n    record u\n    param p = 1\n  }\n}\n',
      `t.loom:3:5 error[DL107] 'record' is not allowed inside 'for'
  3 |     record u
    |     ^^^^^^
  why:  the body of a 'for' holds only blocks (name = …), for
  help: move it out of the 'for', into the bench
t.loom:4:5 error[DL107] 'param' is not allowed inside 'for'
  4 |     param p = 1
    |     ^^^^^
  why:  the body of a 'for' holds only blocks (name = …), for
  help: move it before the 'for'`,
    ],
    [
      'x = 1\n',
      `t.loom:1:1 error[DL107] a block is not allowed outside of systems, benches and optimizations
  1 | x = 1
    | ^
  why:  a file holds only import, system, bench, optimize
  help: move it into a system, a bench or an optimization`,
    ],
    [
      'bench s {\n  learn x\n}\noptimize s {\n  record x\n  for i in 0..2 {\n    learn x\n    run 3 ticks\n  }\n}\n',
      `t.loom:2:3 error[DL107] 'learn' is not allowed in a bench
  2 |   learn x
    |   ^^^^^
  why:  a bench holds only param, blocks (name = …), for, run, record, measure, check, write
  help: move it into an optimization: optimize name { … }
t.loom:5:3 error[DL107] 'record' is not allowed in an optimization
  5 |   record x
    |   ^^^^^^
  why:  an optimization holds only param, blocks (name = …), for, run, learn, objective, minimize, method, finish, judge, vary, batch, restarts, finalists
  help: move it into a bench { … }
t.loom:7:5 error[DL107] 'learn' is not allowed inside 'for'
  7 |     learn x
    |     ^^^^^
  why:  the body of a 'for' holds only blocks (name = …), for
  help: move it out of the 'for', into the optimization
t.loom:8:5 error[DL107] 'run' is not allowed inside 'for'
  8 |     run 3 ticks
    |     ^^^
  why:  the body of a 'for' holds only blocks (name = …), for
  help: move it out of the 'for', into the bench or optimization`,
    ],
    [
      'system s {\n  import "a.loom"\n}\n',
      `t.loom:2:3 error[DL107] 'import' is not allowed in a system
  2 |   import "a.loom"
    |   ^^^^^^
  why:  a system holds only param, clock, input, output, blocks (name = …), for, frame
  help: move it to the top of the file`,
    ],
    [
      'system s {\n  system t {\n  }\n}\n',
      `t.loom:2:3 error[DL107] 'system' is not allowed in a system
  2 |   system t {
    |   ^^^^^^
  why:  a system holds only param, clock, input, output, blocks (name = …), for, frame
  help: close the system before it; blocks of other systems are made by calling them: name = system(…)`,
    ],
  ])('%j', (text, problems) => {
    expect(read(text).problems).toBe(problems);
  });
});
