/** Sorting entries of the desk file. */
import { describe, expect, it } from 'vitest';
import { orderEntries } from '../../src/config/edit/order-desk.js';

const HEAD = '# Decisions\n\n';

describe('sorting entries', () => {
  it('moves entries with their comments, and leaves others in their places', () => {
    const text = `${HEAD}- { article: a, pin: true } # first\n- { article: b, hide: true }\n# about c\n- article: c\n  pin: true\n  # below c\n\n- { article: d, pin: true }\n`;
    expect(orderEntries(text, [3, 2, 0])).toBe(
      `${HEAD}- { article: d, pin: true }\n- { article: b, hide: true }\n# about c\n- article: c\n  pin: true\n  # below c\n\n- { article: a, pin: true } # first\n`,
    );
  });

  it('returns the same text for the same order', () => {
    const text = `${HEAD}- { article: a, pin: true }\n- { article: b, pin: true }`;
    expect(orderEntries(`${text}\n`, [0, 1])).toBe(`${text}\n`);
    expect(orderEntries(text, [1, 0])).toBe(`${HEAD}- { article: b, pin: true }\n- { article: a, pin: true }\n`);
  });

  it('refuses what it cannot sort', () => {
    expect(orderEntries('[{ article: a }, { article: b }]\n', [1, 0])).toBe(null);
    expect(orderEntries('- { article: a }\n- { article: b }\n', [0, 0])).toBe(null);
    expect(orderEntries('- { article: a }\n- { article: b }\n', [0, 2])).toBe(null);
    expect(orderEntries('- &x { article: a }\n- *x\n', [1, 0])).toBe(null);
  });
});
