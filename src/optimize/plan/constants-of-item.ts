// Constants in an optimize item: its own `param` lines, what it varies, and the system's parameters.

import { fail } from '../../diagnostics/diagnostic.js';
import { evaluateConstant, expectInteger, expectQuantity } from '../../graph/constants.js';
import type { Quantity, Value } from '../../graph/value.js';
import type { Expression, OptimizeItem } from '../../netlist/ast.js';

/** What the item varies, at one of its variants, in SI units. */
export type Varied = ReadonlyMap<string, Quantity>;

export type Evaluate = (expression: Expression) => Value;

/** `more`: what else is known by name, such as the system's parameters. */
export function constantsOf({ body }: OptimizeItem, varied: Varied, more: (name: string) => number | undefined): Evaluate {
  const params = new Map(
    body.flatMap((statement) => (statement.kind === 'param' ? [[statement.name.name, statement.value] as const] : [])),
  );
  const open = new Set<string>();
  const evaluate: Evaluate = (expression) =>
    evaluateConstant(expression, (name, span) => {
      const known = varied.get(name);
      if (known !== undefined) return known;
      const param = params.get(name);
      if (param !== undefined) {
        if (open.has(name)) fail('DL214', span, `'${name}' is defined by itself`);
        open.add(name);
        const value = evaluate(param);
        open.delete(name);
        return value;
      }
      const value = more(name);
      if (value !== undefined) return { kind: 'quantity', value, span };
      return fail('DL201', span, `unknown name '${name}'`, {
        why: 'here stand numbers, what the item varies, its own params and parameters of the system',
      });
    });
  return evaluate;
}

/** The number of a count statement; `otherwise` where there is none. */
export function countOf(item: OptimizeItem, kind: 'batch' | 'restarts' | 'finalists', otherwise: number, most: number): number {
  const [statement, second] = item.body.filter((one) => one.kind === kind);
  if (second !== undefined)
    fail('DL202', second.span, `'${kind}' is given twice`, { related: [{ message: 'given here first', span: statement!.span }] });
  if (statement === undefined || !('count' in statement)) return otherwise;
  const count = expectInteger(constantsOf(item, new Map(), () => undefined)(statement.count));
  if (count >= 1 && count <= most) return count;
  return fail('DL303', statement.count.span, `${kind} is ${count}`, { why: `'${kind}' takes whole numbers from 1 to ${most}` });
}

/** The combinations of what the item varies, the last name fastest; one without names where it varies nothing. */
export function variantsOf(item: OptimizeItem): Varied[] {
  const evaluate = constantsOf(item, new Map(), () => undefined);
  let variants: Varied[] = [new Map()];
  for (const statement of item.body) {
    if (statement.kind !== 'vary') continue;
    const list = evaluate(statement.values);
    if (list.kind !== 'list' || list.items.length === 0)
      fail('DL305', statement.values.span, `'${statement.name.name}' is varied over a list`, {
        help: `vary ${statement.name.name} = [2, 3]`,
      });
    const values = list.items.map(expectQuantity);
    const { name } = statement.name;
    if (variants[0]!.has(name)) fail('DL202', statement.name.span, `'${name}' is varied twice`);
    variants = variants.flatMap((variant) => values.map((value) => new Map([...variant, [name, value]])));
    if (variants.length > mostVariants) fail('DL303', statement.span, `more than ${mostVariants} combinations are varied`);
  }
  return variants;
}

const mostVariants = 1000;
