import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseRelated, type RelatedArticle, type RelatedScope } from '../../src/cluster/related.js';
import { dot } from '../../src/cluster/terms/vector.js';
import { aVector } from '../support/vectors.js';

const day = 86_400_000;
const noText = new Uint16Array(0);

interface Article extends RelatedArticle {
  readonly story: string;
}

function anArticle(id: string, terms: Readonly<Record<number, number>>, about: Partial<Article> = {}): Article {
  const vector = aVector(Object.entries(terms).map(([term, weight]) => [Number(term), weight]));
  const plain = { publication: id, publishedAt: 0, topics: [], language: null, signature: noText, story: id };
  return { id, vector, ...plain, ...about };
}

function related(article: Article, others: readonly Article[], scope: RelatedScope, limit = 4): string[] {
  const candidates = others.map((other) => ({ article: other, cosine: dot(article.vector, other.vector) }));
  const storyOf = ({ story }: Article) => story;
  return chooseRelated(article, candidates, { limit, scope, storyOf }).map((one) => one.article.id);
}

const asked = anArticle('asked', { 1: 1, 2: 1, 3: 1, 4: 1 });
/** Shares with it as many terms as it says, and has one of its own. */
const sharing = (id: string, terms: number, own: number, about: Partial<Article> = {}) =>
  anArticle(id, { ...Object.fromEntries([1, 2, 3, 4].slice(0, terms).map((term) => [term, 1])), [own]: 1 }, about);

describe('chooseRelated', () => {
  it('puts what shares more in front', () => {
    expect(related(asked, [sharing('one', 1, 11), sharing('three', 3, 12), sharing('two', 2, 13)], 'any')).toEqual([
      'three',
      'two',
      'one',
    ]);
  });

  it('lets articles fade with the distance between their dates, before and after', () => {
    const near = sharing('near', 2, 11);
    for (const publishedAt of [-20 * day, 20 * day])
      expect(related(asked, [sharing('far', 2, 12, { publishedAt }), near], 'any')).toEqual(['near', 'far']);
  });

  it('counts common topics, and a common language where it is known', () => {
    const about = { topics: ['sea'], language: 'en' };
    const article = { ...asked, ...about };
    const plain = sharing('a', 2, 11);
    expect(related(article, [plain, sharing('b', 2, 12, { topics: ['sea'] })], 'any')).toEqual(['b', 'a']);
    expect(related(article, [plain, sharing('b', 2, 12, { language: 'en' })], 'any')).toEqual(['b', 'a']);
    expect(related(asked, [plain, sharing('b', 2, 12)], 'any')).toEqual(['a', 'b']);
  });

  it('puts in front, of equally similar articles, the one whose story more publications tell', () => {
    const newer = sharing('newer', 2, 11, { publishedAt: 0 });
    const told = sharing('told', 2, 12, { story: 'told' });
    expect(related(asked, [newer, told], 'other-stories')).toEqual(['newer', 'told']);
    const again = sharing('again', 1, 13, { story: 'told' });
    expect(related(asked, [newer, told, again], 'other-stories')).toEqual(['told', 'newer']);
    const own = { ...again, publication: 'told' };
    expect(related(asked, [newer, told, own], 'other-stories')).toEqual(['newer', 'told']);
  });

  it('keeps to its story, or to others', () => {
    const others = [sharing('same', 2, 11, { story: 'asked' }), sharing('other', 2, 12), asked];
    expect(related(asked, others, 'same-story')).toEqual(['same']);
    expect(related(asked, others, 'other-stories')).toEqual(['other']);
    expect(related(asked, others, 'any').sort()).toEqual(['other', 'same']);
  });

  it('of other stories gives one article each, none that is the same news again, two a publication at most', () => {
    const paper = { publication: 'paper' };
    const others = [
      anArticle('same news', { 1: 1, 2: 1, 3: 1, 4: 1, 5: 0.5 }),
      sharing('a', 3, 11, { story: 'x' }),
      sharing('b', 2, 12, { story: 'x' }),
      ...[1, 2, 3].map((n) => sharing(`paper ${n}`, 2, 20 + n, paper)),
    ];
    expect(related(asked, others, 'other-stories', 9)).toEqual(['a', 'paper 1', 'paper 2']);
  });

  it('prefers variety among what is nearly as near', () => {
    const [left, twin] = [sharing('left', 3, 11), sharing('twin', 3, 11)];
    const right = anArticle('right', { 3: 1, 4: 1, 12: 1 });
    expect(related(asked, [left, twin, right], 'other-stories', 2)).toEqual(['left', 'right']);
  });

  it('does not depend on the order of the candidates', () => {
    const some = fc.uniqueArray(
      fc.record({ id: fc.nat(99), terms: fc.integer({ min: 1, max: 3 }), own: fc.integer({ min: 11, max: 14 }) }),
      { selector: ({ id }) => id, maxLength: 12 },
    );
    fc.assert(
      fc.property(some, fc.constantFrom('any', 'other-stories'), (rows, scope) => {
        const others = rows.map(({ id, terms, own }) => sharing(String(id), terms, own));
        expect(related(asked, [...others].reverse(), scope)).toEqual(related(asked, others, scope));
      }),
    );
  });
});
