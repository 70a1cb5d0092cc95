import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { restoreSite } from '../../src/app/restore-site.js';
import { loadSite } from '../../src/app.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

const open: { close?(): Promise<void>; remove?(): void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) {
    await one.close?.();
    one.remove?.();
  }
});
async function server(pages: Parameters<typeof serveFeeds>[0]): Promise<FeedServer> {
  const started = await serveFeeds(pages);
  open.push(started);
  return started;
}
function site(parts: Parameters<typeof aSite>[0]): TestSite {
  const made = aSite(parts);
  open.push(made);
  return made;
}
const source = (id: string, url: string, more = '') => `{ id: ${id}, url: "${url}"${more} }`;
const at = (hour: number, day = 24) => `2026-11-${day}T${String(hour).padStart(2, '0')}:07:00Z`;

async function lose(made: TestSite): Promise<void> {
  rmSync(join(made.root, '.newsloom'), { recursive: true });
}
async function restored(made: TestSite) {
  const settings = await loadSite(join(made.root, 'config', 'newsloom.yaml'), {});
  return restoreSite(settings, new AbortController().signal);
}

describe('restore', () => {
  it('leaves nothing to write and nothing to announce', async () => {
    const origin = await server({
      '/a': rss('Paper A', [
        { title: 'Ferry sails', date: '2026-11-24T08:00:00Z' },
        { title: 'Tram stops', date: '2026-11-24T05:00:00Z', guid: 'no iri' },
      ]),
      '/b': rss(
        'Paper B',
        [{ title: 'Bridge opens', date: null, link: 'https://b.example/bridge' }],
        'https://b.example/',
      ),
    });
    const made = site({
      sources: [source('a', `${origin.url}/a`), source('b', `${origin.url}/b`)],
      topics: ['{ id: transport, label: Transport, any: [ferry, tram, bridge] }'],
    });
    await made.run(at(9));
    const before = made.files();
    await lose(made);
    expect(await restored(made)).toMatchObject({ articles: 3, problems: [] });
    expect(made.files()).toEqual(before);
    const { report } = await made.run(at(10));
    expect(report).toMatchObject({
      changed: false,
      articles: { added: 0, updated: 0, total: 3 },
      files: { written: 0, removed: 0 },
    });
    expect(made.files()).toEqual(before);
  });
});
