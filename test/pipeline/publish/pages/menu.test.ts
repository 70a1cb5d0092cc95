import { describe, expect, it } from 'vitest';
import { chooseMenu } from '../../../../src/pipeline/publish/pages/menu.js';

/** Topics a, b, c … with these article counts. */
const topics = (...counts: number[]) => counts.map((recent, i) => ({ id: String.fromCharCode(97 + i), recent }));
const menu = (counts: readonly number[], before = '') => chooseMenu(topics(...counts), [...before]).join('');

describe('chooseMenu', () => {
  it('selects the eight topics with the most articles, in config order', () => {
    expect(menu([1, 9, 8, 7, 6, 5, 4, 3, 2, 0])).toBe('bcdefghi');
  });
  it('selects all of up to eight topics', () => {
    expect(menu([0, 3, 1])).toBe('abc');
  });
  it('keeps the menu until another topic has 1.5 times the articles of the weakest one', () => {
    expect(menu([5, 5, 5, 5, 5, 5, 5, 4, 5], 'abcdefgh')).toBe('abcdefgh');
    expect(menu([5, 5, 5, 5, 5, 5, 5, 4, 6], 'abcdefgh')).toBe('abcdefgi');
  });
  it('selects the whole menu again then', () => {
    expect(menu([9, 9, 9, 9, 9, 9, 5, 4, 6, 6], 'abcdefgh')).toBe('abcdefij');
  });
  it('replaces only a topic that was removed', () => {
    expect(menu([1, 1, 1, 1, 1, 1, 1, 2, 3], 'abcdefgz')).toBe('abcdefgi');
  });
  it('ignores topics without recent articles', () => {
    expect(menu([0, 0, 0, 0, 0, 0, 0, 0, 0], 'bcdefghi')).toBe('bcdefghi');
    expect(menu([1, 0, 0, 0, 0, 0, 0, 0, 0], 'bcdefghi')).toBe('abcdefgh');
  });
  it('resolves ties by id', () => {
    expect(chooseMenu(topics(1, 1, 1, 1, 1, 1, 1, 1, 1).reverse(), []).join('')).toBe('hgfedcba');
  });
});
