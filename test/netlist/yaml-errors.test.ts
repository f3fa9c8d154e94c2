// The whole text of what is said about mistakes in YAML netlists.

import { describe, expect, test } from 'vitest';
import { read } from './yaml-text.js';

/** Diagnostics of blocks in a system. */
const blocks = (lines: string): string => read(`systems:\n  a:\n    blocks:\n${lines.replace(/^(?=.)/gm, '      ')}\n`).problems;

describe('malformed YAML', () => {
  test('a tab for indentation', () => {
    expect(read('systems:\n  a:\n\tclocks: {clk: 1MHz}\n').problems).toBe(`t.yaml:3:1 error[DL104] a tab is used for indentation
  3 |  clocks: {clk: 1MHz}
    | ^
  why:  malformed YAML
  help: YAML indents with spaces: use two for each level`);
  });

  test('wrong indentation', () => {
    expect(read('systems:\n  a:\n    clocks: {clk: 1MHz}\n   inputs: {u: V}\n').problems).toBe(`t.yaml:4:4 error[DL104] wrong indentation
  4 |    inputs: {u: V}
    |    ^
  why:  malformed YAML
  help: entries of one mapping or list start in the same column, and what they hold is further right`);
  });

  test('a colon in an expression', () => {
    expect(blocks('x: a ? b : c')).toBe(`t.yaml:4:10 error[DL104] a second ': ' on one line
  4 |       x: a ? b : c
    |          ^
  why:  malformed YAML
  help: put the text in single quotes, as in 'a: b', or write what follows the first colon on the next line, further right`);
  });

  test('unclosed brackets and quotes', () => {
    expect(blocks('x: {type: gain, in: u\ny: 1')).toBe(`t.yaml:5:7 error[DL104] '}' is missing
  5 |       y: 1
    |       ^
  why:  malformed YAML
  help: write '}' where the mapping ends`);
    expect(read('systems: "a').problems).toBe(`t.yaml:1:12 error[DL104] a quoted string is never closed
  1 | systems: "a
    |            ^
  why:  malformed YAML
  help: write the closing quote where it ends; a quote inside single quotes is written ''`);
    expect(read('systems: ]').problems).toBe(`t.yaml:1:10 error[DL104] ']' closes nothing
  1 | systems: ]
    |          ^
  why:  malformed YAML
  help: remove it, or quote the text that holds it`);
  });

  test('anchors, aliases and tags: what an alias bomb is made of', () => {
    expect(read('a: &a [x, x]\nb: [*a, *a]\nc: !!map {}\n').problems)
      .toBe(`t.yaml:1:4 error[DL104] an anchor (&a) is not allowed in a netlist
  1 | a: &a [x, x]
    |    ^^
  why:  malformed YAML
  help: write the value where it is used
t.yaml:2:5 error[DL104] an alias (*a) is not allowed in a netlist
  2 | b: [*a, *a]
    |     ^^
  why:  malformed YAML
  help: quote an expression that starts with '*'
t.yaml:2:9 error[DL104] an alias (*a) is not allowed in a netlist
  2 | b: [*a, *a]
    |         ^^
  why:  malformed YAML
  help: quote an expression that starts with '*'
t.yaml:3:4 error[DL104] a tag (!!map) is not allowed in a netlist
  3 | c: !!map {}
    |    ^^^^^
  why:  malformed YAML
  help: quote an expression that starts with '!'`);
  });

  test('two documents', () => {
    expect(read('systems: {}\n---\nsystems: {}\n').problems).toBe(`t.yaml:2:1 error[DL104] the file holds several documents
  2 | ---
    | ^^^
  why:  malformed YAML
  help: remove the line '---', or split the file and import the parts`);
  });

  test('directives, merge keys, keys that are no text', () => {
    expect(read('%YAML 1.1\n---\nsystems: {}\n').codes).toEqual(['DL104']);
    expect(read('systems:\n  a:\n    <<: {blocks: {}}\n').problems).toContain("unknown key '<<' in system 'a'");
    expect(blocks('? [a, b]\n: u')).toBe(`t.yaml:4:9 error[DL104] a mapping or list cannot be a key
  4 |       ? [a, b]
    |         ^^^^^^
  why:  malformed YAML
  help: quote it if it is a name, as in 'y[0]'`);
  });
});

