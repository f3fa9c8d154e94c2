// How long formulas are drawn in diagrams.

import { expect, it } from 'vitest';
import { measureNode } from '../../src/plot/diagram/node-size.js';

const formula = (label: string) => measureNode({ id: 'x', label, kind: 'expression', inputs: [], outputs: ['out'], group: '' });

it('a long formula goes on in further lines, and only a very long one is cut', () => {
  expect(formula('u - 2*v')).toMatchObject({ label: 'u - 2*v', details: [] });
  expect(formula('0.5*enc_v1 + 0.1*enc_vd1 + enc_vd2')).toMatchObject({ label: '0.5*enc_v1 + 0.1*enc_vd1', details: ['+ enc_vd2'] });
  const { label, details } = formula(Array.from({ length: 40 }, (_, i) => `w${i}`).join(' + '));
  expect(details).toHaveLength(4);
  expect(`${label} ${details.slice(0, 3).join(' ')}`).not.toContain('…');
  expect(details[3]).toMatch(/…$/);
});
