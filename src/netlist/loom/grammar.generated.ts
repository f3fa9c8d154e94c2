// Generated from grammar/loom.ohm by `node grammar/generate.mjs`. Do not edit.

import * as ohm from 'ohm-js';
import type { BaseActionDict, Grammar, IterationNode, Node, NonterminalNode, Semantics, TerminalNode } from 'ohm-js';

export interface LoomActionDict<T> extends BaseActionDict<T> {
  Statement?: (this: NonterminalNode, arg0: NonterminalNode) => T;
  Import?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode) => T;
  Param?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode, arg2: NonterminalNode, arg3: NonterminalNode) => T;
  Clock?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode, arg2: NonterminalNode, arg3: NonterminalNode) => T;
  Input?: (
    this: NonterminalNode,
    arg0: NonterminalNode,
    arg1: NonterminalNode,
    arg2: IterationNode,
    arg3: IterationNode,
    arg4: IterationNode,
    arg5: IterationNode,
  ) => T;
  Output?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode, arg2: IterationNode, arg3: IterationNode) => T;
  Frame?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode) => T;
  Run?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode) => T;
  Record?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode) => T;
  Measure?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode) => T;
  Check?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode) => T;
  Write?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode) => T;
  Learn?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode) => T;
  Objective?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode) => T;
  Minimize?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode) => T;
  Method?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode) => T;
  Judge?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode) => T;
  Vary?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode, arg2: NonterminalNode, arg3: NonterminalNode) => T;
  Count?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode) => T;
  Let?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode, arg2: NonterminalNode) => T;
  Head?: (this: NonterminalNode, arg0: NonterminalNode) => T;
  SystemHead?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode, arg2: IterationNode) => T;
  BenchHead?: (
    this: NonterminalNode,
    arg0: NonterminalNode,
    arg1: NonterminalNode,
    arg2: IterationNode,
    arg3: IterationNode,
    arg4: IterationNode,
  ) => T;
  ForHead?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode) => T;
  Params?: (
    this: NonterminalNode,
    arg0: TerminalNode,
    arg1: IterationNode,
    arg2: IterationNode,
    arg3: IterationNode,
    arg4: TerminalNode,
  ) => T;
  ParamName?: (this: NonterminalNode, arg0: NonterminalNode, arg1: IterationNode, arg2: IterationNode) => T;
  ClockValue?: (this: NonterminalNode, arg0: NonterminalNode, arg1: IterationNode, arg2: IterationNode, arg3: IterationNode) => T;
  Phases?: (
    this: NonterminalNode,
    arg0: NonterminalNode,
    arg1: TerminalNode,
    arg2: NonterminalNode,
    arg3: IterationNode,
    arg4: IterationNode,
    arg5: TerminalNode,
  ) => T;
  Phase?: (this: NonterminalNode, arg0: NonterminalNode, arg1: IterationNode, arg2: IterationNode) => T;
  InputName?: (this: NonterminalNode, arg0: NonterminalNode, arg1: IterationNode, arg2: IterationNode, arg3: IterationNode) => T;
  PortUnit?: (this: NonterminalNode, arg0: NonterminalNode, arg1: IterationNode, arg2: IterationNode) => T;
  UnitFactor?: (this: NonterminalNode, arg0: NonterminalNode, arg1: IterationNode, arg2: IterationNode, arg3: IterationNode) => T;
  OutputName?: (this: NonterminalNode, arg0: NonterminalNode, arg1: IterationNode, arg2: IterationNode) => T;
  Ticks?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode, arg2: IterationNode) => T;
  OfClock?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode) => T;
  RunLength?: (this: NonterminalNode, arg0: NonterminalNode) => T;
  Duration?: (this: NonterminalNode, arg0: NonterminalNode, arg1: IterationNode) => T;
  Records?: (this: NonterminalNode, arg0: NonterminalNode, arg1: IterationNode, arg2: IterationNode, arg3: IterationNode) => T;
  RecordItem?: (this: NonterminalNode, arg0: IterationNode, arg1: IterationNode, arg2: NonterminalNode) => T;
  MeasureTerm?: (this: NonterminalNode, arg0: IterationNode, arg1: IterationNode, arg2: NonterminalNode) => T;
  WriteTerm?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode, arg2: NonterminalNode, arg3: IterationNode) => T;
  LearnTerm?: (this: NonterminalNode, arg0: NonterminalNode, arg1: IterationNode) => T;
  LearnTarget?: (this: NonterminalNode, arg0: NonterminalNode, arg1: IterationNode) => T;
  LearnStep?: (
    this: NonterminalNode,
    arg0: IterationNode,
    arg1: IterationNode,
    arg2: IterationNode,
    arg3: TerminalNode,
    arg4: NonterminalNode,
  ) => T;
  JudgeTerm?: (this: NonterminalNode, arg0: NonterminalNode, arg1: NonterminalNode, arg2: NonterminalNode) => T;
  Target?: (this: NonterminalNode, arg0: NonterminalNode, arg1: IterationNode, arg2: IterationNode, arg3: IterationNode) => T;
  Value?: (this: NonterminalNode, arg0: NonterminalNode, arg1: IterationNode) => T;
  At?: (this: NonterminalNode, arg0: TerminalNode, arg1: NonterminalNode) => T;
  Edge?: (this: NonterminalNode, arg0: NonterminalNode, arg1: IterationNode, arg2: IterationNode) => T;
  Range?: (
    this: NonterminalNode,
    arg0: NonterminalNode,
    arg1: NonterminalNode,
    arg2: NonterminalNode,
    arg3: TerminalNode,
    arg4: NonterminalNode,
  ) => T;
  BenchTarget?: (this: NonterminalNode, arg0: NonterminalNode, arg1: IterationNode) => T;
  Expression?: (
    this: NonterminalNode,
    arg0: IterationNode,
    arg1: IterationNode,
    arg2: IterationNode,
    arg3: IterationNode,
    arg4: NonterminalNode,
  ) => T;
  Chain?: (this: NonterminalNode, arg0: NonterminalNode, arg1: IterationNode, arg2: IterationNode) => T;
  Operand?: (this: NonterminalNode, arg0: IterationNode, arg1: NonterminalNode, arg2: IterationNode) => T;
  Suffix_member?: (this: NonterminalNode, arg0: TerminalNode, arg1: NonterminalNode) => T;
  Suffix_index?: (this: NonterminalNode, arg0: TerminalNode, arg1: NonterminalNode, arg2: TerminalNode) => T;
  Suffix?: (this: NonterminalNode, arg0: NonterminalNode) => T;
  Primary_group?: (this: NonterminalNode, arg0: TerminalNode, arg1: NonterminalNode, arg2: TerminalNode) => T;
  Primary_comprehension?: (
    this: NonterminalNode,
    arg0: TerminalNode,
    arg1: NonterminalNode,
    arg2: NonterminalNode,
    arg3: NonterminalNode,
    arg4: TerminalNode,
  ) => T;
  Primary_list?: (
    this: NonterminalNode,
    arg0: TerminalNode,
    arg1: IterationNode,
    arg2: IterationNode,
    arg3: IterationNode,
    arg4: TerminalNode,
  ) => T;
  Primary?: (this: NonterminalNode, arg0: NonterminalNode) => T;
  Call?: (
    this: NonterminalNode,
    arg0: NonterminalNode,
    arg1: TerminalNode,
    arg2: IterationNode,
    arg3: IterationNode,
    arg4: IterationNode,
    arg5: TerminalNode,
  ) => T;
  Arguments?: (
    this: NonterminalNode,
    arg0: TerminalNode,
    arg1: IterationNode,
    arg2: IterationNode,
    arg3: IterationNode,
    arg4: TerminalNode,
  ) => T;
  Argument?: (this: NonterminalNode, arg0: IterationNode, arg1: IterationNode, arg2: NonterminalNode) => T;
  binaryOperator?: (this: NonterminalNode, arg0: TerminalNode) => T;
  prefixOperator?: (this: NonterminalNode, arg0: TerminalNode) => T;
  equals?: (this: NonterminalNode, arg0: TerminalNode) => T;
  key?: (this: NonterminalNode, arg0: Node) => T;
  name?: (this: NonterminalNode, arg0: NonterminalNode) => T;
  word?: (this: NonterminalNode, arg0: NonterminalNode, arg1: IterationNode) => T;
  boolean?: (this: NonterminalNode, arg0: TerminalNode) => T;
  reserved?: (this: NonterminalNode, arg0: TerminalNode) => T;
  wordStart?: (this: NonterminalNode, arg0: TerminalNode) => T;
  wordPart?: (this: NonterminalNode, arg0: NonterminalNode) => T;
  number?: (
    this: NonterminalNode,
    arg0: NonterminalNode,
    arg1: IterationNode,
    arg2: IterationNode,
    arg3: IterationNode,
    arg4: IterationNode,
    arg5: IterationNode,
    arg6: IterationNode,
  ) => T;
  digits?: (this: NonterminalNode, arg0: IterationNode, arg1: IterationNode, arg2: IterationNode) => T;
  unitMark?: (this: NonterminalNode, arg0: NonterminalNode | TerminalNode) => T;
  unitName?: (this: NonterminalNode, arg0: NonterminalNode, arg1: IterationNode) => T;
  string?: (this: NonterminalNode, arg0: TerminalNode, arg1: IterationNode, arg2: TerminalNode) => T;
  escape?: (this: NonterminalNode, arg0: TerminalNode, arg1: TerminalNode) => T;
  space?: (this: NonterminalNode, arg0: NonterminalNode | TerminalNode) => T;
  lineComment?: (this: NonterminalNode, arg0: TerminalNode, arg1: IterationNode) => T;
  blockComment?: (this: NonterminalNode, arg0: TerminalNode, arg1: IterationNode, arg2: TerminalNode) => T;
}

