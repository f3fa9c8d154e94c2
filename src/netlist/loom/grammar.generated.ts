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
  '["grammar",{"source":"Loom {\\n  Statement = Import | Param | Clock | Input | Output | Frame | Run | Record | Measure | Check | Write | Let\\n\\n  Import  = key<\\"import\\"> string\\n  Param   = key<\\"param\\"> name equals Expression\\n  Clock   = key<\\"clock\\"> name equals ClockValue\\n  Input   = key<\\"input\\"> InputName (\\",\\" InputName)* (\\":\\" PortUnit)?\\n  Output  = key<\\"output\\"> OutputName (\\",\\" OutputName)*\\n  Frame   = key<\\"frame\\"> Ticks\\n  Run     = key<\\"run\\"> RunLength\\n  Record  = key<\\"record\\"> Records\\n  Measure = key<\\"measure\\"> MeasureTerm\\n  Check   = key<\\"check\\"> Expression\\n  Write   = key<\\"write\\"> WriteTerm\\n  Let     = Target equals Value\\n\\n  Head       = SystemHead | BenchHead | ForHead\\n  SystemHead = key<\\"system\\"> name Params?\\n  BenchHead  = key<\\"bench\\"> name (key<\\"of\\"> name)? Arguments?\\n  ForHead    = key<\\"for\\"> Range\\n\\n  // Parts of statements; the YAML reader meets them as strings of their own.\\n  Params      = \\"(\\" (ParamName (\\",\\" ParamName)*)? \\")\\"\\n  ParamName   = name (equals Expression)?\\n  ClockValue  = Expression Phases? (key<\\"offset\\"> Expression)?\\n  Phases      = key<\\"phases\\"> \\"[\\" Phase (\\",\\" Phase)* \\"]\\"\\n  Phase       = name (key<\\"at\\"> Expression)?\\n  InputName   = name (\\"[\\" Expression \\"]\\")?\\n  PortUnit    = UnitFactor ((\\"*\\" | \\"/\\") UnitFactor)*\\n  UnitFactor  = (unitName | number) (\\"^\\" \\"-\\"? number)?\\n  OutputName  = name (equals Expression)?\\n  Ticks       = Expression key<\\"ticks\\"> OfClock?\\n  OfClock     = key<\\"of\\"> name\\n  RunLength   = Ticks | Expression\\n  Records     = RecordItem (\\",\\" RecordItem)* At?\\n  RecordItem  = (name equals)? Expression\\n  MeasureTerm = (name equals)? Call\\n  WriteTerm   = name key<\\"to\\"> string Arguments?\\n  Target      = name (\\"[\\" Expression \\"]\\")?\\n  Value       = Expression At?\\n  At          = \\"@\\" Edge\\n  Edge        = name (\\".\\" word)?\\n  Range       = name key<\\"in\\"> Expression \\"..\\" Expression\\n  BenchTarget = name Arguments?\\n\\n  Expression = (Chain \\"?\\" Expression \\":\\")* Chain\\n  Chain   = Operand (binaryOperator Operand)*\\n  Operand = prefixOperator* Primary Suffix*\\n  Suffix  = \\".\\" word            -- member\\n          | \\"[\\" Expression \\"]\\"  -- index\\n  Primary = number | string | boolean | Call | name\\n          | \\"(\\" Expression \\")\\"  -- group\\n          | \\"[\\" Expression key<\\"for\\"> Range \\"]\\"  -- comprehension\\n          | \\"[\\" (Expression (\\",\\" Expression)*)? \\"]\\"  -- list\\n  // Not by way of Arguments: each rule on the way costs stack where calls are nested.\\n  Call      = name \\"(\\" (Argument (\\",\\" Argument)*)? \\")\\"\\n  Arguments = \\"(\\" (Argument (\\",\\" Argument)*)? \\")\\"\\n  Argument  = (word \\":\\")? Expression\\n\\n  binaryOperator (an operator) = \\"||\\" | \\"&&\\" | \\"==\\" | \\"!=\\" | \\"<=\\" | \\"<\\" | \\">=\\" | \\">\\" | \\"+\\" | \\"-\\" | \\"*\\" | \\"/\\" | \\"^\\"\\n  prefixOperator = \\"-\\" | \\"+\\" | \\"!\\"\\n  equals = \\"=\\" ~\\"=\\"\\n\\n  key<text> = text ~wordPart\\n  name (a name) = ~reserved word\\n  word (a name) = wordStart wordPart*\\n  boolean = (\\"true\\" | \\"false\\") ~wordPart\\n  reserved = (\\"system\\" | \\"bench\\" | \\"import\\" | \\"clock\\" | \\"input\\" | \\"output\\" | \\"param\\" | \\"for\\" | \\"frame\\" | \\"run\\" | \\"record\\"\\n             | \\"measure\\" | \\"check\\" | \\"write\\" | \\"true\\" | \\"false\\") ~wordPart\\n  wordStart = \\"A\\"..\\"Z\\" | \\"a\\"..\\"z\\" | \\"_\\"\\n  wordPart = wordStart | digit\\n\\n  number (a number) = digits (\\".\\" digits)? ((\\"e\\" | \\"E\\") (\\"+\\" | \\"-\\")? digit+)? unitMark*\\n  digits = digit+ (\\"_\\" digit+)*\\n  unitMark = letter | digit | \\"_\\" | \\"%\\" | \\"\\\\u{B0}\\"\\n  unitName (a unit) = letter unitMark*\\n\\n  string (a string) = \\"\\\\\\"\\" (escape | ~(\\"\\\\\\"\\" | \\"\\\\\\\\\\" | \\"\\\\n\\") any)* \\"\\\\\\"\\"\\n  escape = \\"\\\\\\\\\\" (\\"\\\\\\"\\" | \\"\\\\\\\\\\" | \\"n\\" | \\"t\\")\\n\\n  space += \\"\\\\u{A0}\\" | \\"\\\\u{FEFF}\\" | lineComment | blockComment\\n  lineComment = \\"//\\" (~\\"\\\\n\\" any)*\\n  blockComment = \\"/*\\" (~\\"*/\\" any)* \\"*/\\"\\n}"},"Loom",null,"Statement",{"Statement":["define",{"sourceInterval":[9,115]},null,[],["alt",{"sourceInterval":[21,115]},["app",{"sourceInterval":[21,27]},"Import",[]],["app",{"sourceInterval":[30,35]},"Param",[]],["app",{"sourceInterval":[38,43]},"Clock",[]],["app",{"sourceInterval":[46,51]},"Input",[]],["app",{"sourceInterval":[54,60]},"Output",[]],["app",{"sourceInterval":[63,68]},"Frame",[]],["app",{"sourceInterval":[71,74]},"Run",[]],["app",{"sourceInterval":[77,83]},"Record",[]],["app",{"sourceInterval":[86,93]},"Measure",[]],["app",{"sourceInterval":[96,101]},"Check",[]],["app",{"sourceInterval":[104,109]},"Write",[]],["app",{"sourceInterval":[112,115]},"Let",[]]]],"Import":["define",{"sourceInterval":[119,149]},null,[],["seq",{"sourceInterval":[129,149]},["app",{"sourceInterval":[129,142]},"key",[["terminal",{"sourceInterval":[133,141]},"import"]]],["app",{"sourceInterval":[143,149]},"string",[]]]],"Param":["define",{"sourceInterval":[152,197]},null,[],["seq",{"sourceInterval":[162,197]},["app",{"sourceInterval":[162,174]},"key",[["terminal",{"sourceInterval":[166,173]},"param"]]],["app",{"sourceInterval":[175,179]},"name",[]],["app",{"sourceInterval":[180,186]},"equals",[]],["app",{"sourceInterval":[187,197]},"Expression",[]]]],"Clock":["define",{"sourceInterval":[200,245]},null,[],["seq",{"sourceInterval":[210,245]},["app",{"sourceInterval":[210,222]},"key",[["terminal",{"sourceInterval":[214,221]},"clock"]]],["app",{"sourceInterval":[223,227]},"name",[]],["app",{"sourceInterval":[228,234]},"equals",[]],["app",{"sourceInterval":[235,245]},"ClockValue",[]]]],"Input":["define",{"sourceInterval":[248,313]},null,[],["seq",{"sourceInterval":[258,313]},["app",{"sourceInterval":[258,270]},"key",[["terminal",{"sourceInterval":[262,269]},"input"]]],["app",{"sourceInterval":[271,280]},"InputName",[]],["star",{"sourceInterval":[281,297]},["seq",{"sourceInterval":[282,295]},["terminal",{"sourceInterval":[282,285]},","],["app",{"sourceInterval":[286,295]},"InputName",[]]]],["opt",{"sourceInterval":[298,313]},["seq",{"sourceInterval":[299,311]},["terminal",{"sourceInterval":[299,302]},":"],["app",{"sourceInterval":[303,311]},"PortUnit",[]]]]]],"Output":["define",{"sourceInterval":[316,368]},null,[],["seq",{"sourceInterval":[326,368]},["app",{"sourceInterval":[326,339]},"key",[["terminal",{"sourceInterval":[330,338]},"output"]]],["app",{"sourceInterval":[340,350]},"OutputName",[]],["star",{"sourceInterval":[351,368]},["seq",{"sourceInterval":[352,366]},["terminal",{"sourceInterval":[352,355]},","],["app",{"sourceInterval":[356,366]},"OutputName",[]]]]]],"Frame":["define",{"sourceInterval":[371,399]},null,[],["seq",{"sourceInterval":[381,399]},["app",{"sourceInterval":[381,393]},"key",[["terminal",{"sourceInterval":[385,392]},"frame"]]],["app",{"sourceInterval":[394,399]},"Ticks",[]]]],"Run":["define",{"sourceInterval":[402,432]},null,[],["seq",{"sourceInterval":[412,432]},["app",{"sourceInterval":[412,422]},"key",[["terminal",{"sourceInterval":[416,421]},"run"]]],["app",{"sourceInterval":[423,432]},"RunLength",[]]]],"Record":["define",{"sourceInterval":[435,466]},null,[],["seq",{"sourceInterval":[445,466]},["app",{"sourceInterval":[445,458]},"key",[["terminal",{"sourceInterval":[449,457]},"record"]]],["app",{"sourceInterval":[459,466]},"Records",[]]]],"Measure":["define",{"sourceInterval":[469,505]},null,[],["seq",{"sourceInterval":[479,505]},["app",{"sourceInterval":[479,493]},"key",[["terminal",{"sourceInterval":[483,492]},"measure"]]],["app",{"sourceInterval":[494,505]},"MeasureTerm",[]]]],"Check":["define",{"sourceInterval":[508,541]},null,[],["seq",{"sourceInterval":[518,541]},["app",{"sourceInterval":[518,530]},"key",[["terminal",{"sourceInterval":[522,529]},"check"]]],["app",{"sourceInterval":[531,541]},"Expression",[]]]],"Write":["define",{"sourceInterval":[544,576]},null,[],["seq",{"sourceInterval":[554,576]},["app",{"sourceInterval":[554,566]},"key",[["terminal",{"sourceInterval":[558,565]},"write"]]],["app",{"sourceInterval":[567,576]},"WriteTerm",[]]]],"Let":["define",{"sourceInterval":[579,608]},null,[],["seq",{"sourceInterval":[589,608]},["app",{"sourceInterval":[589,595]},"Target",[]],["app",{"sourceInterval":[596,602]},"equals",[]],["app",{"sourceInterval":[603,608]},"Value",[]]]],"Head":["define",{"sourceInterval":[612,657]},null,[],["alt",{"sourceInterval":[625,657]},["app",{"sourceInterval":[625,635]},"SystemHead",[]],["app",{"sourceInterval":[638,647]},"BenchHead",[]],["app",{"sourceInterval":[650,657]},"ForHead",[]]]],"SystemHead":["define",{"sourceInterval":[660,699]},null,[],["seq",{"sourceInterval":[673,699]},["app",{"sourceInterval":[673,686]},"key",[["terminal",{"sourceInterval":[677,685]},"system"]]],["app",{"sourceInterval":[687,691]},"name",[]],["opt",{"sourceInterval":[692,699]},["app",{"sourceInterval":[692,698]},"Params",[]]]]],"BenchHead":["define",{"sourceInterval":[702,761]},null,[],["seq",{"sourceInterval":[715,761]},["app",{"sourceInterval":[715,727]},"key",[["terminal",{"sourceInterval":[719,726]},"bench"]]],["app",{"sourceInterval":[728,732]},"name",[]],["opt",{"sourceInterval":[733,750]},["seq",{"sourceInterval":[734,748]},["app",{"sourceInterval":[734,743]},"key",[["terminal",{"sourceInterval":[738,742]},"of"]]],["app",{"sourceInterval":[744,748]},"name",[]]]],["opt",{"sourceInterval":[751,761]},["app",{"sourceInterval":[751,760]},"Arguments",[]]]]],"ForHead":["define",{"sourceInterval":[764,793]},null,[],["seq",{"sourceInterval":[777,793]},["app",{"sourceInterval":[777,787]},"key",[["terminal",{"sourceInterval":[781,786]},"for"]]],["app",{"sourceInterval":[788,793]},"Range",[]]]],"Params":["define",{"sourceInterval":[875,926]},null,[],["seq",{"sourceInterval":[889,926]},["terminal",{"sourceInterval":[889,892]},"("],["opt",{"sourceInterval":[893,922]},["seq",{"sourceInterval":[894,920]},["app",{"sourceInterval":[894,903]},"ParamName",[]],["star",{"sourceInterval":[904,920]},["seq",{"sourceInterval":[905,918]},["terminal",{"sourceInterval":[905,908]},","],["app",{"sourceInterval":[909,918]},"ParamName",[]]]]]],["terminal",{"sourceInterval":[923,926]},")"]]],"ParamName":["define",{"sourceInterval":[929,968]},null,[],["seq",{"sourceInterval":[943,968]},["app",{"sourceInterval":[943,947]},"name",[]],["opt",{"sourceInterval":[948,968]},["seq",{"sourceInterval":[949,966]},["app",{"sourceInterval":[949,955]},"equals",[]],["app",{"sourceInterval":[956,966]},"Expression",[]]]]]],"ClockValue":["define",{"sourceInterval":[971,1031]},null,[],["seq",{"sourceInterval":[985,1031]},["app",{"sourceInterval":[985,995]},"Expression",[]],["opt",{"sourceInterval":[996,1003]},["app",{"sourceInterval":[996,1002]},"Phases",[]]],["opt",{"sourceInterval":[1004,1031]},["seq",{"sourceInterval":[1005,1029]},["app",{"sourceInterval":[1005,1018]},"key",[["terminal",{"sourceInterval":[1009,1017]},"offset"]]],["app",{"sourceInterval":[1019,1029]},"Expression",[]]]]]],"Phases":["define",{"sourceInterval":[1034,1088]},null,[],["seq",{"sourceInterval":[1048,1088]},["app",{"sourceInterval":[1048,1061]},"key",[["terminal",{"sourceInterval":[1052,1060]},"phases"]]],["terminal",{"sourceInterval":[1062,1065]},"["],["app",{"sourceInterval":[1066,1071]},"Phase",[]],["star",{"sourceInterval":[1072,1084]},["seq",{"sourceInterval":[1073,1082]},["terminal",{"sourceInterval":[1073,1076]},","],["app",{"sourceInterval":[1077,1082]},"Phase",[]]]],["terminal",{"sourceInterval":[1085,1088]},"]"]]],"Phase":["define",{"sourceInterval":[1091,1133]},null,[],["seq",{"sourceInterval":[1105,1133]},["app",{"sourceInterval":[1105,1109]},"name",[]],["opt",{"sourceInterval":[1110,1133]},["seq",{"sourceInterval":[1111,1131]},["app",{"sourceInterval":[1111,1120]},"key",[["terminal",{"sourceInterval":[1115,1119]},"at"]]],["app",{"sourceInterval":[1121,1131]},"Expression",[]]]]]],"InputName":["define",{"sourceInterval":[1136,1176]},null,[],["seq",{"sourceInterval":[1150,1176]},["app",{"sourceInterval":[1150,1154]},"name",[]],["opt",{"sourceInterval":[1155,1176]},["seq",{"sourceInterval":[1156,1174]},["terminal",{"sourceInterval":[1156,1159]},"["],["app",{"sourceInterval":[1160,1170]},"Expression",[]],["terminal",{"sourceInterval":[1171,1174]},"]"]]]]],"PortUnit":["define",{"sourceInterval":[1179,1229]},null,[],["seq",{"sourceInterval":[1193,1229]},["app",{"sourceInterval":[1193,1203]},"UnitFactor",[]],["star",{"sourceInterval":[1204,1229]},["seq",{"sourceInterval":[1205,1227]},["alt",{"sourceInterval":[1206,1215]},["terminal",{"sourceInterval":[1206,1209]},"*"],["terminal",{"sourceInterval":[1212,1215]},"/"]],["app",{"sourceInterval":[1217,1227]},"UnitFactor",[]]]]]],"UnitFactor":["define",{"sourceInterval":[1232,1284]},null,[],["seq",{"sourceInterval":[1246,1284]},["alt",{"sourceInterval":[1247,1264]},["app",{"sourceInterval":[1247,1255]},"unitName",[]],["app",{"sourceInterval":[1258,1264]},"number",[]]],["opt",{"sourceInterval":[1266,1284]},["seq",{"sourceInterval":[1267,1282]},["terminal",{"sourceInterval":[1267,1270]},"^"],["opt",{"sourceInterval":[1271,1275]},["terminal",{"sourceInterval":[1271,1274]},"-"]],["app",{"sourceInterval":[1276,1282]},"number",[]]]]]],"OutputName":["define",{"sourceInterval":[1287,1326]},null,[],["seq",{"sourceInterval":[1301,1326]},["app",{"sourceInterval":[1301,1305]},"name",[]],["opt",{"sourceInterval":[1306,1326]},["seq",{"sourceInterval":[1307,1324]},["app",{"sourceInterval":[1307,1313]},"equals",[]],["app",{"sourceInterval":[1314,1324]},"Expression",[]]]]]],"Ticks":["define",{"sourceInterval":[1329,1375]},null,[],["seq",{"sourceInterval":[1343,1375]},["app",{"sourceInterval":[1343,1353]},"Expression",[]],["app",{"sourceInterval":[1354,1366]},"key",[["terminal",{"sourceInterval":[1358,1365]},"ticks"]]],["opt",{"sourceInterval":[1367,1375]},["app",{"sourceInterval":[1367,1374]},"OfClock",[]]]]],"OfClock":["define",{"sourceInterval":[1378,1406]},null,[],["seq",{"sourceInterval":[1392,1406]},["app",{"sourceInterval":[1392,1401]},"key",[["terminal",{"sourceInterval":[1396,1400]},"of"]]],["app",{"sourceInterval":[1402,1406]},"name",[]]]],"RunLength":["define",{"sourceInterval":[1409,1441]},null,[],["alt",{"sourceInterval":[1423,1441]},["app",{"sourceInterval":[1423,1428]},"Ticks",[]],["app",{"sourceInterval":[1431,1441]},"Expression",[]]]],"Records":["define",{"sourceInterval":[1444,1490]},null,[],["seq",{"sourceInterval":[1458,1490]},["app",{"sourceInterval":[1458,1468]},"RecordItem",[]],["star",{"sourceInterval":[1469,1486]},["seq",{"sourceInterval":[1470,1484]},["terminal",{"sourceInterval":[1470,1473]},","],["app",{"sourceInterval":[1474,1484]},"RecordItem",[]]]],["opt",{"sourceInterval":[1487,1490]},["app",{"sourceInterval":[1487,1489]},"At",[]]]]],"RecordItem":["define",{"sourceInterval":[1493,1532]},null,[],["seq",{"sourceInterval":[1507,1532]},["opt",{"sourceInterval":[1507,1521]},["seq",{"sourceInterval":[1508,1519]},["app",{"sourceInterval":[1508,1512]},"name",[]],["app",{"sourceInterval":[1513,1519]},"equals",[]]]],["app",{"sourceInterval":[1522,1532]},"Expression",[]]]],"MeasureTerm":["define",{"sourceInterval":[1535,1568]},null,[],["seq",{"sourceInterval":[1549,1568]},["opt",{"sourceInterval":[1549,1563]},["seq",{"sourceInterval":[1550,1561]},["app",{"sourceInterval":[1550,1554]},"name",[]],["app",{"sourceInterval":[1555,1561]},"equals",[]]]],["app",{"sourceInterval":[1564,1568]},"Call",[]]]],"WriteTerm":["define",{"sourceInterval":[1571,1617]},null,[],["seq",{"sourceInterval":[1585,1617]},["app",{"sourceInterval":[1585,1589]},"name",[]],["app",{"sourceInterval":[1590,1599]},"key",[["terminal",{"sourceInterval":[1594,1598]},"to"]]],["app",{"sourceInterval":[1600,1606]},"string",[]],["opt",{"sourceInterval":[1607,1617]},["app",{"sourceInterval":[1607,1616]},"Arguments",[]]]]],"Target":["define",{"sourceInterval":[1620,1660]},null,[],["seq",{"sourceInterval":[1634,1660]},["app",{"sourceInterval":[1634,1638]},"name",[]],["opt",{"sourceInterval":[1639,1660]},["seq",{"sourceInterval":[1640,1658]},["terminal",{"sourceInterval":[1640,1643]},"["],["app",{"sourceInterval":[1644,1654]},"Expression",[]],["terminal",{"sourceInterval":[1655,1658]},"]"]]]]],"Value":["define",{"sourceInterval":[1663,1691]},null,[],["seq",{"sourceInterval":[1677,1691]},["app",{"sourceInterval":[1677,1687]},"Expression",[]],["opt",{"sourceInterval":[1688,1691]},["app",{"sourceInterval":[1688,1690]},"At",[]]]]],"At":["define",{"sourceInterval":[1694,1716]},null,[],["seq",{"sourceInterval":[1708,1716]},["terminal",{"sourceInterval":[1708,1711]},"@"],["app",{"sourceInterval":[1712,1716]},"Edge",[]]]],"Edge":["define",{"sourceInterval":[1719,1749]},null,[],["seq",{"sourceInterval":[1733,1749]},["app",{"sourceInterval":[1733,1737]},"name",[]],["opt",{"sourceInterval":[1738,1749]},["seq",{"sourceInterval":[1739,1747]},["terminal",{"sourceInterval":[1739,1742]},"."],["app",{"sourceInterval":[1743,1747]},"word",[]]]]]],"Range":["define",{"sourceInterval":[1752,1807]},null,[],["seq",{"sourceInterval":[1766,1807]},["app",{"sourceInterval":[1766,1770]},"name",[]],["app",{"sourceInterval":[1771,1780]},"key",[["terminal",{"sourceInterval":[1775,1779]},"in"]]],["app",{"sourceInterval":[1781,1791]},"Expression",[]],["terminal",{"sourceInterval":[1792,1796]},".."],["app",{"sourceInterval":[1797,1807]},"Expression",[]]]],"BenchTarget":["define",{"sourceInterval":[1810,1839]},null,[],["seq",{"sourceInterval":[1824,1839]},["app",{"sourceInterval":[1824,1828]},"name",[]],["opt",{"sourceInterval":[1829,1839]},["app",{"sourceInterval":[1829,1838]},"Arguments",[]]]]],"Expression":["define",{"sourceInterval":[1843,1889]},null,[],["seq",{"sourceInterval":[1856,1889]},["star",{"sourceInterval":[1856,1883]},["seq",{"sourceInterval":[1857,1881]},["app",{"sourceInterval":[1857,1862]},"Chain",[]],["terminal",{"sourceInterval":[1863,1866]},"?"],["app",{"sourceInterval":[1867,1877]},"Expression",[]],["terminal",{"sourceInterval":[1878,1881]},":"]]],["app",{"sourceInterval":[1884,1889]},"Chain",[]]]],"Chain":["define",{"sourceInterval":[1892,1935]},null,[],["seq",{"sourceInterval":[1902,1935]},["app",{"sourceInterval":[1902,1909]},"Operand",[]],["star",{"sourceInterval":[1910,1935]},["seq",{"sourceInterval":[1911,1933]},["app",{"sourceInterval":[1911,1925]},"binaryOperator",[]],["app",{"sourceInterval":[1926,1933]},"Operand",[]]]]]],"Operand":["define",{"sourceInterval":[1938,1979]},null,[],["seq",{"sourceInterval":[1948,1979]},["star",{"sourceInterval":[1948,1963]},["app",{"sourceInterval":[1948,1962]},"prefixOperator",[]]],["app",{"sourceInterval":[1964,1971]},"Primary",[]],["star",{"sourceInterval":[1972,1979]},["app",{"sourceInterval":[1972,1978]},"Suffix",[]]]]],"Suffix_member":["define",{"sourceInterval":[1992,2021]},null,[],["seq",{"sourceInterval":[1992,2000]},["terminal",{"sourceInterval":[1992,1995]},"."],["app",{"sourceInterval":[1996,2000]},"word",[]]]],"Suffix_index":["define",{"sourceInterval":[2034,2062]},null,[],["seq",{"sourceInterval":[2034,2052]},["terminal",{"sourceInterval":[2034,2037]},"["],["app",{"sourceInterval":[2038,2048]},"Expression",[]],["terminal",{"sourceInterval":[2049,2052]},"]"]]],"Suffix":["define",{"sourceInterval":[1982,2062]},null,[],["alt",{"sourceInterval":[1992,2062]},["app",{"sourceInterval":[1992,2000]},"Suffix_member",[]],["app",{"sourceInterval":[2034,2052]},"Suffix_index",[]]]],"Primary_group":["define",{"sourceInterval":[2127,2155]},null,[],["seq",{"sourceInterval":[2127,2145]},["terminal",{"sourceInterval":[2127,2130]},"("],["app",{"sourceInterval":[2131,2141]},"Expression",[]],["terminal",{"sourceInterval":[2142,2145]},")"]]],"Primary_comprehension":["define",{"sourceInterval":[2168,2221]},null,[],["seq",{"sourceInterval":[2168,2203]},["terminal",{"sourceInterval":[2168,2171]},"["],["app",{"sourceInterval":[2172,2182]},"Expression",[]],["app",{"sourceInterval":[2183,2193]},"key",[["terminal",{"sourceInterval":[2187,2192]},"for"]]],["app",{"sourceInterval":[2194,2199]},"Range",[]],["terminal",{"sourceInterval":[2200,2203]},"]"]]],"Primary_list":["define",{"sourceInterval":[2234,2282]},null,[],["seq",{"sourceInterval":[2234,2273]},["terminal",{"sourceInterval":[2234,2237]},"["],["opt",{"sourceInterval":[2238,2269]},["seq",{"sourceInterval":[2239,2267]},["app",{"sourceInterval":[2239,2249]},"Expression",[]],["star",{"sourceInterval":[2250,2267]},["seq",{"sourceInterval":[2251,2265]},["terminal",{"sourceInterval":[2251,2254]},","],["app",{"sourceInterval":[2255,2265]},"Expression",[]]]]]],["terminal",{"sourceInterval":[2270,2273]},"]"]]],"Primary":["define",{"sourceInterval":[2065,2282]},null,[],["alt",{"sourceInterval":[2075,2282]},["app",{"sourceInterval":[2075,2081]},"number",[]],["app",{"sourceInterval":[2084,2090]},"string",[]],["app",{"sourceInterval":[2093,2100]},"boolean",[]],["app",{"sourceInterval":[2103,2107]},"Call",[]],["app",{"sourceInterval":[2110,2114]},"name",[]],["app",{"sourceInterval":[2127,2145]},"Primary_group",[]],["app",{"sourceInterval":[2168,2203]},"Primary_comprehension",[]],["app",{"sourceInterval":[2234,2273]},"Primary_list",[]]]],"Call":["define",{"sourceInterval":[2372,2424]},null,[],["seq",{"sourceInterval":[2384,2424]},["app",{"sourceInterval":[2384,2388]},"name",[]],["terminal",{"sourceInterval":[2389,2392]},"("],["opt",{"sourceInterval":[2393,2420]},["seq",{"sourceInterval":[2394,2418]},["app",{"sourceInterval":[2394,2402]},"Argument",[]],["star",{"sourceInterval":[2403,2418]},["seq",{"sourceInterval":[2404,2416]},["terminal",{"sourceInterval":[2404,2407]},","],["app",{"sourceInterval":[2408,2416]},"Argument",[]]]]]],["terminal",{"sourceInterval":[2421,2424]},")"]]],"Arguments":["define",{"sourceInterval":[2427,2474]},null,[],["seq",{"sourceInterval":[2439,2474]},["terminal",{"sourceInterval":[2439,2442]},"("],["opt",{"sourceInterval":[2443,2470]},["seq",{"sourceInterval":[2444,2468]},["app",{"sourceInterval":[2444,2452]},"Argument",[]],["star",{"sourceInterval":[2453,2468]},["seq",{"sourceInterval":[2454,2466]},["terminal",{"sourceInterval":[2454,2457]},","],["app",{"sourceInterval":[2458,2466]},"Argument",[]]]]]],["terminal",{"sourceInterval":[2471,2474]},")"]]],"Argument":["define",{"sourceInterval":[2477,2511]},null,[],["seq",{"sourceInterval":[2489,2511]},["opt",{"sourceInterval":[2489,2500]},["seq",{"sourceInterval":[2490,2498]},["app",{"sourceInterval":[2490,2494]},"word",[]],["terminal",{"sourceInterval":[2495,2498]},":"]]],["app",{"sourceInterval":[2501,2511]},"Expression",[]]]],"binaryOperator":["define",{"sourceInterval":[2515,2627]},"an operator",[],["alt",{"sourceInterval":[2546,2627]},["terminal",{"sourceInterval":[2546,2550]},"||"],["terminal",{"sourceInterval":[2553,2557]},"&&"],["terminal",{"sourceInterval":[2560,2564]},"=="],["terminal",{"sourceInterval":[2567,2571]},"!="],["terminal",{"sourceInterval":[2574,2578]},"<="],["terminal",{"sourceInterval":[2581,2584]},"<"],["terminal",{"sourceInterval":[2587,2591]},">="],["terminal",{"sourceInterval":[2594,2597]},">"],["terminal",{"sourceInterval":[2600,2603]},"+"],["terminal",{"sourceInterval":[2606,2609]},"-"],["terminal",{"sourceInterval":[2612,2615]},"*"],["terminal",{"sourceInterval":[2618,2621]},"/"],["terminal",{"sourceInterval":[2624,2627]},"^"]]],"prefixOperator":["define",{"sourceInterval":[2630,2662]},null,[],["alt",{"sourceInterval":[2647,2662]},["terminal",{"sourceInterval":[2647,2650]},"-"],["terminal",{"sourceInterval":[2653,2656]},"+"],["terminal",{"sourceInterval":[2659,2662]},"!"]]],"equals":["define",{"sourceInterval":[2665,2682]},null,[],["seq",{"sourceInterval":[2674,2682]},["terminal",{"sourceInterval":[2674,2677]},"="],["not",{"sourceInterval":[2678,2682]},["terminal",{"sourceInterval":[2679,2682]},"="]]]],"key":["define",{"sourceInterval":[2686,2712]},null,["text"],["seq",{"sourceInterval":[2698,2712]},["param",{"sourceInterval":[2698,2702]},0],["not",{"sourceInterval":[2703,2712]},["app",{"sourceInterval":[2704,2712]},"wordPart",[]]]]],"name":["define",{"sourceInterval":[2715,2745]},"a name",[],["seq",{"sourceInterval":[2731,2745]},["not",{"sourceInterval":[2731,2740]},["app",{"sourceInterval":[2732,2740]},"reserved",[]]],["app",{"sourceInterval":[2741,2745]},"word",[]]]],"word":["define",{"sourceInterval":[2748,2783]},"a name",[],["seq",{"sourceInterval":[2764,2783]},["app",{"sourceInterval":[2764,2773]},"wordStart",[]],["star",{"sourceInterval":[2774,2783]},["app",{"sourceInterval":[2774,2782]},"wordPart",[]]]]],"boolean":["define",{"sourceInterval":[2786,2824]},null,[],["seq",{"sourceInterval":[2796,2824]},["alt",{"sourceInterval":[2797,2813]},["terminal",{"sourceInterval":[2797,2803]},"true"],["terminal",{"sourceInterval":[2806,2813]},"false"]],["not",{"sourceInterval":[2815,2824]},["app",{"sourceInterval":[2816,2824]},"wordPart",[]]]]],"reserved":["define",{"sourceInterval":[2827,3021]},null,[],["seq",{"sourceInterval":[2838,3021]},["alt",{"sourceInterval":[2839,3010]},["terminal",{"sourceInterval":[2839,2847]},"system"],["terminal",{"sourceInterval":[2850,2857]},"bench"],["terminal",{"sourceInterval":[2860,2868]},"import"],["terminal",{"sourceInterval":[2871,2878]},"clock"],["terminal",{"sourceInterval":[2881,2888]},"input"],["terminal",{"sourceInterval":[2891,2899]},"output"],["terminal",{"sourceInterval":[2902,2909]},"param"],["terminal",{"sourceInterval":[2912,2917]},"for"],["terminal",{"sourceInterval":[2920,2927]},"frame"],["terminal",{"sourceInterval":[2930,2935]},"run"],["terminal",{"sourceInterval":[2938,2946]},"record"],["terminal",{"sourceInterval":[2962,2971]},"measure"],["terminal",{"sourceInterval":[2974,2981]},"check"],["terminal",{"sourceInterval":[2984,2991]},"write"],["terminal",{"sourceInterval":[2994,3000]},"true"],["terminal",{"sourceInterval":[3003,3010]},"false"]],["not",{"sourceInterval":[3012,3021]},["app",{"sourceInterval":[3013,3021]},"wordPart",[]]]]],"wordStart":["define",{"sourceInterval":[3024,3061]},null,[],["alt",{"sourceInterval":[3036,3061]},["range",{"sourceInterval":[3036,3044]},"A","Z"],["range",{"sourceInterval":[3047,3055]},"a","z"],["terminal",{"sourceInterval":[3058,3061]},"_"]]],"wordPart":["define",{"sourceInterval":[3064,3092]},null,[],["alt",{"sourceInterval":[3075,3092]},["app",{"sourceInterval":[3075,3084]},"wordStart",[]],["app",{"sourceInterval":[3087,3092]},"digit",[]]]],"number":["define",{"sourceInterval":[3096,3181]},"a number",[],["seq",{"sourceInterval":[3116,3181]},["app",{"sourceInterval":[3116,3122]},"digits",[]],["opt",{"sourceInterval":[3123,3136]},["seq",{"sourceInterval":[3124,3134]},["terminal",{"sourceInterval":[3124,3127]},"."],["app",{"sourceInterval":[3128,3134]},"digits",[]]]],["opt",{"sourceInterval":[3137,3171]},["seq",{"sourceInterval":[3138,3169]},["alt",{"sourceInterval":[3139,3148]},["terminal",{"sourceInterval":[3139,3142]},"e"],["terminal",{"sourceInterval":[3145,3148]},"E"]],["opt",{"sourceInterval":[3150,3162]},["alt",{"sourceInterval":[3151,3160]},["terminal",{"sourceInterval":[3151,3154]},"+"],["terminal",{"sourceInterval":[3157,3160]},"-"]]],["plus",{"sourceInterval":[3163,3169]},["app",{"sourceInterval":[3163,3168]},"digit",[]]]]],["star",{"sourceInterval":[3172,3181]},["app",{"sourceInterval":[3172,3180]},"unitMark",[]]]]],"digits":["define",{"sourceInterval":[3184,3213]},null,[],["seq",{"sourceInterval":[3193,3213]},["plus",{"sourceInterval":[3193,3199]},["app",{"sourceInterval":[3193,3198]},"digit",[]]],["star",{"sourceInterval":[3200,3213]},["seq",{"sourceInterval":[3201,3211]},["terminal",{"sourceInterval":[3201,3204]},"_"],["plus",{"sourceInterval":[3205,3211]},["app",{"sourceInterval":[3205,3210]},"digit",[]]]]]]],"unitMark":["define",{"sourceInterval":[3216,3264]},null,[],["alt",{"sourceInterval":[3227,3264]},["app",{"sourceInterval":[3227,3233]},"letter",[]],["app",{"sourceInterval":[3236,3241]},"digit",[]],["terminal",{"sourceInterval":[3244,3247]},"_"],["terminal",{"sourceInterval":[3250,3253]},"%"],["terminal",{"sourceInterval":[3256,3264]},"°"]]],"unitName":["define",{"sourceInterval":[3267,3303]},"a unit",[],["seq",{"sourceInterval":[3287,3303]},["app",{"sourceInterval":[3287,3293]},"letter",[]],["star",{"sourceInterval":[3294,3303]},["app",{"sourceInterval":[3294,3302]},"unitMark",[]]]]],"string":["define",{"sourceInterval":[3307,3374]},"a string",[],["seq",{"sourceInterval":[3327,3374]},["terminal",{"sourceInterval":[3327,3331]},"\\""],["star",{"sourceInterval":[3332,3369]},["alt",{"sourceInterval":[3333,3367]},["app",{"sourceInterval":[3333,3339]},"escape",[]],["seq",{"sourceInterval":[3342,3367]},["not",{"sourceInterval":[3342,3363]},["alt",{"sourceInterval":[3344,3362]},["terminal",{"sourceInterval":[3344,3348]},"\\""],["terminal",{"sourceInterval":[3351,3355]},"\\\\"],["terminal",{"sourceInterval":[3358,3362]},"\\n"]]],["app",{"sourceInterval":[3364,3367]},"any",[]]]]],["terminal",{"sourceInterval":[3370,3374]},"\\""]]],"escape":["define",{"sourceInterval":[3377,3416]},null,[],["seq",{"sourceInterval":[3386,3416]},["terminal",{"sourceInterval":[3386,3390]},"\\\\"],["alt",{"sourceInterval":[3392,3415]},["terminal",{"sourceInterval":[3392,3396]},"\\""],["terminal",{"sourceInterval":[3399,3403]},"\\\\"],["terminal",{"sourceInterval":[3406,3409]},"n"],["terminal",{"sourceInterval":[3412,3415]},"t"]]]],"space":["extend",{"sourceInterval":[3420,3479]},null,[],["alt",{"sourceInterval":[3429,3479]},["terminal",{"sourceInterval":[3429,3437]}," "],["terminal",{"sourceInterval":[3440,3450]},"﻿"],["app",{"sourceInterval":[3453,3464]},"lineComment",[]],["app",{"sourceInterval":[3467,3479]},"blockComment",[]]]],"lineComment":["define",{"sourceInterval":[3482,3513]},null,[],["seq",{"sourceInterval":[3496,3513]},["terminal",{"sourceInterval":[3496,3500]},"//"],["star",{"sourceInterval":[3501,3513]},["seq",{"sourceInterval":[3502,3511]},["not",{"sourceInterval":[3502,3507]},["terminal",{"sourceInterval":[3503,3507]},"\\n"]],["app",{"sourceInterval":[3508,3511]},"any",[]]]]]],"blockComment":["define",{"sourceInterval":[3516,3553]},null,[],["seq",{"sourceInterval":[3531,3553]},["terminal",{"sourceInterval":[3531,3535]},"/*"],["star",{"sourceInterval":[3536,3548]},["seq",{"sourceInterval":[3537,3546]},["not",{"sourceInterval":[3537,3542]},["terminal",{"sourceInterval":[3538,3542]},"*/"]],["app",{"sourceInterval":[3543,3546]},"any",[]]]],["terminal",{"sourceInterval":[3549,3553]},"*/"]]]}]',
);
