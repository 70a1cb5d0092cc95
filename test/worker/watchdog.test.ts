import { spawn, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { compiled } from '../support/compiled.js';

describe('the watchdog', () => {
  const module = compiled();

  /** As process 1, like a container's, that no signal from inside of it ends. */
  const AS_FIRST = ['unshare', '--pid', '--fork', '--kill-child'];
  const mayBeFirst = spawnSync(AS_FIRST[0]!, [...AS_FIRST.slice(1), 'true']).status === 0;

  /** Runs `script` under a watchdog that waits for a fifth of a second; `paused`: is stopped for longer meanwhile. */
  function run(
    script: string,
    what: 'left alone' | 'paused' | 'ended once it says something' = 'left alone',
    by: readonly string[] = [],
  ) {
    const code = `
      const { startWatchdog } = await import(${JSON.stringify(module('worker/watchdog'))});
      const callOff = startWatchdog({ patienceMs: 200, everyMs: 20 });
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
        setTimeout(() => child.kill('SIGCONT'), 600);
      });
    }
    return new Promise<{ status: number | null; signal: string | null; err: string }>((end) =>
      child.once('close', (status, signal) => end({ status, signal, err })),
    );
  }

  it('kills a process whose event loop is blocked, and logs it', async () => {
    const { signal, err } = await run('for (;;);');
    expect(signal).toBe('SIGKILL');
    expect(JSON.parse(err)).toMatchObject({ level: 'fatal', msg: expect.stringContaining('hangs in one step') });
  });

  it.skipIf(!mayBeFirst)('says what to do where the process cannot be ended from inside of its container', async () => {
    const { err } = await run('for (;;);', 'ended once it says something', AS_FIRST);
    expect(JSON.parse(err.split('\n')[0]!)).toMatchObject({ msg: expect.stringContaining('start that with --init') });
  });

  it('does not kill one that works, is paused, or ends by itself', async () => {
    const lives = 'await new Promise((wait) => setTimeout(wait, 800)); await callOff();';
    expect(await run(lives)).toEqual({ status: 0, signal: null, err: '' });
    expect(await run(lives, 'paused')).toEqual({ status: 0, signal: null, err: '' });
    expect(await run('')).toEqual({ status: 0, signal: null, err: '' });
  });
});