export interface LoomSemantics extends Semantics {
  addOperation<T>(name: string, actionDict: LoomActionDict<T>): this;
  extendOperation<T>(name: string, actionDict: LoomActionDict<T>): this;
  addAttribute<T>(name: string, actionDict: LoomActionDict<T>): this;
  extendAttribute<T>(name: string, actionDict: LoomActionDict<T>): this;
}

export interface LoomGrammar extends Grammar {
  createSemantics(): LoomSemantics;
  extendSemantics(superSemantics: LoomSemantics): LoomSemantics;
}

/** Words that cannot be names. */
export const reservedWords: ReadonlySet<string> = new Set([
  'batch',
  'bench',
  'check',
  'clock',
  'false',
  'finalists',
  'finish',
  'for',
  'frame',
  'import',
  'input',
  'judge',
  'learn',
  'measure',
  'method',
  'minimize',
  'objective',
  'optimize',
  'output',
  'param',
  'record',
  'restarts',
  'run',
  'system',
  'true',
  'vary',
  'write',
]);

/** All words with a meaning of their own somewhere in the grammar, the reserved ones included. */
export const grammarWords: ReadonlySet<string> = new Set([
  'at',
  'batch',
  'bench',
  'check',
  'clock',
  'false',
  'finalists',
  'finish',
  'for',
  'frame',
  'import',
  'in',
  'input',
  'judge',
  'learn',
  'measure',
  'method',
  'minimize',
  'objective',
  'of',
  'offset',
  'optimize',
  'output',
  'param',
  'phases',
  'record',
  'restarts',
  'run',
  'system',
  'ticks',
  'to',
  'true',
  'vary',
  'write',
]);

// The typings of ohm-js leave out the function that its own bundles call.
const { makeRecipe } = ohm as unknown as { makeRecipe(recipe: string): LoomGrammar };

