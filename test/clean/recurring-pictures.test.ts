/** Pictures that many items of a document share. */
import { describe, expect, it } from 'vitest';
import { clean } from '../../src/clean/clean.js';
import { keysOfPictures, recurringPictures, withOwnPicture } from '../../src/clean/recurring-pictures.js';
import type { Item } from '../../src/model/item.js';
import { aContext, aFeed, anItem } from '../support/an-item.js';

const image = (url: string, width: number | null = null) => ({ url, width, height: null, alt: null });
const LOGO = 'https://paper.example/seal.png';
const draftsOf = (...items: Partial<Item>[]) => clean(aFeed(items.map((said) => anItem(said))), aContext()).drafts;
const chosen = (...items: Partial<Item>[]) => {
  const drafts = draftsOf(...items);
  const recurring = new Set(recurringPictures(drafts.map(keysOfPictures), []));
  return drafts.map((draft) => withOwnPicture(draft, recurring).image?.url ?? null);
};

describe('a picture that recurs', () => {
  it('is none of an article, in whatever size it comes; the next best is', () => {
    const photo = 'https://paper.example/photo.jpg';
    expect(
      chosen(
        { images: [image(LOGO, 800)] },
        { images: [image(`${LOGO}?w=640`, 640), image(photo, 320)] },
        { images: [image(LOGO)] },
        { images: [image('https://paper.example/another.jpg')] },
      ),
    ).toEqual([null, photo, null, 'https://paper.example/another.jpg']);
  });

  it('is that of the articles where two share it, or fewer than a third', () => {
    expect(chosen({ images: [image(LOGO)] }, { images: [image(LOGO)] })).toEqual([LOGO, LOGO]);
    const others = Array.from({ length: 7 }, (_, i) => ({ images: [image(`https://paper.example/${i}.jpg`)] }));
    const three = Array.from({ length: 3 }, () => ({ images: [image(LOGO)] }));
    expect(chosen(...three, ...others).slice(0, 3)).toEqual([LOGO, LOGO, LOGO]);
  });

  it('is found among many items by their number', () => {
    const keys = Array.from({ length: 100 }, (_, i) => (i < 10 ? ['logo'] : [`${i}`]));
    expect(recurringPictures(keys, [])).toEqual(['logo']);
    expect(recurringPictures(keys.slice(1), [])).toEqual([]);
  });

  it('stays one while any item has it, so that the picture of an article does not come and go', () => {
    expect(recurringPictures([['logo'], ['a'], ['b'], ['c']], ['logo'])).toEqual(['logo']);
    expect(recurringPictures([['a'], ['b']], ['logo'])).toEqual([]);
  });

  it('is counted once an item', () => {
    expect(recurringPictures([['a', 'a', 'a'], ['b']], [])).toEqual([]);
  });

  it('changes nothing of what an article is compared by', () => {
    const [draft] = draftsOf({ images: [image(LOGO)] });
    const shown = withOwnPicture(draft!, new Set(keysOfPictures(draft!)));
    expect(shown).toEqual({ ...draft, image: null });
    expect(shown.contentHash).toBe(draft!.contentHash);
  });
});
