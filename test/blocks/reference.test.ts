// The reference page: each block with all it declares, and the committed page is the generated one.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { blockReference } from '../../src/blocks/reference.js';
import { gradientText } from '../../src/optimize/gradient-support.js';
import { feedthroughOf } from '../../src/schedule/feedthrough.js';
import { gpuRefusalOf } from '../../src/simulate/gpu-support.js';
import { families } from '../../src/blocks/registry.js';

const page = blockReference(feedthroughOf, gpuRefusalOf, gradientText);

test('the committed page is that of the declarations', () => {
  expect(readFileSync(new URL('../../docs/blocks.md', import.meta.url), 'utf8')).toBe(page);
});

test('the support table says why the gpu backend does not carry a block', () => {
  const refused = blockReference(feedthroughOf, ({ type }) => (type === 'fir' ? 'it is too long' : undefined), gradientText);
  expect(refused).toContain('| `delay` | yes | yes | yes | yes | yes | yes |\n');
  expect(refused).toContain('| `fir` | yes | yes | yes | yes | no: it is too long | yes |\n');
});

test('every block has a section that names its ports and parameters', () => {
  const sections = new Map(
    page
      .split(/^### /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')), section]),
  );
  for (const block of families.flatMap((family) => family.blocks)) {
    const section = sections.get(block.type) ?? '';
    expect(section).toContain(block.doc);
    expect(section).toContain(block.example);
    for (const name of [...Object.keys(block.inputs), ...Object.keys(block.outputs), ...Object.keys(block.params)])
      expect(section).toContain(`| \`${name}\` |`);
  }
});

test('a section reads as it should', () => {
  const start = page.indexOf('### comparator');
  expect(page.slice(start, page.indexOf('### schmitt'))).toBe(`### comparator

Latched comparator: decides at its event and holds the decision. \`a > b\` in an expression is one without a latch.

\`\`\`text
out[n] = plus[n] - minus[n] > offset + offset_sigma*g0 + noise*g[n]
g: normal, mean 0, variance 1
\`\`\`

| Input | Unit | Meaning | Unconnected |
| --- | --- | --- | --- |
| \`plus\` | \`*\` | Positive input. | an error |
| \`minus\` | \`*\` | Negative input. | 0 |

| Output | Unit | Meaning | Feedthrough from |
| --- | --- | --- | --- |
| \`out\` | bit | 1 when the positive input is above the negative one. | \`minus\`, \`plus\` |

| Parameter | Unit | Default | Range | Kind | Meaning |
| --- | --- | --- | --- | --- | --- |
| \`offset\` | \`*\` | 0 |  | tunable | Input offset. Effect: offset. |
| \`offset_sigma\` | \`*\` | 0 | at least 0 | tunable | Standard deviation of a further offset that is drawn once a run. Effect: offset. |
| \`noise\` | \`*\` | 0 | at least 0 | tunable | Input noise: standard deviation at each decision. Effect: noise. |
| \`gradient\` |  | \`clipped\` | \`clipped\`, \`straight\`, \`tanh\`, \`none\` | choice | Gradient for optimizing; runs do not see it. \`clipped\`: constant within the range, 0 outside; \`straight\`: constant everywhere; \`tanh\`: that of a tanh; \`none\`: 0. |
| \`gradient_width\` | \`*\` | 1 |  | number | How far from the threshold the gradient of the decision reaches; its slope is 1/(2*gradient_width). |
| \`initial\` |  | \`low\` | \`low\`, \`high\` | choice | Output before the first event. |

Clock: one event, \`@ clk\`.

\`\`\`loom
y = comparator(u, 0.5V) @ clk.p1
\`\`\`

`);
});
