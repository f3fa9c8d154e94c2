import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readNpz } from '../../src/io/npz.js';
import { makeWorkFolder, runCli } from './run-cli.js';

const cwd = makeWorkFolder({
  'long.loom': `system long {
  clock clk = 1MHz
  clock slow = clk / 65536
  input u : V
  x = integrator(u - x, gain: 0.5) @ clk
  output x
}
bench long {
  u = sine(freq: 10kHz, amplitude: 1V)
  run 1000000000000 ticks of clk
  record x @ slow
}
bench short of long {
  u = dc(value: 0V)
  run 10 ticks of clk
  record x
}
`,
});

it('stops at the first interrupt, exits 130 and keeps what was run', async () => {
  let isSent = false;
  const { code, stdout, stderr } = await runCli(['run', 'long.loom', '--out', 'kept', '--json'], {
    cwd,
    onStderr: (text, kill) => {
      // The note on other benches comes once the interrupt is watched for.
      if (!isSent && text.includes('others: short')) kill('SIGINT');
      isSent = true;
    },
  });
  expect(code).toBe(130);
  const { status, ticks } = JSON.parse(stdout) as { status: string; ticks: number };
  expect(status).toBe('interrupted');
  expect(ticks).toBeGreaterThan(0);
  expect(ticks).toBeLessThan(1e12);
  expect(stderr).toContain('stopping after the present piece; interrupt again to end at once\n');
  expect(stderr).toContain(`interrupted after ${ticks} ticks: measures, checks and files are of what was run\n`);
  expect(stderr).toMatch(/wrote kept\/report\.html, .*kept\/result\.json\n$/);
  const waves = readNpz(new Uint8Array(readFileSync(join(cwd, 'kept/waves.npz'))), 'waves.npz');
  expect(waves['x']!.values).toHaveLength(Math.ceil(ticks / 65536));
  expect(readFileSync(join(cwd, 'kept/report.html'), 'utf8')).toContain(`The run was interrupted after ${ticks} ticks.`);
});