describe('shape', () => {
  test('unknown keys', () => {
    expect(read('systems:\n  a: {clock: {clk: 1MHz}}\nsystem: {}\n').problems)
      .toBe(`t.yaml:3:1 error[DL105] unknown key 'system' in the netlist
  3 | system: {}
    | ^^^^^^
  why:  a netlist has the keys imports, systems, benches, optimizations
  help: did you mean 'systems'?
t.yaml:2:7 error[DL105] unknown key 'clock' in system 'a'
  2 |   a: {clock: {clk: 1MHz}}
    |       ^^^^^
  why:  a system has the keys params, locals, clocks, inputs, blocks, frame, outputs
  help: did you mean 'clocks'?`);
  });

  test('keys of another item', () => {
    expect(read('benches:\n  b: {learn: {x: null}, clocks: {}}\noptimizations:\n  o: {record: [x]}\n').problems)
      .toBe(`t.yaml:2:7 error[DL105] unknown key 'learn' in bench 'b'
  2 |   b: {learn: {x: null}, clocks: {}}
    |       ^^^^^
  why:  a bench has the keys system, args, locals, blocks, run, record, measure, check, write
  help: move it into an optimization
t.yaml:2:25 error[DL105] unknown key 'clocks' in bench 'b'
  2 |   b: {learn: {x: null}, clocks: {}}
    |                         ^^^^^^
  why:  a bench has the keys system, args, locals, blocks, run, record, measure, check, write
  help: move it into a system
t.yaml:4:7 error[DL105] unknown key 'record' in optimization 'o'
  4 |   o: {record: [x]}
    |       ^^^^^^
  why:  an optimization has the keys system, args, locals, blocks, run, learn, vary, objective, minimize, batch, restarts, method, finish, finalists, judge
  help: move it into a bench`);
  });

  const optimization = (text: string): string => read(`optimizations:\n  o: {${text}}\n`).problems;

  test.each([
    ['lern: {x: null}', "7 error[DL105] unknown key 'lern' in optimization 'o'", "help: did you mean 'learn'?"],
    ['minimise: x', "7 error[DL105] unknown key 'minimise' in optimization 'o'", "help: did you mean 'minimize'?"],
    ['learn: x', "14 error[DL105] 'learn' is the text 'x' where a mapping is expected", ''],
    ['learn: {x: 3}', "18 error[DL105] 'x' is 3 where a mapping is expected", ''],
    ['learn: {3: null}', "15 error[DL101] expected a name, found '3'", ''],
    ['learn: {x: {init: }}', "19 error[DL105] 'init' has no value", ''],
    ['objective: {error: 3}', "26 error[DL105] 'error' is 3 where text or a mapping is expected", ''],
    ['objective: {error: u}', "27 error[DL101] expected '(' or '=', found the end of the text", ''],
    ['method: adam', "19 error[DL101] expected '(', found the end of the text", 'help: write adam()'],
    ['method: {rate: 3}', "7 error[DL105] 'method' has no 'type'", ''],
    ['finish: {type: run}', "22 error[DL213] 'run' is a word of the language and cannot be a name", ''],
    ['judge: enob', "18 error[DL101] expected 'of', found the end of the text", ''],
    ['judge: {value: enob}', "7 error[DL105] 'judge' has no 'bench'", ''],
    ['judge: {value: enob, bench: tone, of: b}', "41 error[DL105] unknown key 'of' in 'judge'", ''],
    ['vary: {cells: }', "14 error[DL105] 'cells' has no value", ''],
    ['batch: {a: 1}', "14 error[DL105] 'batch' is a mapping where a value or a list is expected", ''],
  ])('%s', (text, problem, help) => {
    const problems = optimization(text);
    expect(problems.split('t.yaml:2:').length).toBe(2);
    expect(problems).toContain(`t.yaml:2:${problem}\n`);
    expect(problems).toContain(help);
  });

  test('values of another form', () => {
    expect(read('imports: lib.loom\nsystems: [1]\nbenches:\n  b: {run: {a: 1}, measure: [3]}\n').problems)
      .toBe(`t.yaml:1:10 error[DL105] 'imports' is the text 'lib.loom' where a list is expected
  1 | imports: lib.loom
    |          ^^^^^^^^
  why:  the value has another form than its key asks for
t.yaml:2:11 error[DL105] 'systems' is 1 where a mapping is expected
  2 | systems: [1]
    |           ^
  why:  the value has another form than its key asks for
t.yaml:4:12 error[DL105] 'run' is a mapping where a value or a list is expected
  4 |   b: {run: {a: 1}, measure: [3]}
    |            ^^^^^^
  why:  the value has another form than its key asks for
t.yaml:4:30 error[DL105] 'measure' is 3 where text or a mapping is expected
  4 |   b: {run: {a: 1}, measure: [3]}
    |                              ^
  why:  the value has another form than its key asks for`);
  });

  test('a list or text instead of a netlist', () => {
    expect(read('- a\n').problems).toContain('the netlist is a list where a mapping is expected');
    expect(read('hello\n').problems).toContain("the netlist is the text 'hello' where a mapping is expected");
  });

  test('a block without value', () => {
    expect(blocks('y:\nz: u')).toBe(`t.yaml:4:7 error[DL105] 'y' has no value
  4 |       y:
    |       ^
  why:  the value has another form than its key asks for`);
  });

  test('names that are words of the language, or no names', () => {
    expect(read('systems:\n  a:\n    params: {run: 1, 2x: 3}\n    outputs: [input]\n').problems)
      .toBe(`t.yaml:3:14 error[DL213] 'run' is a word of the language and cannot be a name
  3 |     params: {run: 1, 2x: 3}
    |              ^^^
  why:  reserved name
  help: write 'run_' or another name
t.yaml:3:22 error[DL105] '2x' is not a name
  3 |     params: {run: 1, 2x: 3}
    |                      ^^
  why:  a name has letters, digits and _, and does not start with a digit
t.yaml:4:15 error[DL213] 'input' is a word of the language and cannot be a name
  4 |     outputs: [input]
    |               ^^^^^
  why:  reserved name
  help: write 'input_' or another name`);
  });

  test('names that appear twice', () => {
    expect(blocks('v: u\nv: w')).toBe(`t.yaml:5:7 error[DL202] key 'v' appears twice in one mapping
  5 |       v: w
    |       ^
  why:  duplicate name
  t.yaml:4:7 is the first one`);
  });

  test('names of JavaScript objects are names like any other', () => {
    const { file, problems } = read(
      'systems:\n  __proto__:\n    params: {__proto__: 1, constructor: 2}\n    blocks: {__proto__: {type: __proto__, hasOwnProperty: u}, prototype: u}\n',
    );
    expect(problems).toBe('');
    expect(file.items[0]).toMatchObject({
      name: { name: '__proto__' },
      params: [{ name: { name: '__proto__' } }, { name: { name: 'constructor' } }],
    });
    expect(({} as Record<string, unknown>)['type']).toBeUndefined();
    expect(blocks('q: {type: quantizer, in: u, __proto__: 1, toString: 2}')).toContain("quantizer has no input or parameter '__proto__'");
  });
});

