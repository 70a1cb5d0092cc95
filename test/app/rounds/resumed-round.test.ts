/** A publisher that continues the round of a killed one, with a real database and worker. */
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadSite } from '../../../src/app/load-site.js';
import { openSite } from '../../../src/app/open-site.js';
import { runFetchLoop } from '../../../src/app/rounds/fetch-loop.js';
import type { RunObserver } from '../../../src/app/run-tools.js';
import type { Settings } from '../../../src/model/settings.js';
import { aSite } from '../../support/a-site.js';
import { hasPostgres, usePostgres } from '../../support/postgres.js';
import { rss, serveFeeds } from '../../support/serve-feeds.js';

const quiet: RunObserver = { start: () => {}, done: () => {}, published: () => {} };
const ignored = { opened: () => {}, polled: () => {}, closed: () => {}, trouble: () => {} };

describe.skipIf(!hasPostgres)('a round of a publisher that was killed (PostgreSQL)', () => {
  const server = usePostgres();

  it('is published by the next one, even if all answers of a new site were read before', async () => {
    const origin = await serveFeeds({ '/0': rss('Paper', [{ title: 'Harbour bridge opens' }]) });
    const store = `store: { kind: postgres, url: "${server.url()}", schema: ${server.schema()} }`;
    const site = aSite({ sources: [`{ id: s0, url: "${origin.url}/0" }`], more: [store] });
    onTestFinished(async () => {
      site.remove();
      await origin.close();
    });
    const settings = await loadSite(join(site.root, 'config', 'newsloom.yaml'), {});
    await expect(publish(settings, 'killed after reading')).rejects.toMatchObject({ code: 'STORE_FAILED' });
    const { kind, report } = await publish(settings, 'not killed');
    expect([kind, report.sources.notDue]).toEqual(['published', 1]);
    expect(site.read('all.rss')).toContain('Harbour bridge opens');
  });
});

async function publish(settings: Settings, end: 'killed after reading' | 'not killed') {
  const { signal } = new AbortController();
  const site = await openSite(settings, { signal, observer: quiet });
  const publishing = () => void (end === 'not killed' || site.store.close());
  const stopping = new AbortController();
  const observer = { polled: () => {}, bundle: () => {}, trouble: () => {} };
  const worker = { name: 'w', role: 'fetch', version: '1' };
  const working = runFetchLoop({ settings: () => settings, worker, signal: stopping.signal, observer });
  try {
    return await site.run(settings, {
      now: new Date(),
      force: false,
      only: null,
      offline: false,
      dryRun: false,
      forcePublish: false,
      round: { deadlineMs: 60_000, leaseMs: 10_000, observer: ignored },
      signal,
      observer: { ...quiet, publishing },
    });
  } finally {
    stopping.abort();
    await working;
    await site.close().catch(() => {});
  }
}
