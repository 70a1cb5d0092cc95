import { describe, expect, it, vi } from 'vitest';
import { rememberByLanguage, rememberWords, stemReader } from '../../src/text/word-memo.js';

describe('rememberWords', () => {
  it('computes a recurring word once, also if the result is null', () => {
    const compute = vi.fn((raw: string) => (raw === 'the' ? null : raw.length));
    const read = rememberWords(compute, 10);
    expect(['the', 'port', 'the', 'port'].map(read)).toEqual([null, 4, null, 4]);
    expect(compute).toHaveBeenCalledTimes(2);
  });

  it('begins again when it is full', () => {
    const compute = vi.fn((raw: string) => raw);
    const read = rememberWords(compute, 2);
    expect(['a', 'b', 'c', 'a', 'c'].map(read)).toEqual(['a', 'b', 'c', 'a', 'c']);
    expect(compute.mock.calls.flat()).toEqual(['a', 'b', 'c', 'a']);
  });
});

describe('rememberByLanguage', () => {
  it('separates languages', () => {
    const readers = rememberByLanguage((raw, language) => `${language} ${raw}`);
    expect([readers('en')('die'), readers('de')('die'), readers('en')('die')]).toEqual(['en die', 'de die', 'en die']);
  });

  it('returns correct results for any number of languages', () => {
    const readers = rememberByLanguage((raw, language) => `${language} ${raw}`);
    const languages = Array.from({ length: 250 }, (_, number) => `x${number}`);
    expect(languages.map((language) => readers(language)('a'))).toEqual(languages.map((language) => `${language} a`));
  });
});

describe('stemReader', () => {
  it('normalises and stems by language', () => {
    expect(stemReader('en')('Ministers’')).toEqual({ word: 'ministers', stem: 'minist' });
    expect(stemReader('xx')('Ministers')).toEqual({ word: 'ministers', stem: 'ministers' });
  });
});
