import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toSlug } from '../../src/text/slug.js';
import { aSite } from '../support/a-site.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';

/** Items as a status page or a changelog publishes them: dated, complete, without their own page. */
const NOTICES = rss('Harbour notices', [
  { title: 'Ferry pier closed', link: '', guid: 'notice-1', date: '2026-11-24T06:00:00Z' },
  { title: 'Pilot boat in dock', link: '', guid: null, date: '2026-11-24T05:00:00Z' },
]);
/** Has an address, like most. */
const NEWS = rss('The Paper', [{ title: 'Tram stops', date: '2026-11-24T04:00:00Z' }], 'https://paper.example/');

it.each([
  [
    'with pages',
    'publish: { formats: [rss, atom, json, html] }',
    (slug: string) => `https://news.example.org/feeds/articles/${slug}.html`,
  ],
  ['without pages', 'publish: { formats: [rss, atom, json] }', () => 'https://harbour.example/'],
])('articles without a link, %s: published, recognised, and restored', async (_how, publish, linkOf) => {
  const notices = NOTICES.replace('https://paper.example/', 'https://harbour.example/');
  const origin = await serveFeeds({ '/notices': notices, '/news': NEWS });
  const site = aSite({
    sources: [`{ id: notices, url: "${origin.url}/notices" }`, `{ id: paper, url: "${origin.url}/news" }`],
    more: [publish],
  });
  try {
    const { report } = await site.run('2026-11-24T09:00:00Z');
    expect(report.articles).toMatchObject({ added: 3, skipped: 0 });
    const items = site.json('all.json').items;
    expect(items.map(({ title }) => title)).toEqual(['Ferry pier closed', 'Pilot boat in dock', 'Tram stops']);
    for (const { id, url, external_url } of items.slice(0, 2)) {
      const link = linkOf(toSlug(String(id)));
      expect({ url, external_url }).toEqual({ url: link });
      expect(site.read('all.rss')).toContain(`<link>${link}</link>\n<guid isPermaLink="false">${id}</guid>`);
      expect(site.read('all.atom')).toContain(`<link rel="alternate" type="text/html" href="${link}"/>`);
    }
    const pages = [...site.files('articles').values()].filter((page) => page.includes('>Ferry pier closed</h1>'));
    expect(pages).toHaveLength(publish.includes('html') ? 1 : 0);
    for (const page of pages) {
      expect(page).toContain('<a href="https://harbour.example/">Harbour notices</a>');
      expect(page).not.toContain('Read the');
    }

    const next = rss('Harbour notices', [
      { title: 'Ferry pier closed until Friday', link: '', guid: 'notice-1', date: '2026-11-24T06:00:00Z' },
      { title: 'Pilot boat in dock', link: '', guid: null, date: '2026-11-24T05:00:00Z' },
    ]).replace('https://paper.example/', 'https://harbour.example/');
    origin.pages.set('/notices', { body: next });
    expect((await site.run('2026-11-24T10:00:00Z')).report.articles).toMatchObject({ added: 0, updated: 1, total: 3 });
    expect(site.json('all.json').items.map(({ id }) => id)).toEqual(items.map(({ id }) => id));

    const published = site.files();
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    const again = await site.run('2026-11-24T11:00:00Z');
    expect(again.report).toMatchObject({ changed: false, articles: { added: 0, updated: 0, total: 3 } });
    expect(site.files()).toEqual(published);
  } finally {
    site.remove();
    await origin.close();
  }
});
