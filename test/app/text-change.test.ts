/** Differences of texts, and taking one back from a later text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTexts, revertChange } from '../../src/app/desk/text-change.js';

const lines = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', 'd\n', '\n'), { maxLength: 12 }).map((all) => all.join(''));

describe('a change', () => {
  it('is taken back from the text that it made, or refused', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const reverted = revertChange(after, compareTexts(before, after));
        expect([before, null]).toContain(reverted);
      }),
    );
  });

  it('is taken back if its lines are unique', () => {
    const unique = fc.uniqueArray(fc.integer(), { maxLength: 12 }).map((all) => all.map((n) => `${n}\n`).join(''));
    fc.assert(
      fc.property(unique, unique, (before, after) => {
        expect(revertChange(after, compareTexts(before, after))).toBe(before);
      }),
    );
  });

  it('is taken back alone after later changes', () => {
    const texts = ['# head\n', '# head\n- one\n', '# head\n- one\n- two\n', '# head\n- one\n- two\n- three\n'];
    expect(revertChange(texts[3]!, compareTexts(texts[0]!, texts[1]!))).toBe('# head\n- two\n- three\n');
    expect(revertChange(texts[3]!, compareTexts(texts[1]!, texts[2]!))).toBe('# head\n- one\n- three\n');
  });

  it('restores removed lines at their place', () => {
    const [before, after] = ['- one\n- two\n- three\n', '- one\n- three\n'];
    expect(revertChange(`${after}- four\n`, compareTexts(before, after))).toBe('- one\n- two\n- three\n- four\n');
  });

  it('is refused if its lines were changed since', () => {
    const change = compareTexts('- one\n', '- one\n- two\n');
    expect(revertChange('- one\n- two, and more\n', change)).toBe(null);
  });

  it('is refused if its place is not certain', () => {
    const change = compareTexts('a\nx\nb\n', 'a\nb\n');
    expect(revertChange('a\nb\na\nb\n', change)).toBe(null);
  });
});
