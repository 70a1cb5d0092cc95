/** Similar headlines. */
import { describe, expect, it } from 'vitest';
import { areAlike } from '../../src/text/alike.js';

describe('two headlines', () => {
  it.each([
    ['are alike where one is edited', 'Ferry returns to the islands', 'Correction: ferry returns to islands', true],
    ['are alike where an event has other words', 'Tide gates hold in the storm', 'Tide gates hold, harbour says', true],
    ['are alike in a script without spaces', '渡輪今天返回北方群島', '渡輪明天返回北方群島', true],
    ['are not where they tell of other things', 'Ferry returns to the islands', 'Buy pills here tonight', false],
    ['are not in a script without spaces', '渡輪今天返回北方群島', '便宜藥品全部半價', false],
    ['are not where one says nothing', 'Ferry returns', '!', false],
    ['are alike where both say the same nothing', '?', '?', true],
  ])('%s', (_, one, other, expected) => {
    expect(areAlike(one, other)).toBe(expected);
    expect(areAlike(other, one)).toBe(expected);
  });
});
