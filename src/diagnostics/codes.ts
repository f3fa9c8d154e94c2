// Every diagnostic has a code. This table is the list: the title says the class of the mistake, the
// message of a diagnostic says the instance. Codes are never reused for another meaning.

export const codes = {
  // 1xx: reading text
  DL101: 'syntax error',
  DL102: 'unclosed bracket, brace or string',
  DL103: 'malformed number or unknown unit',
  DL104: 'malformed YAML',
  DL105: 'YAML document does not fit the netlist schema',
  DL106: 'text is too large or too deeply nested',
  DL107: 'statement is not allowed here',
  // 2xx: names and structure
  DL201: 'unknown name',
  DL202: 'duplicate name',
  DL203: 'unknown block type or system',
  DL204: 'unknown port or parameter',
  DL205: 'input is not connected',
  DL206: 'required parameter is missing',
  DL207: 'too many arguments',
  DL208: 'unused block or name',
  DL209: 'cyclic import',
  DL210: 'system contains itself',
  DL211: 'wrong vector length or index',
  DL212: 'no such system or bench',
  DL213: 'reserved name',
  DL214: 'cyclic parameter definition',
  DL215: 'name has no single value',
  // 3xx: values, units and types
  DL301: 'unit does not fit',
  DL302: 'type does not fit',
  DL303: 'value out of range',
  DL304: 'not a constant',
  DL305: 'wrong kind of value',
  DL306: 'unknown override',
  // 4xx: clocks and loops
  DL401: 'algebraic loop',
  DL402: 'no clock for a clocked block',
  DL403: 'unknown clock or phase',
  DL404: 'bad clock definition',
  DL405: 'clock given to a block without one',
  DL406: 'too many events',
  DL407: 'events of one block fall on the same instant',
  // 5xx: benches
  DL501: 'run length is missing or not positive',
  DL502: 'unknown measure',
  DL503: 'measure cannot be taken',
  DL504: 'tone is not coherent with the record',
  DL505: 'nothing is recorded',
  DL506: 'run is too long for memory',
  // 6xx: files and data
  DL601: 'file cannot be read',
  DL602: 'file has the wrong format',
  DL603: 'data holds values that are not finite numbers',
  DL604: 'file cannot be written',
  DL605: 'results do not fit',
  DL606: 'folder is in use',
  // 7xx: numbers
  DL701: 'signal left the finite numbers',
  // 8xx: backends
  DL801: 'backend is not available',
  // 9xx: learning
  DL901: 'learned parameter without influence',
  DL902: 'no gradient of a learned parameter',
  DL903: 'objective that nothing learned changes',
  DL904: 'gradient left the finite numbers',
  DL905: 'shape does not fit the system',
  DL906: 'parameter cannot be learned',
  DL907: 'system has no gradient',
  DL908: 'no encoder to unfold',
} as const;

export type Code = keyof typeof codes;
