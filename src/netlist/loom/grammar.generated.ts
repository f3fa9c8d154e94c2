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
  'bench',
  'check',
  'clock',
  'false',
  'for',
  'frame',
  'import',
  'input',
  'measure',
  'output',
  'param',
  'record',
  'run',
  'system',
  'true',
  'write',
]);

/** All words with a meaning of their own somewhere in the grammar, the reserved ones included. */
export const grammarWords: ReadonlySet<string> = new Set([
  'at',
  'bench',
  'check',
  'clock',
  'false',
  'for',
  'frame',
  'import',
  'in',
  'input',
  'measure',
  'of',
  'offset',
  'output',
  'param',
  'phases',
  'record',
  'run',
  'system',
  'ticks',
  'to',
  'true',
  'write',
]);

// The typings of ohm-js leave out the function that its own bundles call.
const { makeRecipe } = ohm as unknown as { makeRecipe(recipe: string): LoomGrammar };

export const loomGrammar = makeRecipe(
  '["grammar",{"source":"Loom {\\n  Statement = Import | Param | Clock | Input | Output | Frame | Run | Record | Measure | Check | Write | Let\\n\\n  Import  = key<\\"import\\"> string\\n  Param   = key<\\"param\\"> name equals Expression\\n  Clock   = key<\\"clock\\"> name equals ClockValue\\n  Input   = key<\\"input\\"> InputName (\\",\\" InputName)* (\\":\\" PortUnit)?\\n  Output  = key<\\"output\\"> OutputName (\\",\\" OutputName)*\\n  Frame   = key<\\"frame\\"> Ticks\\n  Run     = key<\\"run\\"> RunLength\\n  Record  = key<\\"record\\"> Records\\n  Measure = key<\\"measure\\"> MeasureTerm\\n  Check   = key<\\"check\\"> Expression\\n  Write   = key<\\"write\\"> WriteTerm\\n  Let     = Target equals Value\\n\\n  Head       = SystemHead | BenchHead | ForHead\\n  SystemHead = key<\\"system\\"> name Params?\\n  BenchHead  = key<\\"bench\\"> name (key<\\"of\\"> name)? Arguments?\\n  ForHead    = key<\\"for\\"> Range\\n\\n  // Parts of statements; the YAML reader meets them as strings of their own.\\n  Params      = \\"(\\" (ParamName (\\",\\" ParamName)*)? \\")\\"\\n  ParamName   = name (equals Expression)?\\n  ClockValue  = Expression Phases? (key<\\"offset\\"> Expression)?\\n  Phases      = key<\\"phases\\"> \\"[\\" Phase (\\",\\" Phase)* \\"]\\"\\n  Phase       = name (key<\\"at\\"> Expression)?\\n  InputName   = name (\\"[\\" Expression \\"]\\")?\\n  PortUnit    = UnitFactor ((\\"*\\" | \\"/\\") UnitFactor)*\\n  UnitFactor  = (unitName | number) (\\"^\\" \\"-\\"? number)?\\n  OutputName  = name (equals Expression)?\\n  Ticks       = Expression key<\\"ticks\\"> OfClock?\\n  OfClock     = key<\\"of\\"> name\\n  RunLength   = Ticks | Duration\\n  Duration    = Expression OfClock?\\n  Records     = RecordItem (\\",\\" RecordItem)* At?\\n  RecordItem  = (name equals)? Expression\\n  MeasureTerm = (name equals)? Call\\n  WriteTerm   = name key<\\"to\\"> string Arguments?\\n  Target      = name (\\"[\\" Expression \\"]\\")?\\n  Value       = Expression At?\\n  At          = \\"@\\" Edge\\n  Edge        = name (\\".\\" word)?\\n  Range       = name key<\\"in\\"> Expression \\"..\\" Expression\\n  BenchTarget = name Arguments?\\n\\n  Expression = (Chain \\"?\\" Expression \\":\\")* Chain\\n  Chain   = Operand (binaryOperator Operand)*\\n  Operand = prefixOperator* Primary Suffix*\\n  Suffix  = \\".\\" word            -- member\\n          | \\"[\\" Expression \\"]\\"  -- index\\n  Primary = number | string | boolean | Call | name\\n          | \\"(\\" Expression \\")\\"  -- group\\n          | \\"[\\" Expression key<\\"for\\"> Range \\"]\\"  -- comprehension\\n          | \\"[\\" (Expression (\\",\\" Expression)*)? \\"]\\"  -- list\\n  // Not by way of Arguments: each rule on the way costs stack where calls are nested.\\n  Call      = name \\"(\\" (Argument (\\",\\" Argument)*)? \\")\\"\\n  Arguments = \\"(\\" (Argument (\\",\\" Argument)*)? \\")\\"\\n  Argument  = (word \\":\\")? Expression\\n\\n  binaryOperator (an operator) = \\"||\\" | \\"&&\\" | \\"==\\" | \\"!=\\" | \\"<=\\" | \\"<\\" | \\">=\\" | \\">\\" | \\"+\\" | \\"-\\" | \\"*\\" | \\"/\\" | \\"^\\"\\n  prefixOperator = \\"-\\" | \\"+\\" | \\"!\\"\\n  equals = \\"=\\" ~\\"=\\"\\n\\n  key<text> = text ~wordPart\\n  name (a name) = ~reserved word\\n  word (a name) = wordStart wordPart*\\n  boolean = (\\"true\\" | \\"false\\") ~wordPart\\n  reserved = (\\"system\\" | \\"bench\\" | \\"import\\" | \\"clock\\" | \\"input\\" | \\"output\\" | \\"param\\" | \\"for\\" | \\"frame\\" | \\"run\\" | \\"record\\"\\n             | \\"measure\\" | \\"check\\" | \\"write\\" | \\"true\\" | \\"false\\") ~wordPart\\n  wordStart = \\"A\\"..\\"Z\\" | \\"a\\"..\\"z\\" | \\"_\\"\\n  wordPart = wordStart | digit\\n\\n  number (a number) = digits (\\".\\" digits)? ((\\"e\\" | \\"E\\") (\\"+\\" | \\"-\\")? digit+)? unitMark*\\n  digits = digit+ (\\"_\\" digit+)*\\n  unitMark = letter | digit | \\"_\\" | \\"%\\" | \\"\\\\u{B0}\\"\\n  unitName (a unit) = letter unitMark*\\n\\n  string (a string) = \\"\\\\\\"\\" (escape | ~(\\"\\\\\\"\\" | \\"\\\\\\\\\\" | \\"\\\\n\\") any)* \\"\\\\\\"\\"\\n  escape = \\"\\\\\\\\\\" (\\"\\\\\\"\\" | \\"\\\\\\\\\\" | \\"n\\" | \\"t\\")\\n\\n  space += \\"\\\\u{A0}\\" | \\"\\\\u{FEFF}\\" | lineComment | blockComment\\n  lineComment = \\"//\\" (~\\"\\\\n\\" any)*\\n  blockComment = \\"/*\\" (~\\"*/\\" any)* \\"*/\\"\\n}"},"Loom",null,"Statement",{"Statement":["define",{"sourceInterval":[9,115]},null,[],["alt",{"sourceInterval":[21,115]},["app",{"sourceInterval":[21,27]},"Import",[]],["app",{"sourceInterval":[30,35]},"Param",[]],["app",{"sourceInterval":[38,43]},"Clock",[]],["app",{"sourceInterval":[46,51]},"Input",[]],["app",{"sourceInterval":[54,60]},"Output",[]],["app",{"sourceInterval":[63,68]},"Frame",[]],["app",{"sourceInterval":[71,74]},"Run",[]],["app",{"sourceInterval":[77,83]},"Record",[]],["app",{"sourceInterval":[86,93]},"Measure",[]],["app",{"sourceInterval":[96,101]},"Check",[]],["app",{"sourceInterval":[104,109]},"Write",[]],["app",{"sourceInterval":[112,115]},"Let",[]]]],"Import":["define",{"sourceInterval":[119,149]},null,[],["seq",{"sourceInterval":[129,149]},["app",{"sourceInterval":[129,142]},"key",[["terminal",{"sourceInterval":[133,141]},"import"]]],["app",{"sourceInterval":[143,149]},"string",[]]]],"Param":["define",{"sourceInterval":[152,197]},null,[],["seq",{"sourceInterval":[162,197]},["app",{"sourceInterval":[162,174]},"key",[["terminal",{"sourceInterval":[166,173]},"param"]]],["app",{"sourceInterval":[175,179]},"name",[]],["app",{"sourceInterval":[180,186]},"equals",[]],["app",{"sourceInterval":[187,197]},"Expression",[]]]],"Clock":["define",{"sourceInterval":[200,245]},null,[],["seq",{"sourceInterval":[210,245]},["app",{"sourceInterval":[210,222]},"key",[["terminal",{"sourceInterval":[214,221]},"clock"]]],["app",{"sourceInterval":[223,227]},"name",[]],["app",{"sourceInterval":[228,234]},"equals",[]],["app",{"sourceInterval":[235,245]},"ClockValue",[]]]],"Input":["define",{"sourceInterval":[248,313]},null,[],["seq",{"sourceInterval":[258,313]},["app",{"sourceInterval":[258,270]},"key",[["terminal",{"sourceInterval":[262,269]},"input"]]],["app",{"sourceInterval":[271,280]},"InputName",[]],["star",{"sourceInterval":[281,297]},["seq",{"sourceInterval":[282,295]},["terminal",{"sourceInterval":[282,285]},","],["app",{"sourceInterval":[286,295]},"InputName",[]]]],["opt",{"sourceInterval":[298,313]},["seq",{"sourceInterval":[299,311]},["terminal",{"sourceInterval":[299,302]},":"],["app",{"sourceInterval":[303,311]},"PortUnit",[]]]]]],"Output":["define",{"sourceInterval":[316,368]},null,[],["seq",{"sourceInterval":[326,368]},["app",{"sourceInterval":[326,339]},"key",[["terminal",{"sourceInterval":[330,338]},"output"]]],["app",{"sourceInterval":[340,350]},"OutputName",[]],["star",{"sourceInterval":[351,368]},["seq",{"sourceInterval":[352,366]},["terminal",{"sourceInterval":[352,355]},","],["app",{"sourceInterval":[356,366]},"OutputName",[]]]]]],"Frame":["define",{"sourceInterval":[371,399]},null,[],["seq",{"sourceInterval":[381,399]},["app",{"sourceInterval":[381,393]},"key",[["terminal",{"sourceInterval":[385,392]},"frame"]]],["app",{"sourceInterval":[394,399]},"Ticks",[]]]],"Run":["define",{"sourceInterval":[402,432]},null,[],["seq",{"sourceInterval":[412,432]},["app",{"sourceInterval":[412,422]},"key",[["terminal",{"sourceInterval":[416,421]},"run"]]],["app",{"sourceInterval":[423,432]},"RunLength",[]]]],"Record":["define",{"sourceInterval":[435,466]},null,[],["seq",{"sourceInterval":[445,466]},["app",{"sourceInterval":[445,458]},"key",[["terminal",{"sourceInterval":[449,457]},"record"]]],["app",{"sourceInterval":[459,466]},"Records",[]]]],"Measure":["define",{"sourceInterval":[469,505]},null,[],["seq",{"sourceInterval":[479,505]},["app",{"sourceInterval":[479,493]},"key",[["terminal",{"sourceInterval":[483,492]},"measure"]]],["app",{"sourceInterval":[494,505]},"MeasureTerm",[]]]],"Check":["define",{"sourceInterval":[508,541]},null,[],["seq",{"sourceInterval":[518,541]},["app",{"sourceInterval":[518,530]},"key",[["terminal",{"sourceInterval":[522,529]},"check"]]],["app",{"sourceInterval":[531,541]},"Expression",[]]]],"Write":["define",{"sourceInterval":[544,576]},null,[],["seq",{"sourceInterval":[554,576]},["app",{"sourceInterval":[554,566]},"key",[["terminal",{"sourceInterval":[558,565]},"write"]]],["app",{"sourceInterval":[567,576]},"WriteTerm",[]]]],"Let":["define",{"sourceInterval":[579,608]},null,[],["seq",{"sourceInterval":[589,608]},["app",{"sourceInterval":[589,595]},"Target",[]],["app",{"sourceInterval":[596,602]},"equals",[]],["app",{"sourceInterval":[603,608]},"Value",[]]]],"Head":["define",{"sourceInterval":[612,657]},null,[],["alt",{"sourceInterval":[625,657]},["app",{"sourceInterval":[625,635]},"SystemHead",[]],["app",{"sourceInterval":[638,647]},"BenchHead",[]],["app",{"sourceInterval":[650,657]},"ForHead",[]]]],"SystemHead":["define",{"sourceInterval":[660,699]},null,[],["seq",{"sourceInterval":[673,699]},["app",{"sourceInterval":[673,686]},"key",[["terminal",{"sourceInterval":[677,685]},"system"]]],["app",{"sourceInterval":[687,691]},"name",[]],["opt",{"sourceInterval":[692,699]},["app",{"sourceInterval":[692,698]},"Params",[]]]]],"BenchHead":["define",{"sourceInterval":[702,761]},null,[],["seq",{"sourceInterval":[715,761]},["app",{"sourceInterval":[715,727]},"key",[["terminal",{"sourceInterval":[719,726]},"bench"]]],["app",{"sourceInterval":[728,732]},"name",[]],["opt",{"sourceInterval":[733,750]},["seq",{"sourceInterval":[734,748]},["app",{"sourceInterval":[734,743]},"key",[["terminal",{"sourceInterval":[738,742]},"of"]]],["app",{"sourceInterval":[744,748]},"name",[]]]],["opt",{"sourceInterval":[751,761]},["app",{"sourceInterval":[751,760]},"Arguments",[]]]]],"ForHead":["define",{"sourceInterval":[764,793]},null,[],["seq",{"sourceInterval":[777,793]},["app",{"sourceInterval":[777,787]},"key",[["terminal",{"sourceInterval":[781,786]},"for"]]],["app",{"sourceInterval":[788,793]},"Range",[]]]],"Params":["define",{"sourceInterval":[875,926]},null,[],["seq",{"sourceInterval":[889,926]},["terminal",{"sourceInterval":[889,892]},"("],["opt",{"sourceInterval":[893,922]},["seq",{"sourceInterval":[894,920]},["app",{"sourceInterval":[894,903]},"ParamName",[]],["star",{"sourceInterval":[904,920]},["seq",{"sourceInterval":[905,918]},["terminal",{"sourceInterval":[905,908]},","],["app",{"sourceInterval":[909,918]},"ParamName",[]]]]]],["terminal",{"sourceInterval":[923,926]},")"]]],"ParamName":["define",{"sourceInterval":[929,968]},null,[],["seq",{"sourceInterval":[943,968]},["app",{"sourceInterval":[943,947]},"name",[]],["opt",{"sourceInterval":[948,968]},["seq",{"sourceInterval":[949,966]},["app",{"sourceInterval":[949,955]},"equals",[]],["app",{"sourceInterval":[956,966]},"Expression",[]]]]]],"ClockValue":["define",{"sourceInterval":[971,1031]},null,[],["seq",{"sourceInterval":[985,1031]},["app",{"sourceInterval":[985,995]},"Expression",[]],["opt",{"sourceInterval":[996,1003]},["app",{"sourceInterval":[996,1002]},"Phases",[]]],["opt",{"sourceInterval":[1004,1031]},["seq",{"sourceInterval":[1005,1029]},["app",{"sourceInterval":[1005,1018]},"key",[["terminal",{"sourceInterval":[1009,1017]},"offset"]]],["app",{"sourceInterval":[1019,1029]},"Expression",[]]]]]],"Phases":["define",{"sourceInterval":[1034,1088]},null,[],["seq",{"sourceInterval":[1048,1088]},["app",{"sourceInterval":[1048,1061]},"key",[["terminal",{"sourceInterval":[1052,1060]},"phases"]]],["terminal",{"sourceInterval":[1062,1065]},"["],["app",{"sourceInterval":[1066,1071]},"Phase",[]],["star",{"sourceInterval":[1072,1084]},["seq",{"sourceInterval":[1073,1082]},["terminal",{"sourceInterval":[1073,1076]},","],["app",{"sourceInterval":[1077,1082]},"Phase",[]]]],["terminal",{"sourceInterval":[1085,1088]},"]"]]],"Phase":["define",{"sourceInterval":[1091,1133]},null,[],["seq",{"sourceInterval":[1105,1133]},["app",{"sourceInterval":[1105,1109]},"name",[]],["opt",{"sourceInterval":[1110,1133]},["seq",{"sourceInterval":[1111,1131]},["app",{"sourceInterval":[1111,1120]},"key",[["terminal",{"sourceInterval":[1115,1119]},"at"]]],["app",{"sourceInterval":[1121,1131]},"Expression",[]]]]]],"InputName":["define",{"sourceInterval":[1136,1176]},null,[],["seq",{"sourceInterval":[1150,1176]},["app",{"sourceInterval":[1150,1154]},"name",[]],["opt",{"sourceInterval":[1155,1176]},["seq",{"sourceInterval":[1156,1174]},["terminal",{"sourceInterval":[1156,1159]},"["],["app",{"sourceInterval":[1160,1170]},"Expression",[]],["terminal",{"sourceInterval":[1171,1174]},"]"]]]]],"PortUnit":["define",{"sourceInterval":[1179,1229]},null,[],["seq",{"sourceInterval":[1193,1229]},["app",{"sourceInterval":[1193,1203]},"UnitFactor",[]],["star",{"sourceInterval":[1204,1229]},["seq",{"sourceInterval":[1205,1227]},["alt",{"sourceInterval":[1206,1215]},["terminal",{"sourceInterval":[1206,1209]},"*"],["terminal",{"sourceInterval":[1212,1215]},"/"]],["app",{"sourceInterval":[1217,1227]},"UnitFactor",[]]]]]],"UnitFactor":["define",{"sourceInterval":[1232,1284]},null,[],["seq",{"sourceInterval":[1246,1284]},["alt",{"sourceInterval":[1247,1264]},["app",{"sourceInterval":[1247,1255]},"unitName",[]],["app",{"sourceInterval":[1258,1264]},"number",[]]],["opt",{"sourceInterval":[1266,1284]},["seq",{"sourceInterval":[1267,1282]},["terminal",{"sourceInterval":[1267,1270]},"^"],["opt",{"sourceInterval":[1271,1275]},["terminal",{"sourceInterval":[1271,1274]},"-"]],["app",{"sourceInterval":[1276,1282]},"number",[]]]]]],"OutputName":["define",{"sourceInterval":[1287,1326]},null,[],["seq",{"sourceInterval":[1301,1326]},["app",{"sourceInterval":[1301,1305]},"name",[]],["opt",{"sourceInterval":[1306,1326]},["seq",{"sourceInterval":[1307,1324]},["app",{"sourceInterval":[1307,1313]},"equals",[]],["app",{"sourceInterval":[1314,1324]},"Expression",[]]]]]],"Ticks":["define",{"sourceInterval":[1329,1375]},null,[],["seq",{"sourceInterval":[1343,1375]},["app",{"sourceInterval":[1343,1353]},"Expression",[]],["app",{"sourceInterval":[1354,1366]},"key",[["terminal",{"sourceInterval":[1358,1365]},"ticks"]]],["opt",{"sourceInterval":[1367,1375]},["app",{"sourceInterval":[1367,1374]},"OfClock",[]]]]],"OfClock":["define",{"sourceInterval":[1378,1406]},null,[],["seq",{"sourceInterval":[1392,1406]},["app",{"sourceInterval":[1392,1401]},"key",[["terminal",{"sourceInterval":[1396,1400]},"of"]]],["app",{"sourceInterval":[1402,1406]},"name",[]]]],"RunLength":["define",{"sourceInterval":[1409,1439]},null,[],["alt",{"sourceInterval":[1423,1439]},["app",{"sourceInterval":[1423,1428]},"Ticks",[]],["app",{"sourceInterval":[1431,1439]},"Duration",[]]]],"Duration":["define",{"sourceInterval":[1442,1475]},null,[],["seq",{"sourceInterval":[1456,1475]},["app",{"sourceInterval":[1456,1466]},"Expression",[]],["opt",{"sourceInterval":[1467,1475]},["app",{"sourceInterval":[1467,1474]},"OfClock",[]]]]],"Records":["define",{"sourceInterval":[1478,1524]},null,[],["seq",{"sourceInterval":[1492,1524]},["app",{"sourceInterval":[1492,1502]},"RecordItem",[]],["star",{"sourceInterval":[1503,1520]},["seq",{"sourceInterval":[1504,1518]},["terminal",{"sourceInterval":[1504,1507]},","],["app",{"sourceInterval":[1508,1518]},"RecordItem",[]]]],["opt",{"sourceInterval":[1521,1524]},["app",{"sourceInterval":[1521,1523]},"At",[]]]]],"RecordItem":["define",{"sourceInterval":[1527,1566]},null,[],["seq",{"sourceInterval":[1541,1566]},["opt",{"sourceInterval":[1541,1555]},["seq",{"sourceInterval":[1542,1553]},["app",{"sourceInterval":[1542,1546]},"name",[]],["app",{"sourceInterval":[1547,1553]},"equals",[]]]],["app",{"sourceInterval":[1556,1566]},"Expression",[]]]],"MeasureTerm":["define",{"sourceInterval":[1569,1602]},null,[],["seq",{"sourceInterval":[1583,1602]},["opt",{"sourceInterval":[1583,1597]},["seq",{"sourceInterval":[1584,1595]},["app",{"sourceInterval":[1584,1588]},"name",[]],["app",{"sourceInterval":[1589,1595]},"equals",[]]]],["app",{"sourceInterval":[1598,1602]},"Call",[]]]],"WriteTerm":["define",{"sourceInterval":[1605,1651]},null,[],["seq",{"sourceInterval":[1619,1651]},["app",{"sourceInterval":[1619,1623]},"name",[]],["app",{"sourceInterval":[1624,1633]},"key",[["terminal",{"sourceInterval":[1628,1632]},"to"]]],["app",{"sourceInterval":[1634,1640]},"string",[]],["opt",{"sourceInterval":[1641,1651]},["app",{"sourceInterval":[1641,1650]},"Arguments",[]]]]],"Target":["define",{"sourceInterval":[1654,1694]},null,[],["seq",{"sourceInterval":[1668,1694]},["app",{"sourceInterval":[1668,1672]},"name",[]],["opt",{"sourceInterval":[1673,1694]},["seq",{"sourceInterval":[1674,1692]},["terminal",{"sourceInterval":[1674,1677]},"["],["app",{"sourceInterval":[1678,1688]},"Expression",[]],["terminal",{"sourceInterval":[1689,1692]},"]"]]]]],"Value":["define",{"sourceInterval":[1697,1725]},null,[],["seq",{"sourceInterval":[1711,1725]},["app",{"sourceInterval":[1711,1721]},"Expression",[]],["opt",{"sourceInterval":[1722,1725]},["app",{"sourceInterval":[1722,1724]},"At",[]]]]],"At":["define",{"sourceInterval":[1728,1750]},null,[],["seq",{"sourceInterval":[1742,1750]},["terminal",{"sourceInterval":[1742,1745]},"@"],["app",{"sourceInterval":[1746,1750]},"Edge",[]]]],"Edge":["define",{"sourceInterval":[1753,1783]},null,[],["seq",{"sourceInterval":[1767,1783]},["app",{"sourceInterval":[1767,1771]},"name",[]],["opt",{"sourceInterval":[1772,1783]},["seq",{"sourceInterval":[1773,1781]},["terminal",{"sourceInterval":[1773,1776]},"."],["app",{"sourceInterval":[1777,1781]},"word",[]]]]]],"Range":["define",{"sourceInterval":[1786,1841]},null,[],["seq",{"sourceInterval":[1800,1841]},["app",{"sourceInterval":[1800,1804]},"name",[]],["app",{"sourceInterval":[1805,1814]},"key",[["terminal",{"sourceInterval":[1809,1813]},"in"]]],["app",{"sourceInterval":[1815,1825]},"Expression",[]],["terminal",{"sourceInterval":[1826,1830]},".."],["app",{"sourceInterval":[1831,1841]},"Expression",[]]]],"BenchTarget":["define",{"sourceInterval":[1844,1873]},null,[],["seq",{"sourceInterval":[1858,1873]},["app",{"sourceInterval":[1858,1862]},"name",[]],["opt",{"sourceInterval":[1863,1873]},["app",{"sourceInterval":[1863,1872]},"Arguments",[]]]]],"Expression":["define",{"sourceInterval":[1877,1923]},null,[],["seq",{"sourceInterval":[1890,1923]},["star",{"sourceInterval":[1890,1917]},["seq",{"sourceInterval":[1891,1915]},["app",{"sourceInterval":[1891,1896]},"Chain",[]],["terminal",{"sourceInterval":[1897,1900]},"?"],["app",{"sourceInterval":[1901,1911]},"Expression",[]],["terminal",{"sourceInterval":[1912,1915]},":"]]],["app",{"sourceInterval":[1918,1923]},"Chain",[]]]],"Chain":["define",{"sourceInterval":[1926,1969]},null,[],["seq",{"sourceInterval":[1936,1969]},["app",{"sourceInterval":[1936,1943]},"Operand",[]],["star",{"sourceInterval":[1944,1969]},["seq",{"sourceInterval":[1945,1967]},["app",{"sourceInterval":[1945,1959]},"binaryOperator",[]],["app",{"sourceInterval":[1960,1967]},"Operand",[]]]]]],"Operand":["define",{"sourceInterval":[1972,2013]},null,[],["seq",{"sourceInterval":[1982,2013]},["star",{"sourceInterval":[1982,1997]},["app",{"sourceInterval":[1982,1996]},"prefixOperator",[]]],["app",{"sourceInterval":[1998,2005]},"Primary",[]],["star",{"sourceInterval":[2006,2013]},["app",{"sourceInterval":[2006,2012]},"Suffix",[]]]]],"Suffix_member":["define",{"sourceInterval":[2026,2055]},null,[],["seq",{"sourceInterval":[2026,2034]},["terminal",{"sourceInterval":[2026,2029]},"."],["app",{"sourceInterval":[2030,2034]},"word",[]]]],"Suffix_index":["define",{"sourceInterval":[2068,2096]},null,[],["seq",{"sourceInterval":[2068,2086]},["terminal",{"sourceInterval":[2068,2071]},"["],["app",{"sourceInterval":[2072,2082]},"Expression",[]],["terminal",{"sourceInterval":[2083,2086]},"]"]]],"Suffix":["define",{"sourceInterval":[2016,2096]},null,[],["alt",{"sourceInterval":[2026,2096]},["app",{"sourceInterval":[2026,2034]},"Suffix_member",[]],["app",{"sourceInterval":[2068,2086]},"Suffix_index",[]]]],"Primary_group":["define",{"sourceInterval":[2161,2189]},null,[],["seq",{"sourceInterval":[2161,2179]},["terminal",{"sourceInterval":[2161,2164]},"("],["app",{"sourceInterval":[2165,2175]},"Expression",[]],["terminal",{"sourceInterval":[2176,2179]},")"]]],"Primary_comprehension":["define",{"sourceInterval":[2202,2255]},null,[],["seq",{"sourceInterval":[2202,2237]},["terminal",{"sourceInterval":[2202,2205]},"["],["app",{"sourceInterval":[2206,2216]},"Expression",[]],["app",{"sourceInterval":[2217,2227]},"key",[["terminal",{"sourceInterval":[2221,2226]},"for"]]],["app",{"sourceInterval":[2228,2233]},"Range",[]],["terminal",{"sourceInterval":[2234,2237]},"]"]]],"Primary_list":["define",{"sourceInterval":[2268,2316]},null,[],["seq",{"sourceInterval":[2268,2307]},["terminal",{"sourceInterval":[2268,2271]},"["],["opt",{"sourceInterval":[2272,2303]},["seq",{"sourceInterval":[2273,2301]},["app",{"sourceInterval":[2273,2283]},"Expression",[]],["star",{"sourceInterval":[2284,2301]},["seq",{"sourceInterval":[2285,2299]},["terminal",{"sourceInterval":[2285,2288]},","],["app",{"sourceInterval":[2289,2299]},"Expression",[]]]]]],["terminal",{"sourceInterval":[2304,2307]},"]"]]],"Primary":["define",{"sourceInterval":[2099,2316]},null,[],["alt",{"sourceInterval":[2109,2316]},["app",{"sourceInterval":[2109,2115]},"number",[]],["app",{"sourceInterval":[2118,2124]},"string",[]],["app",{"sourceInterval":[2127,2134]},"boolean",[]],["app",{"sourceInterval":[2137,2141]},"Call",[]],["app",{"sourceInterval":[2144,2148]},"name",[]],["app",{"sourceInterval":[2161,2179]},"Primary_group",[]],["app",{"sourceInterval":[2202,2237]},"Primary_comprehension",[]],["app",{"sourceInterval":[2268,2307]},"Primary_list",[]]]],"Call":["define",{"sourceInterval":[2406,2458]},null,[],["seq",{"sourceInterval":[2418,2458]},["app",{"sourceInterval":[2418,2422]},"name",[]],["terminal",{"sourceInterval":[2423,2426]},"("],["opt",{"sourceInterval":[2427,2454]},["seq",{"sourceInterval":[2428,2452]},["app",{"sourceInterval":[2428,2436]},"Argument",[]],["star",{"sourceInterval":[2437,2452]},["seq",{"sourceInterval":[2438,2450]},["terminal",{"sourceInterval":[2438,2441]},","],["app",{"sourceInterval":[2442,2450]},"Argument",[]]]]]],["terminal",{"sourceInterval":[2455,2458]},")"]]],"Arguments":["define",{"sourceInterval":[2461,2508]},null,[],["seq",{"sourceInterval":[2473,2508]},["terminal",{"sourceInterval":[2473,2476]},"("],["opt",{"sourceInterval":[2477,2504]},["seq",{"sourceInterval":[2478,2502]},["app",{"sourceInterval":[2478,2486]},"Argument",[]],["star",{"sourceInterval":[2487,2502]},["seq",{"sourceInterval":[2488,2500]},["terminal",{"sourceInterval":[2488,2491]},","],["app",{"sourceInterval":[2492,2500]},"Argument",[]]]]]],["terminal",{"sourceInterval":[2505,2508]},")"]]],"Argument":["define",{"sourceInterval":[2511,2545]},null,[],["seq",{"sourceInterval":[2523,2545]},["opt",{"sourceInterval":[2523,2534]},["seq",{"sourceInterval":[2524,2532]},["app",{"sourceInterval":[2524,2528]},"word",[]],["terminal",{"sourceInterval":[2529,2532]},":"]]],["app",{"sourceInterval":[2535,2545]},"Expression",[]]]],"binaryOperator":["define",{"sourceInterval":[2549,2661]},"an operator",[],["alt",{"sourceInterval":[2580,2661]},["terminal",{"sourceInterval":[2580,2584]},"||"],["terminal",{"sourceInterval":[2587,2591]},"&&"],["terminal",{"sourceInterval":[2594,2598]},"=="],["terminal",{"sourceInterval":[2601,2605]},"!="],["terminal",{"sourceInterval":[2608,2612]},"<="],["terminal",{"sourceInterval":[2615,2618]},"<"],["terminal",{"sourceInterval":[2621,2625]},">="],["terminal",{"sourceInterval":[2628,2631]},">"],["terminal",{"sourceInterval":[2634,2637]},"+"],["terminal",{"sourceInterval":[2640,2643]},"-"],["terminal",{"sourceInterval":[2646,2649]},"*"],["terminal",{"sourceInterval":[2652,2655]},"/"],["terminal",{"sourceInterval":[2658,2661]},"^"]]],"prefixOperator":["define",{"sourceInterval":[2664,2696]},null,[],["alt",{"sourceInterval":[2681,2696]},["terminal",{"sourceInterval":[2681,2684]},"-"],["terminal",{"sourceInterval":[2687,2690]},"+"],["terminal",{"sourceInterval":[2693,2696]},"!"]]],"equals":["define",{"sourceInterval":[2699,2716]},null,[],["seq",{"sourceInterval":[2708,2716]},["terminal",{"sourceInterval":[2708,2711]},"="],["not",{"sourceInterval":[2712,2716]},["terminal",{"sourceInterval":[2713,2716]},"="]]]],"key":["define",{"sourceInterval":[2720,2746]},null,["text"],["seq",{"sourceInterval":[2732,2746]},["param",{"sourceInterval":[2732,2736]},0],["not",{"sourceInterval":[2737,2746]},["app",{"sourceInterval":[2738,2746]},"wordPart",[]]]]],"name":["define",{"sourceInterval":[2749,2779]},"a name",[],["seq",{"sourceInterval":[2765,2779]},["not",{"sourceInterval":[2765,2774]},["app",{"sourceInterval":[2766,2774]},"reserved",[]]],["app",{"sourceInterval":[2775,2779]},"word",[]]]],"word":["define",{"sourceInterval":[2782,2817]},"a name",[],["seq",{"sourceInterval":[2798,2817]},["app",{"sourceInterval":[2798,2807]},"wordStart",[]],["star",{"sourceInterval":[2808,2817]},["app",{"sourceInterval":[2808,2816]},"wordPart",[]]]]],"boolean":["define",{"sourceInterval":[2820,2858]},null,[],["seq",{"sourceInterval":[2830,2858]},["alt",{"sourceInterval":[2831,2847]},["terminal",{"sourceInterval":[2831,2837]},"true"],["terminal",{"sourceInterval":[2840,2847]},"false"]],["not",{"sourceInterval":[2849,2858]},["app",{"sourceInterval":[2850,2858]},"wordPart",[]]]]],"reserved":["define",{"sourceInterval":[2861,3055]},null,[],["seq",{"sourceInterval":[2872,3055]},["alt",{"sourceInterval":[2873,3044]},["terminal",{"sourceInterval":[2873,2881]},"system"],["terminal",{"sourceInterval":[2884,2891]},"bench"],["terminal",{"sourceInterval":[2894,2902]},"import"],["terminal",{"sourceInterval":[2905,2912]},"clock"],["terminal",{"sourceInterval":[2915,2922]},"input"],["terminal",{"sourceInterval":[2925,2933]},"output"],["terminal",{"sourceInterval":[2936,2943]},"param"],["terminal",{"sourceInterval":[2946,2951]},"for"],["terminal",{"sourceInterval":[2954,2961]},"frame"],["terminal",{"sourceInterval":[2964,2969]},"run"],["terminal",{"sourceInterval":[2972,2980]},"record"],["terminal",{"sourceInterval":[2996,3005]},"measure"],["terminal",{"sourceInterval":[3008,3015]},"check"],["terminal",{"sourceInterval":[3018,3025]},"write"],["terminal",{"sourceInterval":[3028,3034]},"true"],["terminal",{"sourceInterval":[3037,3044]},"false"]],["not",{"sourceInterval":[3046,3055]},["app",{"sourceInterval":[3047,3055]},"wordPart",[]]]]],"wordStart":["define",{"sourceInterval":[3058,3095]},null,[],["alt",{"sourceInterval":[3070,3095]},["range",{"sourceInterval":[3070,3078]},"A","Z"],["range",{"sourceInterval":[3081,3089]},"a","z"],["terminal",{"sourceInterval":[3092,3095]},"_"]]],"wordPart":["define",{"sourceInterval":[3098,3126]},null,[],["alt",{"sourceInterval":[3109,3126]},["app",{"sourceInterval":[3109,3118]},"wordStart",[]],["app",{"sourceInterval":[3121,3126]},"digit",[]]]],"number":["define",{"sourceInterval":[3130,3215]},"a number",[],["seq",{"sourceInterval":[3150,3215]},["app",{"sourceInterval":[3150,3156]},"digits",[]],["opt",{"sourceInterval":[3157,3170]},["seq",{"sourceInterval":[3158,3168]},["terminal",{"sourceInterval":[3158,3161]},"."],["app",{"sourceInterval":[3162,3168]},"digits",[]]]],["opt",{"sourceInterval":[3171,3205]},["seq",{"sourceInterval":[3172,3203]},["alt",{"sourceInterval":[3173,3182]},["terminal",{"sourceInterval":[3173,3176]},"e"],["terminal",{"sourceInterval":[3179,3182]},"E"]],["opt",{"sourceInterval":[3184,3196]},["alt",{"sourceInterval":[3185,3194]},["terminal",{"sourceInterval":[3185,3188]},"+"],["terminal",{"sourceInterval":[3191,3194]},"-"]]],["plus",{"sourceInterval":[3197,3203]},["app",{"sourceInterval":[3197,3202]},"digit",[]]]]],["star",{"sourceInterval":[3206,3215]},["app",{"sourceInterval":[3206,3214]},"unitMark",[]]]]],"digits":["define",{"sourceInterval":[3218,3247]},null,[],["seq",{"sourceInterval":[3227,3247]},["plus",{"sourceInterval":[3227,3233]},["app",{"sourceInterval":[3227,3232]},"digit",[]]],["star",{"sourceInterval":[3234,3247]},["seq",{"sourceInterval":[3235,3245]},["terminal",{"sourceInterval":[3235,3238]},"_"],["plus",{"sourceInterval":[3239,3245]},["app",{"sourceInterval":[3239,3244]},"digit",[]]]]]]],"unitMark":["define",{"sourceInterval":[3250,3298]},null,[],["alt",{"sourceInterval":[3261,3298]},["app",{"sourceInterval":[3261,3267]},"letter",[]],["app",{"sourceInterval":[3270,3275]},"digit",[]],["terminal",{"sourceInterval":[3278,3281]},"_"],["terminal",{"sourceInterval":[3284,3287]},"%"],["terminal",{"sourceInterval":[3290,3298]},"°"]]],"unitName":["define",{"sourceInterval":[3301,3337]},"a unit",[],["seq",{"sourceInterval":[3321,3337]},["app",{"sourceInterval":[3321,3327]},"letter",[]],["star",{"sourceInterval":[3328,3337]},["app",{"sourceInterval":[3328,3336]},"unitMark",[]]]]],"string":["define",{"sourceInterval":[3341,3408]},"a string",[],["seq",{"sourceInterval":[3361,3408]},["terminal",{"sourceInterval":[3361,3365]},"\\""],["star",{"sourceInterval":[3366,3403]},["alt",{"sourceInterval":[3367,3401]},["app",{"sourceInterval":[3367,3373]},"escape",[]],["seq",{"sourceInterval":[3376,3401]},["not",{"sourceInterval":[3376,3397]},["alt",{"sourceInterval":[3378,3396]},["terminal",{"sourceInterval":[3378,3382]},"\\""],["terminal",{"sourceInterval":[3385,3389]},"\\\\"],["terminal",{"sourceInterval":[3392,3396]},"\\n"]]],["app",{"sourceInterval":[3398,3401]},"any",[]]]]],["terminal",{"sourceInterval":[3404,3408]},"\\""]]],"escape":["define",{"sourceInterval":[3411,3450]},null,[],["seq",{"sourceInterval":[3420,3450]},["terminal",{"sourceInterval":[3420,3424]},"\\\\"],["alt",{"sourceInterval":[3426,3449]},["terminal",{"sourceInterval":[3426,3430]},"\\""],["terminal",{"sourceInterval":[3433,3437]},"\\\\"],["terminal",{"sourceInterval":[3440,3443]},"n"],["terminal",{"sourceInterval":[3446,3449]},"t"]]]],"space":["extend",{"sourceInterval":[3454,3513]},null,[],["alt",{"sourceInterval":[3463,3513]},["terminal",{"sourceInterval":[3463,3471]}," "],["terminal",{"sourceInterval":[3474,3484]},"﻿"],["app",{"sourceInterval":[3487,3498]},"lineComment",[]],["app",{"sourceInterval":[3501,3513]},"blockComment",[]]]],"lineComment":["define",{"sourceInterval":[3516,3547]},null,[],["seq",{"sourceInterval":[3530,3547]},["terminal",{"sourceInterval":[3530,3534]},"//"],["star",{"sourceInterval":[3535,3547]},["seq",{"sourceInterval":[3536,3545]},["not",{"sourceInterval":[3536,3541]},["terminal",{"sourceInterval":[3537,3541]},"\\n"]],["app",{"sourceInterval":[3542,3545]},"any",[]]]]]],"blockComment":["define",{"sourceInterval":[3550,3587]},null,[],["seq",{"sourceInterval":[3565,3587]},["terminal",{"sourceInterval":[3565,3569]},"/*"],["star",{"sourceInterval":[3570,3582]},["seq",{"sourceInterval":[3571,3580]},["not",{"sourceInterval":[3571,3576]},["terminal",{"sourceInterval":[3572,3576]},"*/"]],["app",{"sourceInterval":[3577,3580]},"any",[]]]],["terminal",{"sourceInterval":[3583,3587]},"*/"]]]}]',
);
