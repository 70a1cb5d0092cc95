/** Pictures that many items of a document share. */
import { describe, expect, it } from 'vitest';
import { clean } from '../../src/clean/clean.js';
import { findRecurringPictures, listPictureKeys, selectOwnPicture } from '../../src/clean/recurring-pictures.js';
import type { Item } from '../../src/model/item.js';
import { aContext, aFeed, anItem } from '../support/an-item.js';

const image = (url: string, width: number | null = null) => ({ url, width, height: null, alt: null });
const LOGO = 'https://paper.example/seal.png';
const draftsOf = (...items: Partial<Item>[]) => clean(aFeed(items.map((said) => anItem(said))), aContext()).drafts;
const chosen = (...items: Partial<Item>[]) => {
  const drafts = draftsOf(...items);
  const recurring = new Set(findRecurringPictures(drafts.map(listPictureKeys), []));
  return drafts.map((draft) => selectOwnPicture(draft, recurring).image?.url ?? null);
};

describe('a recurring picture', () => {
  it('is replaced by the next best, in any size', () => {
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

  it('needs more than two items and a third of the document', () => {
    expect(chosen({ images: [image(LOGO)] }, { images: [image(LOGO)] })).toEqual([LOGO, LOGO]);
    const others = Array.from({ length: 7 }, (_, i) => ({ images: [image(`https://paper.example/${i}.jpg`)] }));
    const three = Array.from({ length: 3 }, () => ({ images: [image(LOGO)] }));
    expect(chosen(...three, ...others).slice(0, 3)).toEqual([LOGO, LOGO, LOGO]);
  });

  it('is found by number in long documents', () => {
    const keys = Array.from({ length: 100 }, (_, i) => (i < 10 ? ['logo'] : [`${i}`]));
    expect(findRecurringPictures(keys, [])).toEqual(['logo']);
    expect(findRecurringPictures(keys.slice(1), [])).toEqual([]);
  });

  it('stays recurring while any item has it', () => {
    expect(findRecurringPictures([['logo'], ['a'], ['b'], ['c']], ['logo'])).toEqual(['logo']);
    expect(findRecurringPictures([['a'], ['b']], ['logo'])).toEqual([]);
  });

  it('is counted once per item', () => {
    expect(findRecurringPictures([['a', 'a', 'a'], ['b']], [])).toEqual([]);
  });

  it('does not affect the content hash', () => {
    const [draft] = draftsOf({ images: [image(LOGO)] });
    const shown = selectOwnPicture(draft!, new Set(listPictureKeys(draft!)));
    expect(shown).toEqual({ ...draft, image: null });
    expect(shown.contentHash).toBe(draft!.contentHash);
  });
});
