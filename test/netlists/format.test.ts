// Every netlist of netlists/ is in the form that `deltaloom fmt` prints.

import { expect, it } from 'vitest';
import { printLoom } from '../../src/netlist/loom/print-loom.js';
import { languageOf } from '../../src/netlist/read.js';
import { printYaml } from '../../src/netlist/yaml/print-yaml.js';
import { loadNetlist, netlistFiles } from './bench.js';

it.each(netlistFiles)('%s is formatted', (name) => {
  const { file } = loadNetlist(name);
  expect(languageOf(name) === 'yaml' ? printYaml(file) : printLoom(file)).toBe(file.source.text);
});
