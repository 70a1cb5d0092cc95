/** Similar headlines. */
import { describe, expect, it } from 'vitest';
import { areSimilarHeadlines } from '../../src/text/alike.js';

describe('two headlines', () => {
  it.each([
    ['are similar after an edit', 'Ferry returns to the islands', 'Correction: ferry returns to islands', true],
    [
      'are similar with other words for an event',
      'Tide gates hold in the storm',
      'Tide gates hold, harbour says',
      true,
    ],
    ['are alike in a script without spaces', '渡輪今天返回北方群島', '渡輪明天返回北方群島', true],
    ['are not about different things', 'Ferry returns to the islands', 'Buy pills here tonight', false],
    ['are not in a script without spaces', '渡輪今天返回北方群島', '便宜藥品全部半價', false],
    ['are not if one has no letters', 'Ferry returns', '!', false],
    ['are similar if equal without letters', '?', '?', true],
  ])('%s', (_, one, other, expected) => {
    expect(areSimilarHeadlines(one, other)).toBe(expected);
    expect(areSimilarHeadlines(other, one)).toBe(expected);
  });
});
