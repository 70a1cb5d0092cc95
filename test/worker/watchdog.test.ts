import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { compiled } from '../support/compiled.js';

describe('the watchdog', () => {
  const module = compiled();

  /** Runs `script` under a watchdog that waits for a fifth of a second; `paused`: is stopped for longer meanwhile. */
  function run(script: string, paused: 'paused' | 'not paused' = 'not paused') {
    const code = `
      const { startWatchdog } = await import(${JSON.stringify(module('worker/watchdog'))});
      const callOff = startWatchdog({ patienceMs: 200, everyMs: 20 });
      await new Promise((wait) => setTimeout(wait, 200));
      console.log('started');
      ${script}`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', code]);
    let err = '';
    child.stderr.on('data', (text) => {
      err += text;
    });
    if (paused === 'paused') {
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

  it('does not kill one that works, is paused, or ends by itself', async () => {
    const lives = 'await new Promise((wait) => setTimeout(wait, 800)); await callOff();';
    expect(await run(lives)).toEqual({ status: 0, signal: null, err: '' });
    expect(await run(lives, 'paused')).toEqual({ status: 0, signal: null, err: '' });
    expect(await run('')).toEqual({ status: 0, signal: null, err: '' });
  });
});
