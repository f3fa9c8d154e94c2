// What both netlist languages say: the abstract syntax, with spans and comments. It knows nothing of
// blocks, clocks or units beyond their spelling. Statements stand in the order of the text.

import type { SourceText, Span } from '../diagnostics/span.js';

/** Stands for the blank lines at one place among comment lines. */
export const blankLine = null;
/** Text of a comment line without its mark (`//` or `#`) and one following space, or a blank line. */
export type CommentLine = string | typeof blankLine;

/** Comment lines above a node, the comment behind it, and whether a blank line stood before it. */
export interface Trivia {
  /** The first is a comment; a blank line at the end stands between the comments and the node. */
  readonly before: readonly CommentLine[];
  readonly after?: string | undefined;
  readonly blankBefore: boolean;
}

interface Node {
  readonly span: Span;
}

// ---- expressions -----------------------------------------------------------------------------------

/** `12.5mV`: `text` is the literal as written, `value` is in SI base units, `unit` the unit's text (`mV`) or ''. */
export interface NumberLiteral extends Node {
  readonly kind: 'number';
  readonly text: string;
  readonly value: number;
  readonly unit: string;
}
export interface StringLiteral extends Node {
  readonly kind: 'string';
  readonly value: string;
}
export interface BooleanLiteral extends Node {
  readonly kind: 'boolean';
  readonly value: boolean;
}
export interface NameExpression extends Node {
  readonly kind: 'name';
  readonly name: string;
}
/** `object.name`: an output of a block, or a phase of a clock. */
export interface MemberExpression extends Node {
  readonly kind: 'member';
  readonly object: Expression;
  readonly name: string;
}
export interface IndexExpression extends Node {
  readonly kind: 'index';
  readonly object: Expression;
  readonly index: Expression;
}
/** An argument of a call; without a name it is positional. */
export interface Argument extends Node {
  readonly name?: string | undefined;
  readonly nameSpan?: Span | undefined;
  readonly value: Expression;
}
export interface CallExpression extends Node {
  readonly kind: 'call';
  readonly callee: NameExpression;
  readonly args: readonly Argument[];
}
export type UnaryOperator = '-' | '+' | '!';
export interface UnaryExpression extends Node {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly operand: Expression;
}
/** Precedence, loosest first: `||`, `&&`, `== !=`, `< <= > >=`, `+ -`, `* /`, unary, `^` (right associative). */
export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '^';
export interface BinaryExpression extends Node {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}
/** `test ? yes : no`. */
export interface ConditionalExpression extends Node {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly yes: Expression;
  readonly no: Expression;
}
export interface ListExpression extends Node {
  readonly kind: 'list';
  readonly items: readonly Expression[];
}
/** `[value for variable in from..to]`, `to` not included. */
export interface ComprehensionExpression extends Node {
  readonly kind: 'comprehension';
  readonly value: Expression;
  readonly variable: string;
  readonly from: Expression;
  readonly to: Expression;
}
export type Expression =
  | NumberLiteral
  | StringLiteral
  | BooleanLiteral
  | NameExpression
  | MemberExpression
  | IndexExpression
  | CallExpression
  | UnaryExpression
  | BinaryExpression
  | ConditionalExpression
  | ListExpression
  | ComprehensionExpression;

// ---- statements ------------------------------------------------------------------------------------

