import { describe, expect, it } from 'vitest';
import { chooseMenu } from '../../../../src/pipeline/publish/pages/menu.js';

/** Topics a, b, c … with these numbers of articles. */
const topics = (...counts: number[]) => counts.map((recent, i) => ({ id: String.fromCharCode(97 + i), recent }));
const menu = (counts: readonly number[], before = '') => chooseMenu(topics(...counts), [...before]).join('');

describe('the menu', () => {
  it('has the eight topics with the most articles, in the order of the config', () => {
    expect(menu([1, 9, 8, 7, 6, 5, 4, 3, 2, 0])).toBe('bcdefghi');
  });
  it('has all topics while there are no more than eight', () => {
    expect(menu([0, 3, 1])).toBe('abc');
  });
  it('stays while no other topic has half as many again as its weakest', () => {
    expect(menu([5, 5, 5, 5, 5, 5, 5, 4, 5], 'abcdefgh')).toBe('abcdefgh');
    expect(menu([5, 5, 5, 5, 5, 5, 5, 4, 6], 'abcdefgh')).toBe('abcdefgi');
  });
  it('is chosen anew as a whole, once one is', () => {
    expect(menu([9, 9, 9, 9, 9, 9, 5, 4, 6, 6], 'abcdefgh')).toBe('abcdefij');
  });
  it('fills the room of a topic that is gone, and stays otherwise', () => {
    expect(menu([1, 1, 1, 1, 1, 1, 1, 2, 3], 'abcdefgz')).toBe('abcdefgi');
  });
  it('does not change for topics of which there is no news', () => {
    expect(menu([0, 0, 0, 0, 0, 0, 0, 0, 0], 'bcdefghi')).toBe('bcdefghi');
    expect(menu([1, 0, 0, 0, 0, 0, 0, 0, 0], 'bcdefghi')).toBe('abcdefgh');
  });
  it('goes by id where as many were written', () => {
    expect(chooseMenu(topics(1, 1, 1, 1, 1, 1, 1, 1, 1).reverse(), []).join('')).toBe('hgfedcba');
  });
});
