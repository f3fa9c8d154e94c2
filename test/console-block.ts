// A fenced console block as commands with the output and the exit status that the page shows. Of the
// commands only those of deltaloom are run, by a POSIX shell in which `npx deltaloom` is this build.

import { spawnSync } from 'node:child_process';

export interface ShownCommand {
  readonly command: string;
  /** Lines shown below the command; none if the page shows no output. */
  readonly output: readonly string[];
  /** What a following `$ echo $?` shows. */
  readonly status: number | undefined;
}

export interface CommandResult {
  readonly status: number;
  /** Standard output and standard error as a terminal shows them. */
  readonly output: string;
}

/**
 * Commands of a block: the lines after `$ ` where the block has such lines, with their output below; else
 * every line that is neither empty nor a comment. A backslash at the end continues a command.
 */
export function readConsoleBlock(text: string): ShownCommand[] {
  const lines = text
    .replace(/\\\n\s*/g, '')
    .trimEnd()
    .split('\n');
  const hasPrompts = lines.some((line) => line.startsWith('$ '));
  const commands: { command: string; output: string[] }[] = [];
  for (const line of lines) {
    if (hasPrompts && !line.startsWith('$ ')) {
      if (commands.length === 0) throw new Error(`output before the first command: ${line}`);
      commands.at(-1)!.output.push(line);
    } else if (hasPrompts || (line.trim() !== '' && !line.startsWith('#'))) {
      commands.push({ command: line.replace(/^\$ /, '').trim(), output: [] });
    }
  }
  return commands.flatMap(({ command, output }, i) => {
    if (command === 'echo $?') return [];
    const next = commands[i + 1];
    return [{ command, output: trimBlank(output), status: next?.command === 'echo $?' ? Number(next.output[0]) : undefined }];
  });
}

const trimBlank = (lines: readonly string[]): string[] => lines.slice(0, lines.findLastIndex((line) => line.trim() !== '') + 1);

export const isDeltaloomCommand = (command: string): boolean => /^npx deltaloom\b/.test(command);

/** Runs one command in `folder`; `npx deltaloom` runs the script at `main`. */
export function runCommand(command: string, folder: string, main: string): CommandResult {
  const script = `npx() { [ "$1" = deltaloom ] || return 127; shift; "$NODE" "$MAIN" "$@"; }\nexec 2>&1\n${command}\n`;
  const env = { ...process.env, NODE: process.execPath, MAIN: main, NO_COLOR: '1' };
  const result = spawnSync('sh', ['-c', script], { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (result.error !== undefined) throw result.error;
  return { status: result.status ?? 128, output: result.stdout };
}

/** True if `output` is what the page shows: a line of `…` stands for any lines, `…` in a line for any text. */
export function matchesShown(shown: readonly string[], output: string): boolean {
  const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const lineOf = (line: string): string =>
    line.trim() === '…' ? '(?:.*\\n)*?' : `${line.trimEnd().split('…').map(escape).join('.*')}[ \\t]*\\n`;
  return new RegExp(`^${shown.map(lineOf).join('')}\\n*$`).test(`${output.trimEnd()}\n`);
}
