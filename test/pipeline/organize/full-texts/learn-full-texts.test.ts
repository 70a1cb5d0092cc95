/** Stored data about sites of fetched pages. See test/e2e/full-texts.test.ts for published texts. */
import { expect, it } from 'vitest';
import { FetchError } from '../../../../src/model/errors.js';
import { type FetchRequest, NOT_FOLLOWED } from '../../../../src/model/fetch.js';
import { createSiteOwnership } from '../../../../src/pipeline/facts/site-ownership.js';
import { createTagging } from '../../../../src/pipeline/facts/tagging.js';
import { type FullTextDeps, learnFullTexts } from '../../../../src/pipeline/organize/full-texts/learn-full-texts.js';
import { HostPacing } from '../../../../src/pipeline/read/host-pacing.js';
import { createPageReader } from '../../../../src/pipeline/read/reader/page-reader.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { openMemory } from '../../../support/memory-store.js';
import { aFailure, aFresh, aSource } from '../../../support/sources.js';
import { aNewArticle, articleId, aState, at, someChanges } from '../../../support/stored-articles.js';

it('requests robots.txt of redirect targets once', async () => {
  const store = openMemory();
  const pages = createPageReader();
  const asked: string[] = [];
  const fetch = async ({ url }: FetchRequest) => {
    asked.push(url);
    const { pathname, hostname } = new URL(url);
    if (pathname.endsWith('.txt') || pathname.endsWith('.json') || hostname.startsWith('www.'))
      return aFresh({ finalUrl: url });
    const finalUrl = `https://www.paper.example${pathname}`;
    const error = new FetchError('FETCH_REDIRECT', 'redirects', { details: { reason: NOT_FOLLOWED } });
    return aFailure(302, { error, finalUrl, hops: [{ status: 302, from: url, to: finalUrl }] });
  };
  const source = aSource({ content: 'full', articlePages: true });
  const settings = { sources: [source], topics: [], fetch: { concurrency: 8, perHost: 2, spacingMs: 0 } };
  for (const n of [1, 2]) {
    await store.reserveRefs(1);
    const added = [{ ...aNewArticle(n), fullTextDue: at(n) }];
    await store.saveFetch(aState(), someChanges({ added }));
    await store.mint([{ ref: n, id: articleId(n) }], []);
    const deps = {
      store,
      pages,
      fetcher: { fetch },
      clock: new FakeClock(),
      pacing: new HostPacing(),
      tagging: createTagging(settings),
      warn: () => {},
      settings: settings as unknown as FullTextDeps['settings'],
    };
    const facts = { states: new Map(), ownership: createSiteOwnership(settings.sources, new Map()) };
    await learnFullTexts(deps, facts, at(n), new AbortController().signal);
  }
  await pages.close();
  expect(asked.filter((url) => !url.endsWith('.json'))).toEqual([
    'https://paper.example/robots.txt',
    'https://paper.example/1',
    'https://www.paper.example/robots.txt',
    'https://www.paper.example/1',
    'https://paper.example/2',
    'https://www.paper.example/2',
  ]);
});