describe('blocks', () => {
  test('a misspelt parameter', () => {
    expect(blocks('v: {type: quantizer, in: u, levls: 2}')).toBe(`t.yaml:4:35 error[DL204] quantizer has no input or parameter 'levls'
  4 |       v: {type: quantizer, in: u, levls: 2}
    |                                   ^^^^^
  why:  unknown port or parameter
  help: did you mean 'levels'?`);
  });

  test('values of the wrong kind or out of range', () => {
    expect(
      blocks(
        'v: {type: quantizer, in: u, levels: 2.5}\nw: {type: quantizer, in: u, levels: 1}\nx: {type: quantizer, in: u, at_threshold: upp}\ny: {type: wrap, in: u, modulus: 0}\nz: {type: integrator, in: u, leak: 2}',
      ),
    ).toBe(
      `t.yaml:4:43 error[DL305] 'levels' of quantizer is 2.5 where a whole number is expected
  4 |       v: {type: quantizer, in: u, levels: 2.5}
    |                                           ^^^
  why:  wrong kind of value
t.yaml:5:43 error[DL303] 'levels' of quantizer must be at least 2, not 1
  5 |       w: {type: quantizer, in: u, levels: 1}
    |                                           ^
  why:  value out of range
t.yaml:6:49 error[DL305] 'at_threshold' of quantizer cannot be 'upp'
  6 |       x: {type: quantizer, in: u, at_threshold: upp}
    |                                                 ^^^
  why:  it is one of up, down
  help: did you mean 'up'?
t.yaml:7:39 error[DL303] 'modulus' of wrap must be above 0, not 0
  7 |       y: {type: wrap, in: u, modulus: 0}
    |                                       ^
  why:  value out of range
t.yaml:8:42 error[DL303] 'leak' of integrator must be at most 1, not 2
  8 |       z: {type: integrator, in: u, leak: 2}
    |                                          ^
  why:  value out of range`,
    );
  });

  test('what is missing', () => {
    expect(blocks('v: {type: low_pass}\nw: {typ: low_pass, in: u}'))
      .toBe(`t.yaml:4:7 error[DL205] input 'in' of low_pass 'v' is not connected
  4 |       v: {type: low_pass}
    |       ^
  why:  input is not connected
  help: write 'in: …', a signal or an expression
t.yaml:4:7 error[DL206] parameter 'corner' of low_pass 'v' is missing
  4 |       v: {type: low_pass}
    |       ^
  why:  Frequency of -3 dB, 1/(2*pi*R*C)
  help: write 'corner: …'
t.yaml:5:7 error[DL105] block 'w' has no 'type'
  5 |       w: {typ: low_pass, in: u}
    |       ^
  why:  YAML document does not fit the netlist schema
  help: write the block type as 'type: …'`);
  });

  test('edges where there are none, or several', () => {
    expect(blocks('q: {type: quantizer, in: u, at: clk}\ns: {type: sc_integrator, in: u, c_in: 1fF, c_fb: 1fF, at: clk}')).toBe(
      `t.yaml:4:35 error[DL405] quantizer has no clock
  4 |       q: {type: quantizer, in: u, at: clk}
    |                                   ^^
  why:  it follows its inputs
  help: remove 'at'
t.yaml:5:61 error[DL405] sc_integrator has an edge for each of its events
  5 |       s: {type: sc_integrator, in: u, c_in: 1fF, c_fb: 1fF, at: clk}
    |                                                             ^^
  why:  clock given to a block without one
  help: write sample: clk, transfer: clk`,
    );
  });

  test('a key beside an expression, and arguments that are no words', () => {
    expect(blocks("q: {expr: a, edge: clk}\nr: {type: cell, 'a b': 1}")).toBe(`t.yaml:4:20 error[DL105] unknown key 'edge' beside 'expr'
  4 |       q: {expr: a, edge: clk}
    |                    ^^^^
  why:  an expression has the keys expr and at
t.yaml:5:23 error[DL105] 'a b' is not a name
  5 |       r: {type: cell, 'a b': 1}
    |                       ^^^^^
  why:  a name has letters, digits and _, and does not start with a digit`);
  });

  test('an unknown type may be a system: it is left to elaboration', () => {
    expect(blocks('x: {type: integratr, in: u, whatever: [1, 2], at: clk}')).toBe('');
  });

  test('one mistake does not hide the others, nor what is right', () => {
    const { file, codes } = read(
      "systems:\n  a:\n    blocks:\n      x: u -\n      y: 3parsecs\n      z: (a\n      'w[': u\n      for i in 0: {}\n      v: {type: gain, in: u +, gian: 2}\n      good: u\n    frame: 80\n",
    );
    expect(codes).toEqual(['DL101', 'DL103', 'DL102', 'DL102', 'DL101', 'DL204', 'DL101', 'DL101']);
    const item = file.items[0]!;
    const names = item.kind === 'system' ? item.body.flatMap((statement) => (statement.kind === 'let' ? [statement.name.name] : [])) : [];
    expect(names).toContain('good');
  });
});
