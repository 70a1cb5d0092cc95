/** `newsloom` as a shell would call it, without a process of its own: what it prints and how it ends. */
import { EventEmitter } from 'node:events';
import { run, type World } from '../../src/cli/cli.js';

export interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export async function newsloom(...argv: readonly string[]): Promise<Ended> {
  const stream = () => {
    const written: string[] = [];
    return Object.assign(new EventEmitter(), {
      written,
      isTTY: false,
      write: (text: string) => written.push(text) > 0,
    });
  };
  const world = Object.assign(new EventEmitter(), {
    env: {},
    stdout: stream(),
    stderr: stream(),
    exit: () => undefined,
  });
  const status = await run(argv, world as unknown as World);
  return { status, out: world.stdout.written.join(''), err: world.stderr.written.join('') };
}
