import { describe, expect, it } from 'vitest';
import { runDocument } from '../../src/cli/run-document.js';
import { pointsProgress, reportProgress, ticksProgress } from '../../src/cli/progress.js';
import { runBench } from '../../src/analysis/run-bench.js';
import { loadText } from '../../src/index.js';
import { tiny } from './run-cli.js';

describe('runDocument', () => {
  it('survives names and numbers that JSON does not', async () => {
    const result = await runBench(loadText(tiny));
    const [top] = result.measures;
    const odd = { ...top!, name: '__proto__', value: NaN, details: { constructor: { value: -Infinity, unit: 'dB' } } };
    const document = runDocument(
      {
        ...result,
        measures: [odd, { ...top!, name: 'toString' }],
        checks: [
          { text: 'a', pass: false, unit: '' },
          { text: 'b', pass: false, value: Infinity, unit: '' },
        ],
      },
      [],
    );
    const text = JSON.stringify(document);
    expect(text).toContain(
      '"measures":{"__proto__":{"value":null,"note":"the value is NaN","unit":"V","details":{"constructor":{"value":null,"note":"the value is -Infinity","unit":"dB"}}},"toString":{"value":0.',
    );
    expect(text).toContain(
      '"checks":[{"text":"a","pass":false,"value":null},{"text":"b","pass":false,"value":null,"note":"the value is Infinity"}]',
    );
  });
});

describe('reportProgress', () => {
  const record = (isTTY: boolean): { written: string[]; at: (timeMs: number, done: number) => void; end: () => void } => {
    const written: string[] = [];
    let time = 0;
    const progress = reportProgress({ isTTY, write: (text: string) => written.push(text) }, ticksProgress, () => time);
    const at = (timeMs: number, done: number): void => {
      time = timeMs;
      progress.update({ done, total: 100e6 });
    };
    return { written, at, end: progress.end };
  };

  it('rewrites one line of a terminal after the first second, and clears it', () => {
    const { written, at, end } = record(true);
    at(999, 1e6);
    expect(written).toEqual([]);
    at(1000, 10e6);
    at(1050, 11e6);
    at(1200, 12e6);
    end();
    expect(written).toEqual([
      '\r\u001b[K10.0 of 100 Mticks (10%), 10.0 Mticks/s, 9 s left',
      '\r\u001b[K12.0 of 100 Mticks (12%), 10.0 Mticks/s, 9 s left',
      '\r\u001b[K',
    ]);
  });

  it('writes a plain line every ten seconds elsewhere', () => {
    const { written, at, end } = record(false);
    at(9_999, 1e6);
    at(10_000, 2e6);
    at(15_000, 3e6);
    at(20_000, 4e6);
    end();
    expect(written).toEqual([
      '2.00 of 100 Mticks (2%), 0.200 Mticks/s, 8 min left\n',
      '4.00 of 100 Mticks (4%), 0.200 Mticks/s, 8 min left\n',
    ]);
  });

  it('tells points, their speed without those of an earlier run, and the worst', () => {
    const worst = 'worst so far: point 12, sndr > 80dB by -3.00';
    expect(pointsProgress({ done: 640, total: 10_000, before: 0, worst: '' }, 2000)).toBe(
      '640 of 10000 points (6%), 320 points/s, 30 s left',
    );
    expect(pointsProgress({ done: 640, total: 10_000, before: 600, worst }, 20_000)).toBe(
      `640 of 10000 points (6%), 2.00 points/s, 78 min left, ${worst}`,
    );
  });
});
