/** Runs `newsloom` command lines inside the test process; returns output and exit status. */
import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { type ProcessIO, runCommandLine } from '../../src/cli/cli.js';

export interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export async function newsloom(...argv: readonly string[]): Promise<Ended> {
  return await runNewsloom({}, ...argv);
}

/** With this environment. */
export async function runNewsloom(env: Readonly<Record<string, string>>, ...argv: readonly string[]): Promise<Ended> {
  const stream = () => {
    const written: string[] = [];
    return Object.assign(new EventEmitter(), {
      written,
      isTTY: false,
      write: (text: string) => written.push(text) > 0,
    });
  };
  const io = Object.assign(new EventEmitter(), {
    env,
    cwd: () => tmpdir(),
    stdin: stream(),
    stdout: stream(),
    stderr: stream(),
    exit: () => undefined,
  });
  const status = await runCommandLine(argv, io as unknown as ProcessIO);
  return { status, out: io.stdout.written.join(''), err: io.stderr.written.join('') };
}
