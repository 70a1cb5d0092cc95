import { spawn, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { compiled } from '../support/compiled.js';

describe('the watchdog', () => {
  const module = compiled();

  /** Runs as process 1, like in a container, which signals from inside cannot kill. */
  const AS_FIRST = ['unshare', '--pid', '--fork', '--kill-child'];
  const mayBeFirst = spawnSync(AS_FIRST[0]!, [...AS_FIRST.slice(1), 'true']).status === 0;

  /** Patience for hanging and for working processes: a busy machine may stall for a fifth of a second. */
  const SHORT = 200;
  const LONG = 1_500;

  /** Runs `script` under a watchdog; `paused`: suspended for longer than its patience. */
  function run(
    script: string,
    what: 'left alone' | 'paused' | 'ended once it says something' = 'left alone',
    by: readonly string[] = [],
    patienceMs = SHORT,
  ) {
    const code = `
      const { startWatchdog } = await import(${JSON.stringify(module('worker/watchdog'))});
      const callOff = startWatchdog({ patienceMs: ${patienceMs}, everyMs: ${patienceMs / 10} });
      await new Promise((wait) => setTimeout(wait, 200));
      console.log('started');
      ${script}`;
    const [command, ...argv] = [...by, process.execPath, '--input-type=module', '--eval', code];
    const child = spawn(command!, argv);
    let err = '';
    child.stderr.on('data', (text) => {
      err += text;
      if (what === 'ended once it says something' && err.includes('\n')) child.kill('SIGKILL');
    });
    if (what === 'paused') {
      child.stdout.once('data', () => {
        child.kill('SIGSTOP');
        setTimeout(() => child.kill('SIGCONT'), 2 * patienceMs);
      });
    }
    return new Promise<{ status: number | null; signal: string | null; err: string }>((end) =>
      child.once('close', (status, signal) => end({ status, signal, err })),
    );
  }

  it('kills a process whose event loop is blocked, and logs it', async () => {
    const { signal, err } = await run('for (;;);');
    expect(signal).toBe('SIGKILL');
    expect(JSON.parse(err)).toMatchObject({
      level: 'fatal',
      msg: expect.stringContaining('the event loop is blocked'),
    });
  });

  it.skipIf(!mayBeFirst)('names a remedy if the process cannot be killed inside its container', async () => {
    const { err } = await run('for (;;);', 'ended once it says something', AS_FIRST);
    expect(JSON.parse(err.split('\n')[0]!)).toMatchObject({
      msg: expect.stringContaining('start the container with --init'),
    });
  });

  it('does not kill a process that works, is suspended, or ends by itself', async () => {
    const lives = `await new Promise((wait) => setTimeout(wait, ${2 * LONG})); await callOff();`;
    const well = { status: 0, signal: null, err: '' };
    const all = [run(lives, 'left alone', [], LONG), run(lives, 'paused', [], LONG), run('', 'left alone', [], LONG)];
    expect(await Promise.all(all)).toEqual([well, well, well]);
  });
});
