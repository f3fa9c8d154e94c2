// Turns what is wrong with one block into diagnostics: unknown and missing ports and parameters, values out
// of range, choices that do not exist.

import { eventNames, isClocked, type Block } from '../../blocks/define.js';
import type { DiagnosticBag } from '../../diagnostics/diagnostic.js';
import { didYouMean } from '../../diagnostics/suggest.js';
import { reportName, typeMessage, type ErrorPlace } from './shape-errors.js';

/** `owner` is the name the block has in the netlist; `block` its type if that is known. */
export function reportBlockErrors(places: readonly ErrorPlace[], owner: string, block: Block | undefined, bag: DiagnosticBag): void {
  for (const place of places) {
    const { error, path, span } = place;
    const label = path.length === 0 ? `'${owner}'` : `'${path[0]}' of ${block === undefined ? `'${owner}'` : block.type}`;
    const limit = (error.params as { limit?: number }).limit;
    switch (error.keyword) {
      case 'additionalProperties':
        reportUnknown((error.params as { additionalProperty: string }).additionalProperty, place, block, bag);
        break;
      case 'required':
        reportMissing((error.params as { missingProperty: string }).missingProperty, place, owner, block, bag);
        break;
      case 'pattern':
        reportName(error.propertyName!, span, bag);
        break;
      case 'type':
        bag.error('DL305', span, typeMessage(label, error));
        break;
      case 'enum': {
        const choices = (error.params as { allowedValues: string[] }).allowedValues;
        bag.error('DL305', span, `${label} cannot be '${String(error.data)}'`, {
          why: `it is one of ${choices.join(', ')}`,
          help: didYouMean(String(error.data), choices),
        });
        break;
      }
      case 'minimum':
        bag.error('DL303', span, `${label} must be at least ${limit}, not ${String(error.data)}`);
        break;
      case 'exclusiveMinimum':
        bag.error('DL303', span, `${label} must be above ${limit}, not ${String(error.data)}`);
        break;
      case 'maximum':
        bag.error('DL303', span, `${label} must be at most ${limit}, not ${String(error.data)}`);
        break;
      default:
        throw new Error(`internal: schema keyword ${error.keyword} has no message`);
    }
  }
}

function reportUnknown(name: string, { span }: ErrorPlace, block: Block | undefined, bag: DiagnosticBag): void {
  if (block === undefined) {
    bag.error('DL105', span, `unknown key '${name}' beside 'expr'`, { why: 'an expression has the keys expr and at' });
    return;
  }
  if (name === 'at') {
    const events = eventNames(block);
    if (events.length > 0)
      bag.error('DL405', span, `${block.type} has an edge for each of its events`, {
        help: `write ${events.map((event) => `${event}: clk`).join(', ')}`,
      });
    else if (!isClocked(block))
      bag.error('DL405', span, `${block.type} has no clock`, { why: 'it follows its inputs', help: "remove 'at'" });
    return;
  }
  const known = [...Object.keys(block.inputs), ...Object.keys(block.params), ...eventNames(block)];
  bag.error('DL204', span, `${block.type} has no input or parameter '${name}'`, { help: didYouMean(name, known) });
}

function reportMissing(name: string, { keySpan }: ErrorPlace, owner: string, block: Block | undefined, bag: DiagnosticBag): void {
  if (block === undefined) bag.error('DL105', keySpan, `'${owner}' has no '${name}'`);
  else if (Object.hasOwn(block.inputs, name))
    bag.error('DL205', keySpan, `input '${name}' of ${block.type} '${owner}' is not connected`, {
      help: `write '${name}: …', a signal or an expression`,
    });
  else
    bag.error('DL206', keySpan, `parameter '${name}' of ${block.type} '${owner}' is missing`, {
      why: block.params[name]!.doc.replace(/\.$/, ''),
      help: `write '${name}: …'`,
    });
}