export const loomGrammar = makeRecipe(
  '["grammar",{"source":"Loom {\\n  Statement = Import | Param | Clock | Input | Output | Frame | Run | Record | Measure | Check | Write\\n            | Learn | Objective | Minimize | Method | Judge | Vary | Count | Let\\n\\n  Import  = key<\\"import\\"> string\\n  Param   = key<\\"param\\"> name equals Expression\\n  Clock   = key<\\"clock\\"> name equals ClockValue\\n  Input   = key<\\"input\\"> InputName (\\",\\" InputName)* (\\":\\" PortUnit)?\\n  Output  = key<\\"output\\"> OutputName (\\",\\" OutputName)*\\n  Frame   = key<\\"frame\\"> Ticks\\n  Run     = key<\\"run\\"> RunLength\\n  Record  = key<\\"record\\"> Records\\n  Measure = key<\\"measure\\"> MeasureTerm\\n  Check   = key<\\"check\\"> Expression\\n  Write   = key<\\"write\\"> WriteTerm\\n  // What only optimizations hold.\\n  Learn     = key<\\"learn\\"> LearnTerm\\n  Objective = key<\\"objective\\"> MeasureTerm\\n  Minimize  = key<\\"minimize\\"> Expression\\n  Method    = (key<\\"method\\"> | key<\\"finish\\">) Call\\n  Judge     = key<\\"judge\\"> JudgeTerm\\n  Vary      = key<\\"vary\\"> name equals Expression\\n  Count     = (key<\\"batch\\"> | key<\\"restarts\\"> | key<\\"finalists\\">) Expression\\n  Let     = Target equals Value\\n\\n  Head       = SystemHead | BenchHead | ForHead\\n  SystemHead = key<\\"system\\"> name Params?\\n  BenchHead  = (key<\\"bench\\"> | key<\\"optimize\\">) name (key<\\"of\\"> name)? Arguments?\\n  ForHead    = key<\\"for\\"> Range\\n\\n  // Parts of statements; the YAML reader meets them as strings of their own.\\n  Params      = \\"(\\" (ParamName (\\",\\" ParamName)*)? \\")\\"\\n  ParamName   = name (equals Expression)?\\n  ClockValue  = Expression Phases? (key<\\"offset\\"> Expression)?\\n  Phases      = key<\\"phases\\"> \\"[\\" Phase (\\",\\" Phase)* \\"]\\"\\n  Phase       = name (key<\\"at\\"> Expression)?\\n  InputName   = name (\\"[\\" Expression \\"]\\")?\\n  PortUnit    = UnitFactor ((\\"*\\" | \\"/\\") UnitFactor)*\\n  UnitFactor  = (unitName | number) (\\"^\\" \\"-\\"? number)?\\n  OutputName  = name (equals Expression)?\\n  Ticks       = Expression key<\\"ticks\\"> OfClock?\\n  OfClock     = key<\\"of\\"> name\\n  RunLength   = Ticks | Duration\\n  Duration    = Expression OfClock?\\n  Records     = RecordItem (\\",\\" RecordItem)* At?\\n  RecordItem  = (name equals)? Expression\\n  MeasureTerm = (name equals)? Call\\n  WriteTerm   = name key<\\"to\\"> string Arguments?\\n  LearnTerm   = LearnTarget Arguments?\\n  LearnTarget = name LearnStep*\\n  LearnStep   = (\\"[\\" Expression \\"]\\")* \\".\\" word\\n  JudgeTerm   = Expression key<\\"of\\"> name\\n  Target      = name (\\"[\\" Expression \\"]\\")?\\n  Value       = Expression At?\\n  At          = \\"@\\" Edge\\n  Edge        = name (\\".\\" word)?\\n  Range       = name key<\\"in\\"> Expression \\"..\\" Expression\\n  BenchTarget = name Arguments?\\n\\n  Expression = (Chain \\"?\\" Expression \\":\\")* Chain\\n  Chain   = Operand (binaryOperator Operand)*\\n  Operand = prefixOperator* Primary Suffix*\\n  Suffix  = \\".\\" word            -- member\\n          | \\"[\\" Expression \\"]\\"  -- index\\n  Primary = number | string | boolean | Call | name\\n          | \\"(\\" Expression \\")\\"  -- group\\n          | \\"[\\" Expression key<\\"for\\"> Range \\"]\\"  -- comprehension\\n          | \\"[\\" (Expression (\\",\\" Expression)*)? \\"]\\"  -- list\\n  // Not by way of Arguments: each rule on the way costs stack where calls are nested.\\n  Call      = name \\"(\\" (Argument (\\",\\" Argument)*)? \\")\\"\\n  Arguments = \\"(\\" (Argument (\\",\\" Argument)*)? \\")\\"\\n  Argument  = (word \\":\\")? Expression\\n\\n  binaryOperator (an operator) = \\"||\\" | \\"&&\\" | \\"==\\" | \\"!=\\" | \\"<=\\" | \\"<\\" | \\">=\\" | \\">\\" | \\"+\\" | \\"-\\" | \\"*\\" | \\"/\\" | \\"^\\"\\n  prefixOperator = \\"-\\" | \\"+\\" | \\"!\\"\\n  equals = \\"=\\" ~\\"=\\"\\n\\n  key<text> = text ~wordPart\\n  name (a name) = ~reserved word\\n  word (a name) = wordStart wordPart*\\n  boolean = (\\"true\\" | \\"false\\") ~wordPart\\n  reserved = (\\"system\\" | \\"bench\\" | \\"import\\" | \\"clock\\" | \\"input\\" | \\"output\\" | \\"param\\" | \\"for\\" | \\"frame\\" | \\"run\\" | \\"record\\"\\n             | \\"measure\\" | \\"check\\" | \\"write\\" | \\"optimize\\" | \\"learn\\" | \\"objective\\" | \\"minimize\\" | \\"method\\" | \\"finish\\"\\n             | \\"judge\\" | \\"vary\\" | \\"batch\\" | \\"restarts\\" | \\"finalists\\" | \\"true\\" | \\"false\\") ~wordPart\\n  wordStart = \\"A\\"..\\"Z\\" | \\"a\\"..\\"z\\" | \\"_\\"\\n  wordPart = wordStart | digit\\n\\n  number (a number) = digits (\\".\\" digits)? ((\\"e\\" | \\"E\\") (\\"+\\" | \\"-\\")? digit+)? unitMark*\\n  digits = digit+ (\\"_\\" digit+)*\\n  unitMark = letter | digit | \\"_\\" | \\"%\\" | \\"\\\\u{B0}\\"\\n  unitName (a unit) = letter unitMark*\\n\\n  string (a string) = \\"\\\\\\"\\" (escape | ~(\\"\\\\\\"\\" | \\"\\\\\\\\\\" | \\"\\\\n\\") any)* \\"\\\\\\"\\"\\n  escape = \\"\\\\\\\\\\" (\\"\\\\\\"\\" | \\"\\\\\\\\\\" | \\"n\\" | \\"t\\")\\n\\n  space += \\"\\\\u{A0}\\" | \\"\\\\u{FEFF}\\" | lineComment | blockComment\\n  lineComment = \\"//\\" (~\\"\\\\n\\" any)*\\n  blockComment = \\"/*\\" (~\\"*/\\" any)* \\"*/\\"\\n}"},"Loom",null,"Statement",{"Statement":["define",{"sourceInterval":[9,190]},null,[],["alt",{"sourceInterval":[21,190]},["app",{"sourceInterval":[21,27]},"Import",[]],["app",{"sourceInterval":[30,35]},"Param",[]],["app",{"sourceInterval":[38,43]},"Clock",[]],["app",{"sourceInterval":[46,51]},"Input",[]],["app",{"sourceInterval":[54,60]},"Output",[]],["app",{"sourceInterval":[63,68]},"Frame",[]],["app",{"sourceInterval":[71,74]},"Run",[]],["app",{"sourceInterval":[77,83]},"Record",[]],["app",{"sourceInterval":[86,93]},"Measure",[]],["app",{"sourceInterval":[96,101]},"Check",[]],["app",{"sourceInterval":[104,109]},"Write",[]],["app",{"sourceInterval":[124,129]},"Learn",[]],["app",{"sourceInterval":[132,141]},"Objective",[]],["app",{"sourceInterval":[144,152]},"Minimize",[]],["app",{"sourceInterval":[155,161]},"Method",[]],["app",{"sourceInterval":[164,169]},"Judge",[]],["app",{"sourceInterval":[172,176]},"Vary",[]],["app",{"sourceInterval":[179,184]},"Count",[]],["app",{"sourceInterval":[187,190]},"Let",[]]]],"Import":["define",{"sourceInterval":[194,224]},null,[],["seq",{"sourceInterval":[204,224]},["app",{"sourceInterval":[204,217]},"key",[["terminal",{"sourceInterval":[208,216]},"import"]]],["app",{"sourceInterval":[218,224]},"string",[]]]],"Param":["define",{"sourceInterval":[227,272]},null,[],["seq",{"sourceInterval":[237,272]},["app",{"sourceInterval":[237,249]},"key",[["terminal",{"sourceInterval":[241,248]},"param"]]],["app",{"sourceInterval":[250,254]},"name",[]],["app",{"sourceInterval":[255,261]},"equals",[]],["app",{"sourceInterval":[262,272]},"Expression",[]]]],"Clock":["define",{"sourceInterval":[275,320]},null,[],["seq",{"sourceInterval":[285,320]},["app",{"sourceInterval":[285,297]},"key",[["terminal",{"sourceInterval":[289,296]},"clock"]]],["app",{"sourceInterval":[298,302]},"name",[]],["app",{"sourceInterval":[303,309]},"equals",[]],["app",{"sourceInterval":[310,320]},"ClockValue",[]]]],"Input":["define",{"sourceInterval":[323,388]},null,[],["seq",{"sourceInterval":[333,388]},["app",{"sourceInterval":[333,345]},"key",[["terminal",{"sourceInterval":[337,344]},"input"]]],["app",{"sourceInterval":[346,355]},"InputName",[]],["star",{"sourceInterval":[356,372]},["seq",{"sourceInterval":[357,370]},["terminal",{"sourceInterval":[357,360]},","],["app",{"sourceInterval":[361,370]},"InputName",[]]]],["opt",{"sourceInterval":[373,388]},["seq",{"sourceInterval":[374,386]},["terminal",{"sourceInterval":[374,377]},":"],["app",{"sourceInterval":[378,386]},"PortUnit",[]]]]]],"Output":["define",{"sourceInterval":[391,443]},null,[],["seq",{"sourceInterval":[401,443]},["app",{"sourceInterval":[401,414]},"key",[["terminal",{"sourceInterval":[405,413]},"output"]]],["app",{"sourceInterval":[415,425]},"OutputName",[]],["star",{"sourceInterval":[426,443]},["seq",{"sourceInterval":[427,441]},["terminal",{"sourceInterval":[427,430]},","],["app",{"sourceInterval":[431,441]},"OutputName",[]]]]]],"Frame":["define",{"sourceInterval":[446,474]},null,[],["seq",{"sourceInterval":[456,474]},["app",{"sourceInterval":[456,468]},"key",[["terminal",{"sourceInterval":[460,467]},"frame"]]],["app",{"sourceInterval":[469,474]},"Ticks",[]]]],"Run":["define",{"sourceInterval":[477,507]},null,[],["seq",{"sourceInterval":[487,507]},["app",{"sourceInterval":[487,497]},"key",[["terminal",{"sourceInterval":[491,496]},"run"]]],["app",{"sourceInterval":[498,507]},"RunLength",[]]]],"Record":["define",{"sourceInterval":[510,541]},null,[],["seq",{"sourceInterval":[520,541]},["app",{"sourceInterval":[520,533]},"key",[["terminal",{"sourceInterval":[524,532]},"record"]]],["app",{"sourceInterval":[534,541]},"Records",[]]]],"Measure":["define",{"sourceInterval":[544,580]},null,[],["seq",{"sourceInterval":[554,580]},["app",{"sourceInterval":[554,568]},"key",[["terminal",{"sourceInterval":[558,567]},"measure"]]],["app",{"sourceInterval":[569,580]},"MeasureTerm",[]]]],"Check":["define",{"sourceInterval":[583,616]},null,[],["seq",{"sourceInterval":[593,616]},["app",{"sourceInterval":[593,605]},"key",[["terminal",{"sourceInterval":[597,604]},"check"]]],["app",{"sourceInterval":[606,616]},"Expression",[]]]],"Write":["define",{"sourceInterval":[619,651]},null,[],["seq",{"sourceInterval":[629,651]},["app",{"sourceInterval":[629,641]},"key",[["terminal",{"sourceInterval":[633,640]},"write"]]],["app",{"sourceInterval":[642,651]},"WriteTerm",[]]]],"Learn":["define",{"sourceInterval":[689,723]},null,[],["seq",{"sourceInterval":[701,723]},["app",{"sourceInterval":[701,713]},"key",[["terminal",{"sourceInterval":[705,712]},"learn"]]],["app",{"sourceInterval":[714,723]},"LearnTerm",[]]]],"Objective":["define",{"sourceInterval":[726,766]},null,[],["seq",{"sourceInterval":[738,766]},["app",{"sourceInterval":[738,754]},"key",[["terminal",{"sourceInterval":[742,753]},"objective"]]],["app",{"sourceInterval":[755,766]},"MeasureTerm",[]]]],"Minimize":["define",{"sourceInterval":[769,807]},null,[],["seq",{"sourceInterval":[781,807]},["app",{"sourceInterval":[781,796]},"key",[["terminal",{"sourceInterval":[785,795]},"minimize"]]],["app",{"sourceInterval":[797,807]},"Expression",[]]]],"Method":["define",{"sourceInterval":[810,858]},null,[],["seq",{"sourceInterval":[822,858]},["alt",{"sourceInterval":[823,852]},["app",{"sourceInterval":[823,836]},"key",[["terminal",{"sourceInterval":[827,835]},"method"]]],["app",{"sourceInterval":[839,852]},"key",[["terminal",{"sourceInterval":[843,851]},"finish"]]]],["app",{"sourceInterval":[854,858]},"Call",[]]]],"Judge":["define",{"sourceInterval":[861,895]},null,[],["seq",{"sourceInterval":[873,895]},["app",{"sourceInterval":[873,885]},"key",[["terminal",{"sourceInterval":[877,884]},"judge"]]],["app",{"sourceInterval":[886,895]},"JudgeTerm",[]]]],"Vary":["define",{"sourceInterval":[898,944]},null,[],["seq",{"sourceInterval":[910,944]},["app",{"sourceInterval":[910,921]},"key",[["terminal",{"sourceInterval":[914,920]},"vary"]]],["app",{"sourceInterval":[922,926]},"name",[]],["app",{"sourceInterval":[927,933]},"equals",[]],["app",{"sourceInterval":[934,944]},"Expression",[]]]],"Count":["define",{"sourceInterval":[947,1021]},null,[],["seq",{"sourceInterval":[959,1021]},["alt",{"sourceInterval":[960,1009]},["app",{"sourceInterval":[960,972]},"key",[["terminal",{"sourceInterval":[964,971]},"batch"]]],["app",{"sourceInterval":[975,990]},"key",[["terminal",{"sourceInterval":[979,989]},"restarts"]]],["app",{"sourceInterval":[993,1009]},"key",[["terminal",{"sourceInterval":[997,1008]},"finalists"]]]],["app",{"sourceInterval":[1011,1021]},"Expression",[]]]],"Let":["define",{"sourceInterval":[1024,1053]},null,[],["seq",{"sourceInterval":[1034,1053]},["app",{"sourceInterval":[1034,1040]},"Target",[]],["app",{"sourceInterval":[1041,1047]},"equals",[]],["app",{"sourceInterval":[1048,1053]},"Value",[]]]],"Head":["define",{"sourceInterval":[1057,1102]},null,[],["alt",{"sourceInterval":[1070,1102]},["app",{"sourceInterval":[1070,1080]},"SystemHead",[]],["app",{"sourceInterval":[1083,1092]},"BenchHead",[]],["app",{"sourceInterval":[1095,1102]},"ForHead",[]]]],"SystemHead":["define",{"sourceInterval":[1105,1144]},null,[],["seq",{"sourceInterval":[1118,1144]},["app",{"sourceInterval":[1118,1131]},"key",[["terminal",{"sourceInterval":[1122,1130]},"system"]]],["app",{"sourceInterval":[1132,1136]},"name",[]],["opt",{"sourceInterval":[1137,1144]},["app",{"sourceInterval":[1137,1143]},"Params",[]]]]],"BenchHead":["define",{"sourceInterval":[1147,1226]},null,[],["seq",{"sourceInterval":[1160,1226]},["alt",{"sourceInterval":[1161,1191]},["app",{"sourceInterval":[1161,1173]},"key",[["terminal",{"sourceInterval":[1165,1172]},"bench"]]],["app",{"sourceInterval":[1176,1191]},"key",[["terminal",{"sourceInterval":[1180,1190]},"optimize"]]]],["app",{"sourceInterval":[1193,1197]},"name",[]],["opt",{"sourceInterval":[1198,1215]},["seq",{"sourceInterval":[1199,1213]},["app",{"sourceInterval":[1199,1208]},"key",[["terminal",{"sourceInterval":[1203,1207]},"of"]]],["app",{"sourceInterval":[1209,1213]},"name",[]]]],["opt",{"sourceInterval":[1216,1226]},["app",{"sourceInterval":[1216,1225]},"Arguments",[]]]]],"ForHead":["define",{"sourceInterval":[1229,1258]},null,[],["seq",{"sourceInterval":[1242,1258]},["app",{"sourceInterval":[1242,1252]},"key",[["terminal",{"sourceInterval":[1246,1251]},"for"]]],["app",{"sourceInterval":[1253,1258]},"Range",[]]]],"Params":["define",{"sourceInterval":[1340,1391]},null,[],["seq",{"sourceInterval":[1354,1391]},["terminal",{"sourceInterval":[1354,1357]},"("],["opt",{"sourceInterval":[1358,1387]},["seq",{"sourceInterval":[1359,1385]},["app",{"sourceInterval":[1359,1368]},"ParamName",[]],["star",{"sourceInterval":[1369,1385]},["seq",{"sourceInterval":[1370,1383]},["terminal",{"sourceInterval":[1370,1373]},","],["app",{"sourceInterval":[1374,1383]},"ParamName",[]]]]]],["terminal",{"sourceInterval":[1388,1391]},")"]]],"ParamName":["define",{"sourceInterval":[1394,1433]},null,[],["seq",{"sourceInterval":[1408,1433]},["app",{"sourceInterval":[1408,1412]},"name",[]],["opt",{"sourceInterval":[1413,1433]},["seq",{"sourceInterval":[1414,1431]},["app",{"sourceInterval":[1414,1420]},"equals",[]],["app",{"sourceInterval":[1421,1431]},"Expression",[]]]]]],"ClockValue":["define",{"sourceInterval":[1436,1496]},null,[],["seq",{"sourceInterval":[1450,1496]},["app",{"sourceInterval":[1450,1460]},"Expression",[]],["opt",{"sourceInterval":[1461,1468]},["app",{"sourceInterval":[1461,1467]},"Phases",[]]],["opt",{"sourceInterval":[1469,1496]},["seq",{"sourceInterval":[1470,1494]},["app",{"sourceInterval":[1470,1483]},"key",[["terminal",{"sourceInterval":[1474,1482]},"offset"]]],["app",{"sourceInterval":[1484,1494]},"Expression",[]]]]]],"Phases":["define",{"sourceInterval":[1499,1553]},null,[],["seq",{"sourceInterval":[1513,1553]},["app",{"sourceInterval":[1513,1526]},"key",[["terminal",{"sourceInterval":[1517,1525]},"phases"]]],["terminal",{"sourceInterval":[1527,1530]},"["],["app",{"sourceInterval":[1531,1536]},"Phase",[]],["star",{"sourceInterval":[1537,1549]},["seq",{"sourceInterval":[1538,1547]},["terminal",{"sourceInterval":[1538,1541]},","],["app",{"sourceInterval":[1542,1547]},"Phase",[]]]],["terminal",{"sourceInterval":[1550,1553]},"]"]]],"Phase":["define",{"sourceInterval":[1556,1598]},null,[],["seq",{"sourceInterval":[1570,1598]},["app",{"sourceInterval":[1570,1574]},"name",[]],["opt",{"sourceInterval":[1575,1598]},["seq",{"sourceInterval":[1576,1596]},["app",{"sourceInterval":[1576,1585]},"key",[["terminal",{"sourceInterval":[1580,1584]},"at"]]],["app",{"sourceInterval":[1586,1596]},"Expression",[]]]]]],"InputName":["define",{"sourceInterval":[1601,1641]},null,[],["seq",{"sourceInterval":[1615,1641]},["app",{"sourceInterval":[1615,1619]},"name",[]],["opt",{"sourceInterval":[1620,1641]},["seq",{"sourceInterval":[1621,1639]},["terminal",{"sourceInterval":[1621,1624]},"["],["app",{"sourceInterval":[1625,1635]},"Expression",[]],["terminal",{"sourceInterval":[1636,1639]},"]"]]]]],"PortUnit":["define",{"sourceInterval":[1644,1694]},null,[],["seq",{"sourceInterval":[1658,1694]},["app",{"sourceInterval":[1658,1668]},"UnitFactor",[]],["star",{"sourceInterval":[1669,1694]},["seq",{"sourceInterval":[1670,1692]},["alt",{"sourceInterval":[1671,1680]},["terminal",{"sourceInterval":[1671,1674]},"*"],["terminal",{"sourceInterval":[1677,1680]},"/"]],["app",{"sourceInterval":[1682,1692]},"UnitFactor",[]]]]]],"UnitFactor":["define",{"sourceInterval":[1697,1749]},null,[],["seq",{"sourceInterval":[1711,1749]},["alt",{"sourceInterval":[1712,1729]},["app",{"sourceInterval":[1712,1720]},"unitName",[]],["app",{"sourceInterval":[1723,1729]},"number",[]]],["opt",{"sourceInterval":[1731,1749]},["seq",{"sourceInterval":[1732,1747]},["terminal",{"sourceInterval":[1732,1735]},"^"],["opt",{"sourceInterval":[1736,1740]},["terminal",{"sourceInterval":[1736,1739]},"-"]],["app",{"sourceInterval":[1741,1747]},"number",[]]]]]],"OutputName":["define",{"sourceInterval":[1752,1791]},null,[],["seq",{"sourceInterval":[1766,1791]},["app",{"sourceInterval":[1766,1770]},"name",[]],["opt",{"sourceInterval":[1771,1791]},["seq",{"sourceInterval":[1772,1789]},["app",{"sourceInterval":[1772,1778]},"equals",[]],["app",{"sourceInterval":[1779,1789]},"Expression",[]]]]]],"Ticks":["define",{"sourceInterval":[1794,1840]},null,[],["seq",{"sourceInterval":[1808,1840]},["app",{"sourceInterval":[1808,1818]},"Expression",[]],["app",{"sourceInterval":[1819,1831]},"key",[["terminal",{"sourceInterval":[1823,1830]},"ticks"]]],["opt",{"sourceInterval":[1832,1840]},["app",{"sourceInterval":[1832,1839]},"OfClock",[]]]]],"OfClock":["define",{"sourceInterval":[1843,1871]},null,[],["seq",{"sourceInterval":[1857,1871]},["app",{"sourceInterval":[1857,1866]},"key",[["terminal",{"sourceInterval":[1861,1865]},"of"]]],["app",{"sourceInterval":[1867,1871]},"name",[]]]],"RunLength":["define",{"sourceInterval":[1874,1904]},null,[],["alt",{"sourceInterval":[1888,1904]},["app",{"sourceInterval":[1888,1893]},"Ticks",[]],["app",{"sourceInterval":[1896,1904]},"Duration",[]]]],"Duration":["define",{"sourceInterval":[1907,1940]},null,[],["seq",{"sourceInterval":[1921,1940]},["app",{"sourceInterval":[1921,1931]},"Expression",[]],["opt",{"sourceInterval":[1932,1940]},["app",{"sourceInterval":[1932,1939]},"OfClock",[]]]]],"Records":["define",{"sourceInterval":[1943,1989]},null,[],["seq",{"sourceInterval":[1957,1989]},["app",{"sourceInterval":[1957,1967]},"RecordItem",[]],["star",{"sourceInterval":[1968,1985]},["seq",{"sourceInterval":[1969,1983]},["terminal",{"sourceInterval":[1969,1972]},","],["app",{"sourceInterval":[1973,1983]},"RecordItem",[]]]],["opt",{"sourceInterval":[1986,1989]},["app",{"sourceInterval":[1986,1988]},"At",[]]]]],"RecordItem":["define",{"sourceInterval":[1992,2031]},null,[],["seq",{"sourceInterval":[2006,2031]},["opt",{"sourceInterval":[2006,2020]},["seq",{"sourceInterval":[2007,2018]},["app",{"sourceInterval":[2007,2011]},"name",[]],["app",{"sourceInterval":[2012,2018]},"equals",[]]]],["app",{"sourceInterval":[2021,2031]},"Expression",[]]]],"MeasureTerm":["define",{"sourceInterval":[2034,2067]},null,[],["seq",{"sourceInterval":[2048,2067]},["opt",{"sourceInterval":[2048,2062]},["seq",{"sourceInterval":[2049,2060]},["app",{"sourceInterval":[2049,2053]},"name",[]],["app",{"sourceInterval":[2054,2060]},"equals",[]]]],["app",{"sourceInterval":[2063,2067]},"Call",[]]]],"WriteTerm":["define",{"sourceInterval":[2070,2116]},null,[],["seq",{"sourceInterval":[2084,2116]},["app",{"sourceInterval":[2084,2088]},"name",[]],["app",{"sourceInterval":[2089,2098]},"key",[["terminal",{"sourceInterval":[2093,2097]},"to"]]],["app",{"sourceInterval":[2099,2105]},"string",[]],["opt",{"sourceInterval":[2106,2116]},["app",{"sourceInterval":[2106,2115]},"Arguments",[]]]]],"LearnTerm":["define",{"sourceInterval":[2119,2155]},null,[],["seq",{"sourceInterval":[2133,2155]},["app",{"sourceInterval":[2133,2144]},"LearnTarget",[]],["opt",{"sourceInterval":[2145,2155]},["app",{"sourceInterval":[2145,2154]},"Arguments",[]]]]],"LearnTarget":["define",{"sourceInterval":[2158,2187]},null,[],["seq",{"sourceInterval":[2172,2187]},["app",{"sourceInterval":[2172,2176]},"name",[]],["star",{"sourceInterval":[2177,2187]},["app",{"sourceInterval":[2177,2186]},"LearnStep",[]]]]],"LearnStep":["define",{"sourceInterval":[2190,2234]},null,[],["seq",{"sourceInterval":[2204,2234]},["star",{"sourceInterval":[2204,2225]},["seq",{"sourceInterval":[2205,2223]},["terminal",{"sourceInterval":[2205,2208]},"["],["app",{"sourceInterval":[2209,2219]},"Expression",[]],["terminal",{"sourceInterval":[2220,2223]},"]"]]],["terminal",{"sourceInterval":[2226,2229]},"."],["app",{"sourceInterval":[2230,2234]},"word",[]]]],"JudgeTerm":["define",{"sourceInterval":[2237,2276]},null,[],["seq",{"sourceInterval":[2251,2276]},["app",{"sourceInterval":[2251,2261]},"Expression",[]],["app",{"sourceInterval":[2262,2271]},"key",[["terminal",{"sourceInterval":[2266,2270]},"of"]]],["app",{"sourceInterval":[2272,2276]},"name",[]]]],"Target":["define",{"sourceInterval":[2279,2319]},null,[],["seq",{"sourceInterval":[2293,2319]},["app",{"sourceInterval":[2293,2297]},"name",[]],["opt",{"sourceInterval":[2298,2319]},["seq",{"sourceInterval":[2299,2317]},["terminal",{"sourceInterval":[2299,2302]},"["],["app",{"sourceInterval":[2303,2313]},"Expression",[]],["terminal",{"sourceInterval":[2314,2317]},"]"]]]]],"Value":["define",{"sourceInterval":[2322,2350]},null,[],["seq",{"sourceInterval":[2336,2350]},["app",{"sourceInterval":[2336,2346]},"Expression",[]],["opt",{"sourceInterval":[2347,2350]},["app",{"sourceInterval":[2347,2349]},"At",[]]]]],"At":["define",{"sourceInterval":[2353,2375]},null,[],["seq",{"sourceInterval":[2367,2375]},["terminal",{"sourceInterval":[2367,2370]},"@"],["app",{"sourceInterval":[2371,2375]},"Edge",[]]]],"Edge":["define",{"sourceInterval":[2378,2408]},null,[],["seq",{"sourceInterval":[2392,2408]},["app",{"sourceInterval":[2392,2396]},"name",[]],["opt",{"sourceInterval":[2397,2408]},["seq",{"sourceInterval":[2398,2406]},["terminal",{"sourceInterval":[2398,2401]},"."],["app",{"sourceInterval":[2402,2406]},"word",[]]]]]],"Range":["define",{"sourceInterval":[2411,2466]},null,[],["seq",{"sourceInterval":[2425,2466]},["app",{"sourceInterval":[2425,2429]},"name",[]],["app",{"sourceInterval":[2430,2439]},"key",[["terminal",{"sourceInterval":[2434,2438]},"in"]]],["app",{"sourceInterval":[2440,2450]},"Expression",[]],["terminal",{"sourceInterval":[2451,2455]},".."],["app",{"sourceInterval":[2456,2466]},"Expression",[]]]],"BenchTarget":["define",{"sourceInterval":[2469,2498]},null,[],["seq",{"sourceInterval":[2483,2498]},["app",{"sourceInterval":[2483,2487]},"name",[]],["opt",{"sourceInterval":[2488,2498]},["app",{"sourceInterval":[2488,2497]},"Arguments",[]]]]],"Expression":["define",{"sourceInterval":[2502,2548]},null,[],["seq",{"sourceInterval":[2515,2548]},["star",{"sourceInterval":[2515,2542]},["seq",{"sourceInterval":[2516,2540]},["app",{"sourceInterval":[2516,2521]},"Chain",[]],["terminal",{"sourceInterval":[2522,2525]},"?"],["app",{"sourceInterval":[2526,2536]},"Expression",[]],["terminal",{"sourceInterval":[2537,2540]},":"]]],["app",{"sourceInterval":[2543,2548]},"Chain",[]]]],"Chain":["define",{"sourceInterval":[2551,2594]},null,[],["seq",{"sourceInterval":[2561,2594]},["app",{"sourceInterval":[2561,2568]},"Operand",[]],["star",{"sourceInterval":[2569,2594]},["seq",{"sourceInterval":[2570,2592]},["app",{"sourceInterval":[2570,2584]},"binaryOperator",[]],["app",{"sourceInterval":[2585,2592]},"Operand",[]]]]]],"Operand":["define",{"sourceInterval":[2597,2638]},null,[],["seq",{"sourceInterval":[2607,2638]},["star",{"sourceInterval":[2607,2622]},["app",{"sourceInterval":[2607,2621]},"prefixOperator",[]]],["app",{"sourceInterval":[2623,2630]},"Primary",[]],["star",{"sourceInterval":[2631,2638]},["app",{"sourceInterval":[2631,2637]},"Suffix",[]]]]],"Suffix_member":["define",{"sourceInterval":[2651,2680]},null,[],["seq",{"sourceInterval":[2651,2659]},["terminal",{"sourceInterval":[2651,2654]},"."],["app",{"sourceInterval":[2655,2659]},"word",[]]]],"Suffix_index":["define",{"sourceInterval":[2693,2721]},null,[],["seq",{"sourceInterval":[2693,2711]},["terminal",{"sourceInterval":[2693,2696]},"["],["app",{"sourceInterval":[2697,2707]},"Expression",[]],["terminal",{"sourceInterval":[2708,2711]},"]"]]],"Suffix":["define",{"sourceInterval":[2641,2721]},null,[],["alt",{"sourceInterval":[2651,2721]},["app",{"sourceInterval":[2651,2659]},"Suffix_member",[]],["app",{"sourceInterval":[2693,2711]},"Suffix_index",[]]]],"Primary_group":["define",{"sourceInterval":[2786,2814]},null,[],["seq",{"sourceInterval":[2786,2804]},["terminal",{"sourceInterval":[2786,2789]},"("],["app",{"sourceInterval":[2790,2800]},"Expression",[]],["terminal",{"sourceInterval":[2801,2804]},")"]]],"Primary_comprehension":["define",{"sourceInterval":[2827,2880]},null,[],["seq",{"sourceInterval":[2827,2862]},["terminal",{"sourceInterval":[2827,2830]},"["],["app",{"sourceInterval":[2831,2841]},"Expression",[]],["app",{"sourceInterval":[2842,2852]},"key",[["terminal",{"sourceInterval":[2846,2851]},"for"]]],["app",{"sourceInterval":[2853,2858]},"Range",[]],["terminal",{"sourceInterval":[2859,2862]},"]"]]],"Primary_list":["define",{"sourceInterval":[2893,2941]},null,[],["seq",{"sourceInterval":[2893,2932]},["terminal",{"sourceInterval":[2893,2896]},"["],["opt",{"sourceInterval":[2897,2928]},["seq",{"sourceInterval":[2898,2926]},["app",{"sourceInterval":[2898,2908]},"Expression",[]],["star",{"sourceInterval":[2909,2926]},["seq",{"sourceInterval":[2910,2924]},["terminal",{"sourceInterval":[2910,2913]},","],["app",{"sourceInterval":[2914,2924]},"Expression",[]]]]]],["terminal",{"sourceInterval":[2929,2932]},"]"]]],"Primary":["define",{"sourceInterval":[2724,2941]},null,[],["alt",{"sourceInterval":[2734,2941]},["app",{"sourceInterval":[2734,2740]},"number",[]],["app",{"sourceInterval":[2743,2749]},"string",[]],["app",{"sourceInterval":[2752,2759]},"boolean",[]],["app",{"sourceInterval":[2762,2766]},"Call",[]],["app",{"sourceInterval":[2769,2773]},"name",[]],["app",{"sourceInterval":[2786,2804]},"Primary_group",[]],["app",{"sourceInterval":[2827,2862]},"Primary_comprehension",[]],["app",{"sourceInterval":[2893,2932]},"Primary_list",[]]]],"Call":["define",{"sourceInterval":[3031,3083]},null,[],["seq",{"sourceInterval":[3043,3083]},["app",{"sourceInterval":[3043,3047]},"name",[]],["terminal",{"sourceInterval":[3048,3051]},"("],["opt",{"sourceInterval":[3052,3079]},["seq",{"sourceInterval":[3053,3077]},["app",{"sourceInterval":[3053,3061]},"Argument",[]],["star",{"sourceInterval":[3062,3077]},["seq",{"sourceInterval":[3063,3075]},["terminal",{"sourceInterval":[3063,3066]},","],["app",{"sourceInterval":[3067,3075]},"Argument",[]]]]]],["terminal",{"sourceInterval":[3080,3083]},")"]]],"Arguments":["define",{"sourceInterval":[3086,3133]},null,[],["seq",{"sourceInterval":[3098,3133]},["terminal",{"sourceInterval":[3098,3101]},"("],["opt",{"sourceInterval":[3102,3129]},["seq",{"sourceInterval":[3103,3127]},["app",{"sourceInterval":[3103,3111]},"Argument",[]],["star",{"sourceInterval":[3112,3127]},["seq",{"sourceInterval":[3113,3125]},["terminal",{"sourceInterval":[3113,3116]},","],["app",{"sourceInterval":[3117,3125]},"Argument",[]]]]]],["terminal",{"sourceInterval":[3130,3133]},")"]]],"Argument":["define",{"sourceInterval":[3136,3170]},null,[],["seq",{"sourceInterval":[3148,3170]},["opt",{"sourceInterval":[3148,3159]},["seq",{"sourceInterval":[3149,3157]},["app",{"sourceInterval":[3149,3153]},"word",[]],["terminal",{"sourceInterval":[3154,3157]},":"]]],["app",{"sourceInterval":[3160,3170]},"Expression",[]]]],"binaryOperator":["define",{"sourceInterval":[3174,3286]},"an operator",[],["alt",{"sourceInterval":[3205,3286]},["terminal",{"sourceInterval":[3205,3209]},"||"],["terminal",{"sourceInterval":[3212,3216]},"&&"],["terminal",{"sourceInterval":[3219,3223]},"=="],["terminal",{"sourceInterval":[3226,3230]},"!="],["terminal",{"sourceInterval":[3233,3237]},"<="],["terminal",{"sourceInterval":[3240,3243]},"<"],["terminal",{"sourceInterval":[3246,3250]},">="],["terminal",{"sourceInterval":[3253,3256]},">"],["terminal",{"sourceInterval":[3259,3262]},"+"],["terminal",{"sourceInterval":[3265,3268]},"-"],["terminal",{"sourceInterval":[3271,3274]},"*"],["terminal",{"sourceInterval":[3277,3280]},"/"],["terminal",{"sourceInterval":[3283,3286]},"^"]]],"prefixOperator":["define",{"sourceInterval":[3289,3321]},null,[],["alt",{"sourceInterval":[3306,3321]},["terminal",{"sourceInterval":[3306,3309]},"-"],["terminal",{"sourceInterval":[3312,3315]},"+"],["terminal",{"sourceInterval":[3318,3321]},"!"]]],"equals":["define",{"sourceInterval":[3324,3341]},null,[],["seq",{"sourceInterval":[3333,3341]},["terminal",{"sourceInterval":[3333,3336]},"="],["not",{"sourceInterval":[3337,3341]},["terminal",{"sourceInterval":[3338,3341]},"="]]]],"key":["define",{"sourceInterval":[3345,3371]},null,["text"],["seq",{"sourceInterval":[3357,3371]},["param",{"sourceInterval":[3357,3361]},0],["not",{"sourceInterval":[3362,3371]},["app",{"sourceInterval":[3363,3371]},"wordPart",[]]]]],"name":["define",{"sourceInterval":[3374,3404]},"a name",[],["seq",{"sourceInterval":[3390,3404]},["not",{"sourceInterval":[3390,3399]},["app",{"sourceInterval":[3391,3399]},"reserved",[]]],["app",{"sourceInterval":[3400,3404]},"word",[]]]],"word":["define",{"sourceInterval":[3407,3442]},"a name",[],["seq",{"sourceInterval":[3423,3442]},["app",{"sourceInterval":[3423,3432]},"wordStart",[]],["star",{"sourceInterval":[3433,3442]},["app",{"sourceInterval":[3433,3441]},"wordPart",[]]]]],"boolean":["define",{"sourceInterval":[3445,3483]},null,[],["seq",{"sourceInterval":[3455,3483]},["alt",{"sourceInterval":[3456,3472]},["terminal",{"sourceInterval":[3456,3462]},"true"],["terminal",{"sourceInterval":[3465,3472]},"false"]],["not",{"sourceInterval":[3474,3483]},["app",{"sourceInterval":[3475,3483]},"wordPart",[]]]]],"reserved":["define",{"sourceInterval":[3486,3821]},null,[],["seq",{"sourceInterval":[3497,3821]},["alt",{"sourceInterval":[3498,3810]},["terminal",{"sourceInterval":[3498,3506]},"system"],["terminal",{"sourceInterval":[3509,3516]},"bench"],["terminal",{"sourceInterval":[3519,3527]},"import"],["terminal",{"sourceInterval":[3530,3537]},"clock"],["terminal",{"sourceInterval":[3540,3547]},"input"],["terminal",{"sourceInterval":[3550,3558]},"output"],["terminal",{"sourceInterval":[3561,3568]},"param"],["terminal",{"sourceInterval":[3571,3576]},"for"],["terminal",{"sourceInterval":[3579,3586]},"frame"],["terminal",{"sourceInterval":[3589,3594]},"run"],["terminal",{"sourceInterval":[3597,3605]},"record"],["terminal",{"sourceInterval":[3621,3630]},"measure"],["terminal",{"sourceInterval":[3633,3640]},"check"],["terminal",{"sourceInterval":[3643,3650]},"write"],["terminal",{"sourceInterval":[3653,3663]},"optimize"],["terminal",{"sourceInterval":[3666,3673]},"learn"],["terminal",{"sourceInterval":[3676,3687]},"objective"],["terminal",{"sourceInterval":[3690,3700]},"minimize"],["terminal",{"sourceInterval":[3703,3711]},"method"],["terminal",{"sourceInterval":[3714,3722]},"finish"],["terminal",{"sourceInterval":[3738,3745]},"judge"],["terminal",{"sourceInterval":[3748,3754]},"vary"],["terminal",{"sourceInterval":[3757,3764]},"batch"],["terminal",{"sourceInterval":[3767,3777]},"restarts"],["terminal",{"sourceInterval":[3780,3791]},"finalists"],["terminal",{"sourceInterval":[3794,3800]},"true"],["terminal",{"sourceInterval":[3803,3810]},"false"]],["not",{"sourceInterval":[3812,3821]},["app",{"sourceInterval":[3813,3821]},"wordPart",[]]]]],"wordStart":["define",{"sourceInterval":[3824,3861]},null,[],["alt",{"sourceInterval":[3836,3861]},["range",{"sourceInterval":[3836,3844]},"A","Z"],["range",{"sourceInterval":[3847,3855]},"a","z"],["terminal",{"sourceInterval":[3858,3861]},"_"]]],"wordPart":["define",{"sourceInterval":[3864,3892]},null,[],["alt",{"sourceInterval":[3875,3892]},["app",{"sourceInterval":[3875,3884]},"wordStart",[]],["app",{"sourceInterval":[3887,3892]},"digit",[]]]],"number":["define",{"sourceInterval":[3896,3981]},"a number",[],["seq",{"sourceInterval":[3916,3981]},["app",{"sourceInterval":[3916,3922]},"digits",[]],["opt",{"sourceInterval":[3923,3936]},["seq",{"sourceInterval":[3924,3934]},["terminal",{"sourceInterval":[3924,3927]},"."],["app",{"sourceInterval":[3928,3934]},"digits",[]]]],["opt",{"sourceInterval":[3937,3971]},["seq",{"sourceInterval":[3938,3969]},["alt",{"sourceInterval":[3939,3948]},["terminal",{"sourceInterval":[3939,3942]},"e"],["terminal",{"sourceInterval":[3945,3948]},"E"]],["opt",{"sourceInterval":[3950,3962]},["alt",{"sourceInterval":[3951,3960]},["terminal",{"sourceInterval":[3951,3954]},"+"],["terminal",{"sourceInterval":[3957,3960]},"-"]]],["plus",{"sourceInterval":[3963,3969]},["app",{"sourceInterval":[3963,3968]},"digit",[]]]]],["star",{"sourceInterval":[3972,3981]},["app",{"sourceInterval":[3972,3980]},"unitMark",[]]]]],"digits":["define",{"sourceInterval":[3984,4013]},null,[],["seq",{"sourceInterval":[3993,4013]},["plus",{"sourceInterval":[3993,3999]},["app",{"sourceInterval":[3993,3998]},"digit",[]]],["star",{"sourceInterval":[4000,4013]},["seq",{"sourceInterval":[4001,4011]},["terminal",{"sourceInterval":[4001,4004]},"_"],["plus",{"sourceInterval":[4005,4011]},["app",{"sourceInterval":[4005,4010]},"digit",[]]]]]]],"unitMark":["define",{"sourceInterval":[4016,4064]},null,[],["alt",{"sourceInterval":[4027,4064]},["app",{"sourceInterval":[4027,4033]},"letter",[]],["app",{"sourceInterval":[4036,4041]},"digit",[]],["terminal",{"sourceInterval":[4044,4047]},"_"],["terminal",{"sourceInterval":[4050,4053]},"%"],["terminal",{"sourceInterval":[4056,4064]},"°"]]],"unitName":["define",{"sourceInterval":[4067,4103]},"a unit",[],["seq",{"sourceInterval":[4087,4103]},["app",{"sourceInterval":[4087,4093]},"letter",[]],["star",{"sourceInterval":[4094,4103]},["app",{"sourceInterval":[4094,4102]},"unitMark",[]]]]],"string":["define",{"sourceInterval":[4107,4174]},"a string",[],["seq",{"sourceInterval":[4127,4174]},["terminal",{"sourceInterval":[4127,4131]},"\\""],["star",{"sourceInterval":[4132,4169]},["alt",{"sourceInterval":[4133,4167]},["app",{"sourceInterval":[4133,4139]},"escape",[]],["seq",{"sourceInterval":[4142,4167]},["not",{"sourceInterval":[4142,4163]},["alt",{"sourceInterval":[4144,4162]},["terminal",{"sourceInterval":[4144,4148]},"\\""],["terminal",{"sourceInterval":[4151,4155]},"\\\\"],["terminal",{"sourceInterval":[4158,4162]},"\\n"]]],["app",{"sourceInterval":[4164,4167]},"any",[]]]]],["terminal",{"sourceInterval":[4170,4174]},"\\""]]],"escape":["define",{"sourceInterval":[4177,4216]},null,[],["seq",{"sourceInterval":[4186,4216]},["terminal",{"sourceInterval":[4186,4190]},"\\\\"],["alt",{"sourceInterval":[4192,4215]},["terminal",{"sourceInterval":[4192,4196]},"\\""],["terminal",{"sourceInterval":[4199,4203]},"\\\\"],["terminal",{"sourceInterval":[4206,4209]},"n"],["terminal",{"sourceInterval":[4212,4215]},"t"]]]],"space":["extend",{"sourceInterval":[4220,4279]},null,[],["alt",{"sourceInterval":[4229,4279]},["terminal",{"sourceInterval":[4229,4237]}," "],["terminal",{"sourceInterval":[4240,4250]},"﻿"],["app",{"sourceInterval":[4253,4264]},"lineComment",[]],["app",{"sourceInterval":[4267,4279]},"blockComment",[]]]],"lineComment":["define",{"sourceInterval":[4282,4313]},null,[],["seq",{"sourceInterval":[4296,4313]},["terminal",{"sourceInterval":[4296,4300]},"//"],["star",{"sourceInterval":[4301,4313]},["seq",{"sourceInterval":[4302,4311]},["not",{"sourceInterval":[4302,4307]},["terminal",{"sourceInterval":[4303,4307]},"\\n"]],["app",{"sourceInterval":[4308,4311]},"any",[]]]]]],"blockComment":["define",{"sourceInterval":[4316,4353]},null,[],["seq",{"sourceInterval":[4331,4353]},["terminal",{"sourceInterval":[4331,4335]},"/*"],["star",{"sourceInterval":[4336,4348]},["seq",{"sourceInterval":[4337,4346]},["not",{"sourceInterval":[4337,4342]},["terminal",{"sourceInterval":[4338,4342]},"*/"]],["app",{"sourceInterval":[4343,4346]},"any",[]]]],["terminal",{"sourceInterval":[4349,4353]},"*/"]]]}]',
);