interface StatementNode extends Node {
  readonly trivia: Trivia;
}
/** A declared name with its own span. */
export interface Identifier extends Node {
  readonly name: string;
}
/** `param t = 1 / fs`: a derived constant of the system. */
export interface ParamStatement extends StatementNode {
  readonly kind: 'param';
  readonly name: Identifier;
  readonly value: Expression;
}
/** `p1`, or `p1 at 0.25` (fraction of the period). */
export interface PhaseDeclaration extends Node {
  readonly name: Identifier;
  readonly at?: Expression | undefined;
}
/** `clock clk = fs phases [p1, p2 at 0.5] offset 1us`. */
export interface ClockStatement extends StatementNode {
  readonly kind: 'clock';
  readonly name: Identifier;
  readonly frequency: Expression;
  readonly phases: readonly PhaseDeclaration[];
  readonly offset?: Expression | undefined;
}
/** `input u, w[4] : V`. */
export interface InputDeclaration extends Node {
  readonly name: Identifier;
  readonly length?: Expression | undefined;
}
export interface InputStatement extends StatementNode {
  readonly kind: 'input';
  readonly inputs: readonly InputDeclaration[];
  /** A unit such as `V`, or the type `bit`; absent: any. */
  readonly unit?: Identifier | undefined;
}
/** `output v, y = x + 1`. */
export interface OutputDeclaration extends Node {
  readonly name: Identifier;
  readonly value?: Expression | undefined;
}
export interface OutputStatement extends StatementNode {
  readonly kind: 'output';
  readonly outputs: readonly OutputDeclaration[];
}
/** `name = value @ clk.p2`, `name[i] = value`. */
export interface LetStatement extends StatementNode {
  readonly kind: 'let';
  readonly name: Identifier;
  readonly index?: Expression | undefined;
  readonly value: Expression;
  /** The clock edge: a name (`clk`) or a member (`clk.p2`). */
  readonly at?: NameExpression | MemberExpression | undefined;
}
/** `for i in 0..16 { … }`, the upper end not included; the body holds `let` and `for` statements. */
export interface ForStatement extends StatementNode {
  readonly kind: 'for';
  readonly variable: Identifier;
  readonly from: Expression;
  readonly to: Expression;
  readonly body: readonly Statement[];
  /** Comment lines after the last statement of the body; a blank line may be the first, the last is a comment. */
  readonly dangling: readonly CommentLine[];
}
/** `frame 80 ticks of clk`: every state of the system returns to its initial value each 80 ticks. */
export interface FrameStatement extends StatementNode {
  readonly kind: 'frame';
  readonly ticks: Expression;
  readonly clock?: NameExpression | undefined;
}
/** `run 65536 ticks of clk`, or `run 10ms` with `duration`. */
export interface RunStatement extends StatementNode {
  readonly kind: 'run';
  readonly ticks?: Expression | undefined;
  readonly duration?: Expression | undefined;
  readonly clock?: NameExpression | undefined;
}
/** `record u, e = u - v @ clk.p1`. */
export interface RecordItem extends Node {
  readonly name?: Identifier | undefined;
  readonly value: Expression;
}
export interface RecordStatement extends StatementNode {
  readonly kind: 'record';
  readonly items: readonly RecordItem[];
  readonly at?: NameExpression | MemberExpression | undefined;
}
/** `measure peak = max(v)`; without a name the measure is named after its function. */
export interface MeasureStatement extends StatementNode {
  readonly kind: 'measure';
  readonly name?: Identifier | undefined;
  readonly call: CallExpression;
}
/** `check sndr > 80dB`. */
export interface CheckStatement extends StatementNode {
  readonly kind: 'check';
  readonly condition: Expression;
}
/** `write y to "decoded.wav" (rate: 16kHz)`. */
export interface WriteStatement extends StatementNode {
  readonly kind: 'write';
  readonly signal: Identifier;
  readonly file: StringLiteral;
  readonly options: readonly Argument[];
}
/** `learn enc.weights(init: normal(0, 0.3), levels: 32, step: enc.steps)`: parameters that an optimizer changes; without options the parentheses are left out. */
export interface LearnStatement extends StatementNode {
  readonly kind: 'learn';
  /** A parameter of the system (`unit`) or of one of its blocks (`enc.weights`). */
  readonly target: NameExpression | MemberExpression;
  readonly options: readonly Argument[];
}
/** `objective error = log_sum_exp(u - y, temperature: 0.5)`: a figure of all lanes of a batch; without a name it is named after its function. */
export interface ObjectiveStatement extends StatementNode {
  readonly kind: 'objective';
  readonly name?: Identifier | undefined;
  readonly call: CallExpression;
}
/** `minimize log2(error / 1V) + 0.1*swing`: an expression of objectives and constants. */
export interface MinimizeStatement extends StatementNode {
  readonly kind: 'minimize';
  readonly value: Expression;
}
/** `method adam(rate: 0.003, steps: 1000)`: what each restart runs, in the order of the text. `finish …`: what the best ones run after that. */
export interface MethodStatement extends StatementNode {
  readonly kind: 'method' | 'finish';
  readonly call: CallExpression;
}
/** `judge enob of conversions`: restarts are ranked by an expression of a bench's measures, the highest first. */
export interface JudgeStatement extends StatementNode {
  readonly kind: 'judge';
  readonly value: Expression;
  readonly bench: NameExpression;
}
/** `vary cells = [2, 3, 4]`: restarts take the values in turn; several make a grid. */
export interface VaryStatement extends StatementNode {
  readonly kind: 'vary';
  readonly name: Identifier;
  readonly values: Expression;
}
/** `batch 512`: lanes of a step. `restarts 200`. `finalists 8`: how many restarts are finished. */
export interface CountStatement extends StatementNode {
  readonly kind: 'batch' | 'restarts' | 'finalists';
  readonly count: Expression;
}
export type Statement =
  | ParamStatement
  | ClockStatement
  | InputStatement
  | OutputStatement
  | LetStatement
  | ForStatement
  | FrameStatement
  | RunStatement
  | RecordStatement
  | MeasureStatement
  | CheckStatement
  | WriteStatement
  | LearnStatement
  | ObjectiveStatement
  | MinimizeStatement
  | MethodStatement
  | JudgeStatement
  | VaryStatement
  | CountStatement;

