import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';

const open: TestSite[] = [];
afterEach(() => {
  for (const site of open.splice(0)) site.remove();
});

const SOURCE = '{ id: links, kind: links, path: config/links.yaml }';

function aList(text: string | null, sources: readonly string[] = []): TestSite & { list: string } {
  const site = aSite({ sources: [SOURCE, ...sources], topics: ['{ id: harbour, any: [harbour] }', '{ id: law }'] });
  open.push(site);
  const list = join(site.root, 'config/links.yaml');
  if (text !== null) writeFileSync(list, text);
  return { ...site, list };
}

const LIST = `# Worth reading.
- url: https://gazette.example/2026/pilots?utm_source=x
  title: The last harbour pilots
  summary: Six people know the channel by heart.
  author: [Ida Marsh, Jon Reed]
  date: 2026-11-20T07:15:00Z
  publication: Evening Gazette
  image: https://gazette.example/pilots.jpg
  lang: en
  topics: [law]
- { url: "https://notes.example/tides", title: Reading a tide table }
`;

it('a link is an article of its publication, in feeds and topics, without a request', async () => {
  const site = aList(LIST);
  expect((await site.run('2026-11-24T09:00:00Z')).report).toMatchObject({ warnings: [], articles: { added: 2 } });
  const items = site.json('all.json').items;
  expect(items.map(({ title }) => title)).toEqual(['Reading a tide table', 'The last harbour pilots']);
  expect(items[1]).toMatchObject({
    url: 'https://gazette.example/2026/pilots',
    summary: 'Six people know the channel by heart.',
    date_published: '2026-11-20T07:15:00Z',
    authors: [{ name: 'Ida Marsh' }, { name: 'Jon Reed' }],
    image: 'https://gazette.example/pilots.jpg',
    _source: { title: 'Evening Gazette', url: 'https://gazette.example/' },
  });
  expect(items[1]).not.toHaveProperty('_via');
  expect(items[0]?._source).toMatchObject({ title: 'notes.example', url: 'https://notes.example/' });
  for (const topic of ['harbour', 'law'])
    expect(site.json(`topics/${topic}.json`).items.map(({ title }) => title)).toEqual(['The last harbour pilots']);
  const page = [...site.files('articles').values()].find((text) => text.includes('>The last harbour pilots</h1>'));
  expect(page).toContain('First published by <strong><bdi>Evening Gazette</bdi></strong>.');
  expect((await site.run('2026-11-24T10:00:00Z')).report.changed).toBe(false);

  writeFileSync(site.list, LIST.replace('Six people', 'Five people'));
  expect((await site.run('2026-11-24T11:00:00Z')).report.articles).toMatchObject({ updated: 1, added: 0 });
  writeFileSync(site.list, LIST.slice(LIST.indexOf('- { url')));
  expect((await site.run('2026-11-24T12:00:00Z')).report.articles).toMatchObject({ withdrawn: 1 });
});

it('links come back after the store is lost: ids and dates the same bytes', async () => {
  const site = aList(LIST);
  await site.run('2026-11-24T09:00:00Z');
  const before = site.files();
  rmSync(join(site.root, '.newsloom'), { recursive: true });
  expect((await site.run('2027-01-03T09:00:00Z')).report.articles).toMatchObject({ added: 0, total: 2 });
  expect(site.files()).toEqual(before);
});

it('a link to an article of a source is the same article, which stays without the link', async () => {
  const origin = await serveFeeds({
    '/feed': rss('Gazette', [
      { title: 'The last harbour pilots', date: '2026-11-20T07:15:00Z', link: 'https://gazette.example/2026/pilots' },
      { title: 'Other', date: '2026-11-19T07:15:00Z', link: 'https://gazette.example/2026/other' },
    ]),
  });
  try {
    const site = aList(LIST, [`{ id: gazette, url: "${origin.url}/feed" }`]);
    expect((await site.run('2026-11-24T09:00:00Z')).report.articles).toMatchObject({ total: 3 });
    writeFileSync(site.list, '');
    expect((await site.run('2026-11-24T10:00:00Z')).report.articles).toMatchObject({ withdrawn: 1 });
    const urls = site.json('all.json').items.map(({ url }) => url);
    expect(urls).toEqual(['https://gazette.example/2026/pilots', 'https://gazette.example/2026/other']);
  } finally {
    await origin.close();
  }
});

