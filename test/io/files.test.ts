import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatDiagnostic } from '../../src/diagnostics/format.js';
import { writeFileAtomic } from '../../src/io/atomic-write.node.js';
import { csvChunks, writeCsv } from '../../src/io/csv.js';
import { errnoWords } from '../../src/io/errno-words.js';
import { readFileBytes } from '../../src/io/read-file.node.js';
import { diagnosticsOf, refusal } from './raised.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deltaloom io '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (...names: string[]): string => join(folder, ...names);
const text = (path: string): string => readFileSync(path, 'utf8');
/** The message and help of the only diagnostic, with the temporary folder written as TMP. */
function shown(call: () => unknown): string {
  const [diagnostic] = diagnosticsOf(call);
  const { code, message, help } = diagnostic!;
  return `${code}: ${message}${help === undefined ? '' : ` | ${help}`}`.replaceAll(folder, 'TMP');
}

describe('writeFileAtomic', () => {
  it('writes text, bytes and pieces, into paths with blanks', () => {
    writeFileAtomic(at('a wave.csv'), 't,v\n0,µ\n');
    expect(text(at('a wave.csv'))).toBe('t,v\n0,µ\n');
    writeFileAtomic(at('b.bin'), Uint8Array.of(0, 255, 10));
    expect([...readFileBytes(at('b.bin'))]).toEqual([0, 255, 10]);
    writeFileAtomic(at('c.bin'), ['a', Uint8Array.of(98), '', 'c']);
    expect(text(at('c.bin'))).toBe('abc');
    writeFileAtomic(at('empty'), []);
    expect(text(at('empty'))).toBe('');
    expect(readdirSync(folder).sort()).toEqual(['a wave.csv', 'b.bin', 'c.bin', 'empty']);
  });

  it('writes a table chunk by chunk', () => {
    const columns = [Float64Array.from({ length: 1000 }, (_, i) => i / 7)];
    writeFileAtomic(at('long.csv'), csvChunks(['t'], columns, 64));
    expect(text(at('long.csv'))).toBe(writeCsv(['t'], columns));
  });

  it('replaces a file, keeps its permissions, follows a symbolic link', () => {
    writeFileSync(at('old.txt'), 'a much longer old text');
    chmodSync(at('old.txt'), 0o600);
    symlinkSync(at('old.txt'), at('link.txt'));
    writeFileAtomic(at('link.txt'), 'new');
    expect(text(at('old.txt'))).toBe('new');
    expect(statSync(at('old.txt')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(['link.txt', 'old.txt']);
  });

  it('leaves the old file and no other when the content fails half-way', () => {
    writeFileSync(at('kept.txt'), 'old');
    function* broken(): Generator<string> {
      yield 'half of it';
      throw new RangeError('out of data');
    }
    expect(() => writeFileAtomic(at('kept.txt'), broken())).toThrow(new RangeError('out of data'));
    expect(() => writeFileAtomic(at('never.txt'), broken())).toThrow(RangeError);
    expect(text(at('kept.txt'))).toBe('old');
    expect(readdirSync(folder)).toEqual(['kept.txt']);
  });

  it('leaves nothing when the name is refused only at the end', () => {
    const longName = 'n'.repeat(300);
    expect(shown(() => writeFileAtomic(at(longName), 'x'))).toBe(`DL604: cannot write 'TMP/${longName}': the name is too long`);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses a folder', () => {
    mkdirSync(at('results'));
    expect(shown(() => writeFileAtomic(at('results'), 'x'))).toBe("DL604: cannot write 'TMP/results': it is a folder");
    expect(readdirSync(folder)).toEqual(['results']);
  });

  it('refuses a device, and leaves it a device', () => {
    expect(shown(() => writeFileAtomic('/dev/null', 'x'))).toBe("DL604: cannot write '/dev/null': it is not a regular file");
    expect(statSync('/dev/null').isFile()).toBe(false);
  });

  it('refuses a folder that is not there, with the nearest one', () => {
    mkdirSync(at('results'));
    expect(shown(() => writeFileAtomic(at('reslts', 'x.csv'), 'x'))).toBe(
      "DL604: cannot write 'TMP/reslts/x.csv': there is no folder 'TMP/reslts' | did you mean 'TMP/results'?",
    );
    expect(shown(() => writeFileAtomic(at('a', 'b', 'x.csv'), 'x'))).toBe(
      "DL604: cannot write 'TMP/a/b/x.csv': there is no folder 'TMP/a' | create it: mkdir -p 'TMP/a/b'",
    );
  });

  it('refuses a path through a file', () => {
    writeFileSync(at('file'), '');
    expect(shown(() => writeFileAtomic(at('file', 'x.csv'), 'x'))).toBe(
      "DL604: cannot write 'TMP/file/x.csv': a part of the path is a file, not a folder",
    );
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('refuses a folder without permission (not as root)', () => {
    mkdirSync(at('locked'), { mode: 0o500 });
    expect(shown(() => writeFileAtomic(at('locked', 'x.csv'), 'x'))).toBe("DL604: cannot write 'TMP/locked/x.csv': permission denied");
  });
});

describe('readFileBytes', () => {
  it('gives plain bytes', () => {
    writeFileSync(at('a b'), Uint8Array.of(1, 2, 3));
    const bytes = readFileBytes(at('a b'));
    expect(bytes).toEqual(Uint8Array.of(1, 2, 3));
    expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype);
  });

  it('names the nearest file when there is none', () => {
    writeFileSync(at('speech.wav'), '');
    expect(shown(() => readFileBytes(at('speach.wav')))).toBe(
      "DL601: cannot read 'TMP/speach.wav': folder 'TMP' has no 'speach.wav' | did you mean 'TMP/speech.wav'?",
    );
    expect(shown(() => readFileBytes(at('quite-other.csv')))).toBe(
      "DL601: cannot read 'TMP/quite-other.csv': folder 'TMP' has no 'quite-other.csv'",
    );
  });

  it('names the nearest folder when a folder is missing', () => {
    mkdirSync(at('data'));
    expect(shown(() => readFileBytes(at('dta', 'speech.wav')))).toBe(
      "DL601: cannot read 'TMP/dta/speech.wav': folder 'TMP' has no 'dta' | did you mean 'TMP/data'?",
    );
  });

  it('speaks of the working folder for bare names', () => {
    expect(refusal(() => readFileBytes('no-such-file.wav'))).toBe(
      "DL601: cannot read 'no-such-file.wav': the working folder has no 'no-such-file.wav'",
    );
  });

  it('refuses a folder, a path through a file, an impossible name', () => {
    writeFileSync(at('file'), '');
    expect(shown(() => readFileBytes(folder))).toBe("DL601: cannot read 'TMP': it is a folder");
    expect(shown(() => readFileBytes(at('file', 'x')))).toBe("DL601: cannot read 'TMP/file/x': a part of the path is a file, not a folder");
    expect(shown(() => readFileBytes('a\0b'))).toBe("DL601: cannot read 'a\0b': the path holds a character that no path may hold");
  });

  it('points at the place in the netlist', () => {
    const source = { name: 'x.loom', text: 'u = file("gone.wav")\n' };
    const [diagnostic] = diagnosticsOf(() => readFileBytes('gone.wav', { source, start: 9, end: 19 }));
    expect(formatDiagnostic(diagnostic!)).toBe(
      [
        "x.loom:1:10 error[DL601] cannot read 'gone.wav': the working folder has no 'gone.wav'",
        '  1 | u = file("gone.wav")',
        '    |          ^^^^^^^^^^',
        '  why:  the file or a folder on its path does not exist',
      ].join('\n'),
    );
  });
});

describe('errnoWords', () => {
  it.each([
    ['ENOSPC', 'the disk is full'],
    ['EACCES', 'permission denied'],
    ['EROFS', 'the file system is read-only'],
  ])('%s is said as: %s', (code, words) => {
    expect(errnoWords(Object.assign(new Error(`${code}: raw text`), { code }))).toBe(words);
  });

  it('passes other errors on in their own words', () => {
    expect(errnoWords(Object.assign(new Error('EXYZ: strange'), { code: 'EXYZ' }))).toBe('EXYZ: strange');
    expect(errnoWords('text')).toBe('text');
  });
});
