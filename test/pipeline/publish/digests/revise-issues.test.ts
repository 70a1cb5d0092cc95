/** Cost of revising closed issues after a takedown. See test/e2e/digests.test.ts for the results. */
import { expect, it } from 'vitest';
import type { DigestSettings, IssueItem } from '../../../../src/model/digest.js';
import { readIssue, saveIssues } from '../../../../src/pipeline/publish/digests/digest-notes.js';
import { type ReviseDeps, reviseIssues } from '../../../../src/pipeline/publish/digests/revise-issues.js';
import { openMemory } from '../../../support/memory-store.js';
import { at, publishArticles } from '../../../support/stored-articles.js';

it('reads only articles of the issues that contain the removed one', async () => {
  const inner = openMemory();
  await publishArticles(inner, 100);
  let read = 0;
  const store: typeof inner = {
    ...inner,
    visibleArticles: async (refs) => {
      read += refs.length;
      return await inner.visibleArticles(refs);
    },
  };
  const articles = await inner.articles(Array.from({ length: 100 }, (_, i) => i + 1));
  const itemOf = ({ id, title, publishedAt, sourceId }: (typeof articles)[number]): IssueItem => {
    const link = { id, title, publishedAt, url: 'https://paper.example/', publication: 'The Paper' };
    return { ...link, sourceId, summary: '', language: null, others: [], more: 0 };
  };
  const issues = Array.from({ length: 20 }, (_, i) => {
    const items = articles.slice(5 * i, 5 * i + 5).map(itemOf);
    return { number: i + 1, closedAt: at(24 * i), title: `Issue ${i + 1}`, items, content: 'unchanged' };
  });
  await saveIssues(store, 'daily', issues);
  await store.setHidden([42], { by: 'desk' }, at(500));
  const state = { closedAt: 0, upTo: 100, revision: 20, issuedAt: 0, rights: {} };
  const settings = {
    sources: [],
    topics: [],
    site: { title: 'The Section' },
    publish: {},
  } as unknown as ReviseDeps['settings'];
  const writer = async () => ({ content: () => 'without it' });
  const gone = await store.unpublishedIds();
  const after = await reviseIssues({ id: 'daily' } as DigestSettings, state, gone, { store, settings, writer });
  expect([after.revision, read]).toEqual([21, 5]);
  const revised = (await readIssue(store, 'daily', 9))!;
  expect([revised.content, revised.items.length]).toEqual(['without it', 4]);
});
