import { describe, expect, it } from 'vitest';
import { createProgress } from '../../src/observe/progress.js';

function terminal(isTTY: boolean, columns = 60) {
  const written: string[] = [];
  const write = (text: string) => {
    written.push(text);
    return true;
  };
  return { isTTY, columns, write: write as NodeJS.WriteStream['write'], written };
}

describe('createProgress', () => {
  it('draws each step over the last and removes itself', () => {
    const stream = terminal(true);
    const progress = createProgress(stream, 'on');
    progress.start('reading', 4);
    progress.step('bbc');
    progress.end();
    expect(stream.written).toEqual([
      `\r\u001b[Kreading ${'░'.repeat(24)} 0/4`,
      `\r\u001b[Kreading ${'█'.repeat(6)}${'░'.repeat(18)} 1/4 bbc`,
      '\r\u001b[K',
    ]);
  });

  it('writes log lines above the bar', () => {
    const stream = terminal(true);
    const progress = createProgress(stream, 'on');
    progress.start('reading', 1);
    progress.write('a line\n');
    expect(stream.written.slice(1)).toEqual(['\r\u001b[K', 'a line\n', stream.written[0]]);
  });

  it('assumes 80 columns if a terminal reports 0', () => {
    const stream = terminal(true, 0);
    createProgress(stream, 'on').start('reading', 2);
    expect(stream.written[0]).toContain('reading');
  });

  it('is never wider than the terminal', () => {
    const stream = terminal(true);
    const progress = createProgress(stream, 'on');
    progress.start('reading', 1);
    progress.step('x'.repeat(200));
    expect(stream.written.at(-1)).toHaveLength(59 + '\r\u001b[K'.length);
  });

  it.each([
    ['without a terminal', false, 'on'],
    ['when it is off', true, 'off'],
  ] as const)('writes nothing but log lines %s', (_, isTTY, mode) => {
    const stream = terminal(isTTY);
    const progress = createProgress(stream, mode);
    progress.start('reading', 1);
    progress.step('bbc');
    progress.write('a line\n');
    progress.end();
    expect(stream.written).toEqual(['a line\n']);
  });

  it('names slow steps and shows the duration of a phase', () => {
    const stream = terminal(true, 90);
    let now = 0;
    let tick = () => {};
    let stopped = 0;
    const timer = {
      now: () => now,
      repeat: (then: () => void) => {
        tick = then;
        return () => void stopped++;
      },
    };
    const progress = createProgress(stream, 'on', timer);
    const drawnAt = (ms: number) => {
      now = ms;
      tick();
      return stream.written.at(-1)!.replace(/^.*\d\/\d ?/s, '');
    };
    progress.start('reading', 4, ['a', 'b', 'c', 'd']);
    progress.step('b');
    expect(drawnAt(2_000)).toBe('b');
    expect(drawnAt(4_000)).toBe('waiting 4 s for a, c and 1 more');
    progress.step('a');
    progress.step('c');
    expect(drawnAt(7_000)).toBe('waiting 3 s for d');
    progress.phase('publishing');
    expect(drawnAt(8_000)).toBe('\r\u001b[Kpublishing');
    expect(drawnAt(12_000)).toBe('\r\u001b[Kpublishing 5 s');
    progress.end();
    expect(stopped).toBe(1);
  });
});