it('an invalid entry is reported with file and line, and the others are published', async () => {
  const site = aList(`- url: https://a.example/1
  title: Good
- title: No address
- url: ftp://a.example/2
  title: Bad address
- url: https://a.example/3
- url: https://a.example/4
  title: Four
  date: 2026-02-30
  topics: [harbor]
- just words
- url: https://a.example/1?utm_medium=feed
  title: Twice
- url: https://a.example/5
  titel: Five
`);
  const { report } = await site.run('2026-11-24T09:00:00Z');
  expect(site.json('all.json').items.map(({ title }) => title)).toEqual(['Good']);
  expect(report.warnings.map(({ message }) => message)).toEqual([
    'config/links.yaml:3: missing address: write "url: https://…"',
    'config/links.yaml:4: "url: ftp://a.example/2" is not a web address: begin it with https://',
    'config/links.yaml:6: missing title: write "title: …"',
    'config/links.yaml:9: "date: 2026-02-30" is not a date: write 2026-11-24 or 2026-11-24T18:30+02:00',
    'config/links.yaml:10: no topic has the id "harbor"; topics: harbour, law',
    'config/links.yaml:11: not a link: write "- url: https://…"',
    'config/links.yaml:12: the address is already in line 1: keep one of them',
    'config/links.yaml:14: missing title: write "title: …"',
    expect.stringContaining('config/links.yaml:15: unknown key "titel"; known here: url, title'),
  ]);
  writeFileSync(site.list, '- url: "https://a.example/1\n');
  const broken = await site.run('2026-11-24T10:00:00Z');
  expect(broken.report.warnings[0]?.message).toMatch(/^config\/links\.yaml:\d: invalid YAML: /);
  expect(broken.report.articles).toMatchObject({ withdrawn: 0, total: 1 });
});

const PAGE = `<!doctype html><html lang="en-GB"><head><title>Ferry returns | Harbour Post</title>
<meta property="og:site_name" content="Harbour Post"><meta property="og:title" content="og title">
<link rel="canonical" href="/2026/ferry">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},
{"@type":["NewsArticle"],"headline":"Ferry returns &amp; stays","datePublished":"2026-11-21T08:00:00+01:00",
"author":[{"@type":"Person","name":"By Ann Lee"}],"image":{"url":"/ferry.jpg"},"publisher":{"name":"Harbour Post"}}]}</script>
<meta name="description" content="The ferry sails again: twice a day."></head><body></body></html>`;

it('newsloom add reads a page once; later runs send no request', async () => {
  const origin = await serveFeeds({
    '/2026/ferry?from=mail': { body: PAGE, type: 'text/html' },
    '/plain': { body: '<title>Only a title</title>', type: 'text/html' },
    '/nothing': { body: '<p>x</p>', type: 'text/html' },
  });
  try {
    const site = aList(null);
    const config = join(site.root, 'config/newsloom.yaml');
    const add = (path: string, ...more: string[]) =>
      newsloom('add', `${origin.url}${path}`, '--config', config, ...more);
    const first = await add('/2026/ferry?from=mail', '--topics', 'law');
    expect(first).toMatchObject({ status: 0, err: '' });
    expect(first.out).toContain('Ferry returns & stays (Harbour Post, 2026-11-21)');
    const written = readFileSync(site.list, 'utf8');
    expect(
      written,
    ).toBe(`# Links to single articles, read by newsloom. "newsloom add <url>" adds one. You can edit the entries.

- url: ${origin.url}/2026/ferry
  title: Ferry returns & stays
  summary: "The ferry sails again: twice a day."
  author: Ann Lee
  date: 2026-11-21T07:00:00Z
  publication: Harbour Post
  image: ${origin.url}/ferry.jpg
  lang: en-GB
  topics:
    - law
`);
    writeFileSync(site.list, `${written}# my own note\n`);
    expect(await add('/plain')).toMatchObject({ status: 0 });
    expect(readFileSync(site.list, 'utf8')).toContain('title: Only a title\n# my own note\n');

    const again = await add('/2026/ferry?from=mail');
    expect(again.status).not.toBe(0);
    expect(again.err).toMatch(/config\/links\.yaml already contains \S+\/2026\/ferry/);
    const nothing = await add('/nothing');
    expect(nothing.err).toContain('the page has no title; add the link by hand');
    const unknown = await add('/plain', '--topics', 'lore');
    expect(unknown.err).toContain('unknown topic "lore"');

    const asked = origin.requests.length;
    expect((await site.run('2026-11-24T09:00:00Z')).report).toMatchObject({ warnings: [], articles: { added: 2 } });
    await site.run('2026-11-24T10:00:00Z');
    expect(origin.requests).toHaveLength(asked);
  } finally {
    await origin.close();
  }
});

it('newsloom add explains what to do without a source for links', async () => {
  const site = aSite({ sources: ['{ id: paper, url: "https://paper.example/feed" }'] });
  open.push(site);
  const { status, err } = await newsloom(
    'add',
    'https://a.example/1',
    '--config',
    join(site.root, 'config/newsloom.yaml'),
  );
  expect(status).not.toBe(0);
  expect(err).toContain('add "- { id: links, kind: links, path: config/links.yaml }" to your sources');
  expect(existsSync(join(site.root, 'config/links.yaml'))).toBe(false);
});
