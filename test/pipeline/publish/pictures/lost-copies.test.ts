import { expect, it, onTestFinished } from 'vitest';
import { openMemory } from '../../../support/memory-store.js';
import { publishArticles } from '../../../support/stored-articles.js';

it('forgets lost copies with their images and examines their articles again', async () => {
  const store = openMemory();
  onTestFinished(() => store.close());
  await publishArticles(store, 3);
  const refs = await store.duePictures(10);
  const image = (name: string) => {
    const path = `images/${name}-160.webp`;
    return {
      url: `https://a.example/${name}.png`,
      width: 160,
      height: 90,
      copies: [{ path, width: 160, height: 90 }],
    };
  };
  await store.savePictures(refs.map((ref) => ({ ref, known: [image(`a${ref}`), image(`b${ref}`)] })));
  expect(await store.duePictures(10)).toEqual([]);
  const [one, other] = refs;
  await store.forgetCopies(
    [one!, other!],
    new Set([`a${one}`, `a${other}`, `b${other}`].map((name) => image(name).copies[0]!.path)),
  );
  expect(new Set(await store.duePictures(10))).toEqual(new Set([one, other]));
  const left = (await store.articlesWithCopies()).map(({ known }) => known.map(({ url }) => url));
  expect(left.flat().sort()).toEqual(
    [image(`b${one}`), image(`a${refs[2]}`), image(`b${refs[2]}`)].map(({ url }) => url).sort(),
  );
});
