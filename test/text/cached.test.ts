import { describe, expect, it, vi } from 'vitest';
import { cacheByObject, cacheByText } from '../../src/text/cached.js';

describe('cacheByText', () => {
  it('computes each result once', () => {
    const compute = vi.fn((text: string) => (text === '' ? null : text.length));
    const measure = cacheByText(compute);
    expect(['', 'ferry', '', 'ferry'].map(measure)).toEqual([null, 5, null, 5]);
    expect(compute).toHaveBeenCalledTimes(2);
  });

  it('keeps a limited number of results', () => {
    const compute = vi.fn((text: string) => text.length);
    const measure = cacheByText(compute);
    for (let n = 0; n <= 500; n++) expect(measure(`ferry ${n}`)).toBe(`ferry ${n}`.length);
    expect(measure('ferry 0')).toBe(7);
    expect(compute).toHaveBeenCalledTimes(502);
  });
});

it('cacheByObject keeps results by identity', () => {
  const compute = vi.fn((names: readonly string[]) => names.join(' '));
  const join = cacheByObject(compute);
  const names = ['Ilse', 'Tarn'];
  expect([join(names), join(names), join([...names])]).toEqual(['Ilse Tarn', 'Ilse Tarn', 'Ilse Tarn']);
  expect(compute).toHaveBeenCalledTimes(2);
});
