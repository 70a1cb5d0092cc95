import { describe, expect, it } from 'vitest';
import { parseDuration, parseSize } from '../../src/config/quantities.js';

describe('parseDuration', () => {
  it.each([
    ['0s', 0],
    ['250ms', 250],
    ['1.5s', 1500],
    ['30m', 1_800_000],
    ['2h', 7_200_000],
    ['400d', 34_560_000_000],
    ['1w', 604_800_000],
  ])('%s → %i ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', '30', '-1s', '1 s', '1M', 'm', '1h30m'])('rejects "%s"', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

describe('parseSize', () => {
  it.each([
    ['10MB', 10_000_000],
    ['10 MiB', 10_485_760],
    ['1.5kB', 1500],
    [2048, 2048],
  ])('%s → %i bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  it.each(['10', 'MB', '10mb', '-1kB'])('rejects "%s"', (text) => {
    expect(parseSize(text)).toBeNull();
  });
});
