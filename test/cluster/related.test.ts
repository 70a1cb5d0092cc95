import { expect, it } from 'vitest';
import { chooseRelated, type RelatedArticle } from '../../src/cluster/related.js';

const DAY = 86_400_000;

function anArticle(id: string, parts: Partial<RelatedArticle> = {}): RelatedArticle {
  const vector = { size: 0, terms: Int32Array.of(), weights: Float32Array.of() };
  const about = { publication: id, publishedAt: 20 * DAY, topics: [], language: 'en', vector };
  return { id, ...about, signature: new Uint16Array(0), ...parts };
}

it('leaves out articles that share little beside one word', () => {
  const asked = anArticle('asked', { topics: ['sea'] });
  const candidates = [
    { article: anArticle('same-topic', { topics: ['sea'] }), cosine: 0 },
    { article: anArticle('names', {}), cosine: 0.2, strongest: 0.1 },
    { article: anArticle('one-word', {}), cosine: 0.3, strongest: 0.25 },
    { article: anArticle('nothing', {}), cosine: 0.04 },
    { article: anArticle('long-ago', { publishedAt: 0 }), cosine: 0.2, strongest: 0.1 },
  ];
  const query = { limit: 9, scope: 'other-stories', storyOf: ({ id }: RelatedArticle) => id } as const;
  const ids = (least?: number) =>
    chooseRelated(asked, candidates, { ...query, ...(least && { least }) }).map(({ article }) => article.id);
  expect(ids(0.08)).toEqual(['names', 'long-ago']);
  expect(ids()).toHaveLength(5);
});
