import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { slugOf } from '../../src/text/slug.js';
import { aSite, type TestSite } from '../support/a-site.js';

const open: TestSite[] = [];
afterEach(() => {
  for (const site of open.splice(0)) site.remove();
});

/** A site whose only source is a folder of posts, with these files in it. */
function aDesk(files: Readonly<Record<string, string>>): TestSite & { write(path: string, text: string): void } {
  const site = aSite({
    sources: ['{ id: desk, kind: posts, path: content }'],
    topics: ['{ id: harbour, any: [harbour] }', '{ id: walks, any: [ramble] }'],
  });
  open.push(site);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(site.root, 'content', path)), { recursive: true });
    writeFileSync(join(site.root, 'content', path), text);
  };
  mkdirSync(join(site.root, 'content'));
  for (const [path, text] of Object.entries(files)) write(path, text);
  return { ...site, write };
}

const post = (matter: string, body = 'A few words on *it*.') => `---\n${matter}\n---\n\n${body}\n`;
const WALK = post(
  'title: A walk around the harbour\ndate: 2026-11-23T08:00Z\nauthor: Ada Quay\nsummary: Two hours, mostly flat.\ntopics: [walks]',
  'We begin at the **old pier**, [as always](/about).\n\n| Stop | Minutes |\n|---|---|\n| Pier | 0 |',
);
const titles = (site: TestSite, channel = 'all') => site.json(`${channel}.json`).items.map(({ title }) => title);

it('a post is an article of the section: in feeds, topics and pages of its own, without a credit to another', async () => {
  const site = aDesk({ 'walk.md': WALK });
  const { report } = await site.run('2026-11-24T09:00:00Z');
  expect(report).toMatchObject({ changed: true, articles: { added: 1, total: 1 }, warnings: [] });
  const [item] = site.json('all.json').items;
  expect(item).toMatchObject({
    title: 'A walk around the harbour',
    summary: 'Two hours, mostly flat.',
    date_published: '2026-11-23T08:00:00Z',
    authors: [{ name: 'Ada Quay' }],
    _source: {
      title: 'The Section',
      url: 'https://news.example.org/',
      feed_url: 'https://news.example.org/feeds/sources/desk.rss',
    },
  });
  const address = `https://news.example.org/feeds/articles/${slugOf(String(item?.id))}.html`;
  expect(item?.url).toBe(address);
  expect(item?.content_html).toContain('<strong>old pier</strong>');
  expect(item?.content_html).toContain('href="https://news.example.org/about"');
  expect(item?.content_html).toContain('<td>Pier</td>');
  for (const channel of ['sources/desk', 'topics/harbour', 'topics/walks'])
    expect(titles(site, channel)).toEqual(['A walk around the harbour']);
  expect(site.read('all.rss')).toContain(
    '<source url="https://news.example.org/feeds/sources/desk.rss">The Section</source>',
  );
  expect(site.read('all.atom')).toContain('<link rel="self" href="https://news.example.org/feeds/sources/desk.rss"/>');

  const page = site.read(`articles/${slugOf(String(item?.id))}.html`);
  expect(page).not.toContain('id="credit"');
  expect(page).not.toContain('name="robots"');
  expect(page).toContain(`<link rel="canonical" href="${address}">`);
  expect(page).toContain('<title>A walk around the harbour | The Section</title>');
  const [, graph = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(page) ?? [];
  const nodes: Record<string, unknown>[] = JSON.parse(graph)['@graph'];
  expect(nodes[0]).not.toHaveProperty('creditText');
  expect(nodes[0]).not.toHaveProperty('isBasedOn');
  expect(nodes[1]).toMatchObject({
    url: address,
    publisher: { '@type': 'Organization', name: 'The Section', url: 'https://news.example.org/' },
  });
});

it('a post with a mistake is named with file and line, and the others are published', async () => {
  const site = aDesk({
    'good.md': WALK,
    'broken.md': '---\ntitle: "One\ndate: 2026-11-23\n---\nText\n',
    'no-end.md': '---\ntitle: Two\n\nText\n',
    'no-matter.md': 'Just text.\n',
    'no-title.md': post('date: 2026-11-23'),
    'no-date.md': post('title: Three\ndate: next Monday'),
    'unknown.md': post('title: Four\nheadline: x'),
    'topic.md': post('title: Five\ntopics: [harbor]'),
    'picture.md': post('title: Six\nimage: six.jpg', 'One\n\n![the moon](moon.png)'),
    'far.md': post('title: Seven', 'One\n\nTwo\n\n![a key](../config/key.png)'),
    'twin-a.md': post('title: Eight\nid: twin'),
    'twin-b.md': post('title: Nine\nslug: twin'),
  });
  const { report } = await site.run('2026-11-24T09:00:00Z');
  expect(titles(site)).toEqual(expect.arrayContaining(['A walk around the harbour', 'Eight']));
  expect(report.articles.added).toBe(2);
  const said = report.warnings.map(({ sourceId, message }) => `${sourceId} ${message}`);
  for (const [place, words] of [
    ['broken.md:', 'no valid YAML'],
    ['no-end.md:1:', 'has no end'],
    ['no-matter.md:1:', 'no front matter'],
    ['no-title.md:1:', 'no title: write "title: …"'],
    ['no-date.md:3:', '"date: next Monday" is no date: write 2026-11-24'],
    ['unknown.md:3:', 'unknown key "headline"'],
    ['topic.md:3:', 'no topic has the id "harbor"; topics: harbour, walks'],
    ['picture.md:3:', 'there is no image "six.jpg"'],
    ['picture.md:8:', 'there is no image "moon.png"'],
    ['far.md:9:', 'lies outside of the folder of posts: copy it into the folder'],
    ['twin-b.md:1:', 'it has the id of content/twin-a.md'],
  ])
    expect(said.filter((line) => line.startsWith(`desk content/${place}`) && line.includes(words!))).toHaveLength(1);
  expect(said).toHaveLength(11);

  const again = await site.run('2026-11-24T10:00:00Z');
  expect(again.report.changed).toBe(false);
  expect(again.report.warnings).toEqual(report.warnings);
});

it('one that breaks after it was published stays as it was, and nothing else is taken for deleted', async () => {
  const site = aDesk({ 'walk.md': WALK, 'pier.md': post('title: The pier\ndate: 2026-11-22') });
  await site.run('2026-11-24T09:00:00Z');
  const before = site.files();
  site.write('walk.md', WALK.replace('title: ', 'titel: '));
  const { report } = await site.run('2026-11-24T10:00:00Z');
  expect(report.changed).toBe(false);
  expect(report.warnings.map(({ message }) => message)).toEqual([
    'content/walk.md:1: it has no title: write "title: …" between the two lines of ---',
    expect.stringMatching(/^content\/walk\.md:2: unknown key "titel"/),
  ]);
  expect(new Map([...site.files()].filter(([path]) => !path.startsWith('status')))).toEqual(
    new Map([...before].filter(([path]) => !path.startsWith('status'))),
  );
  site.write('walk.md', WALK.replace('mostly flat', 'all flat'));
  const mended = await site.run('2026-11-24T11:00:00Z');
  expect(mended.report).toMatchObject({ warnings: [], articles: { updated: 1 } });
});