/** Which statements a body may hold; `let`, `param` and `for` are allowed in all, only `let` and `for` inside `for`. */
export const systemStatements: ReadonlySet<Statement['kind']> = new Set(['param', 'clock', 'input', 'output', 'let', 'for', 'frame']);
export const benchStatements: ReadonlySet<Statement['kind']> = new Set([
  'param',
  'let',
  'for',
  'run',
  'record',
  'measure',
  'check',
  'write',
]);

export const optimizeStatements: ReadonlySet<Statement['kind']> = new Set([
  'param',
  'let',
  'for',
  'run',
  'learn',
  'objective',
  'minimize',
  'method',
  'finish',
  'judge',
  'vary',
  'batch',
  'restarts',
  'finalists',
]);

// ---- files -----------------------------------------------------------------------------------------

/** `import "lib/stages.loom"`: the file's systems become known here. */
export interface ImportItem extends StatementNode {
  readonly kind: 'import';
  readonly path: StringLiteral;
}
/** `fs = 1MHz` in a system's header. */
export interface ParamDeclaration extends Node {
  readonly name: Identifier;
  readonly value?: Expression | undefined;
}
export interface SystemItem extends StatementNode {
  readonly kind: 'system';
  readonly name: Identifier;
  readonly params: readonly ParamDeclaration[];
  readonly body: readonly Statement[];
  readonly dangling: readonly CommentLine[];
}
/** `bench mod2 { … }` benches the system of its name; `bench slow of mod2(osr: 64) { … }` names both. */
export interface BenchItem extends StatementNode {
  readonly kind: 'bench';
  readonly name: Identifier;
  /** Absent: the system has the bench's name. */
  readonly system?: NameExpression | undefined;
  readonly args: readonly Argument[];
  readonly body: readonly Statement[];
  readonly dangling: readonly CommentLine[];
}
/** `optimize rcnet3 of rcnet(cells: 3) { … }`: which parameters of a system are learned, by what objective and how. */
export interface OptimizeItem extends StatementNode {
  readonly kind: 'optimize';
  readonly name: Identifier;
  /** Absent: the system has the item's name. */
  readonly system?: NameExpression | undefined;
  readonly args: readonly Argument[];
  readonly body: readonly Statement[];
  readonly dangling: readonly CommentLine[];
}
export type Item = ImportItem | SystemItem | BenchItem | OptimizeItem;

export interface NetlistFile {
  readonly source: SourceText;
  readonly items: readonly Item[];
  /** Comment lines after the last item; the first and the last are comments. */
  readonly dangling: readonly CommentLine[];
}
