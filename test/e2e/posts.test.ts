import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { toSlug } from '../../src/text/slug.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';

const open: TestSite[] = [];
afterEach(() => {
  for (const site of open.splice(0)) site.remove();
});

/** A site whose only source is a folder of posts, with these files in it. */
function aDesk(
  files: Readonly<Record<string, string>>,
  more = '',
): TestSite & { write(path: string, text: string): void } {
  const site = aSite({
    sources: [`{ id: desk, kind: posts, path: content${more === '' ? '' : `, ${more}`} }`],
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
  const address = `https://news.example.org/feeds/articles/${toSlug(String(item?.id))}.html`;
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

  const page = site.read(`articles/${toSlug(String(item?.id))}.html`);
  expect(page).not.toContain('id="credit"');
  expect(page).not.toContain('name="robots"');
  expect(page).toContain(`<link rel="canonical" href="${address}">`);
  expect(page).toContain('<title>A walk around the harbour | The Section</title>');
  const [, graph = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(page) ?? [];
  const nodes: Record<string, unknown>[] = JSON.parse(graph)['@graph'];
  expect(nodes[0]).toMatchObject({ creditText: 'The Section' });
  expect(nodes[0]).not.toHaveProperty('isBasedOn');
  expect(nodes[1]).toMatchObject({
    url: address,
    publisher: { '@type': 'Organization', name: 'The Section', url: 'https://news.example.org/' },
  });
});

it('an invalid post is reported with file and line, and the others are published', async () => {
  const site = aDesk({
    'good.md': WALK,
    'broken.md': '---\ntitle: "One\ndate: 2026-11-23\n---\nText\n',
    'no-end.md': '---\ntitle: Two\n\nText\n',
    'no-matter.md': 'Just text.\n',
    'no-title.md': post('date: 2026-11-23'),
    'no-date.md': post('title: Three\ndate: next Monday'),
    'unknown.md': post('title: Four\nsumary: x'),
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
    ['broken.md:', 'not valid YAML'],
    ['no-end.md:1:', 'has no end'],
    ['no-matter.md:1:', 'no front matter'],
    ['no-title.md:1:', 'missing title: write "title: …"'],
    ['no-date.md:3:', '"date: next Monday" is not a date: write 2026-11-24'],
    ['unknown.md:3:', 'unknown key "sumary"'],
    ['topic.md:3:', 'no topic has the id "harbor"; topics: harbour, walks'],
    ['picture.md:3:', 'image "six.jpg" not found next to the post'],
    ['picture.md:8:', 'image "moon.png" not found next to the post'],
    ['far.md:9:', 'is outside of the folder of posts: copy it into the folder'],
    ['twin-b.md:1:', 'same id as content/twin-a.md'],
  ])
    expect(said.filter((line) => line.startsWith(`desk content/${place}`) && line.includes(words!))).toHaveLength(1);
  expect(said).toHaveLength(11);
  const status = JSON.stringify(site.json('status.json'));
  expect(status).toContain('11 errors in content: run');
  expect(status).not.toContain('.md');

  const again = await site.run('2026-11-24T10:00:00Z');
  expect(again.report.changed).toBe(false);
  expect(again.report.warnings).toEqual(report.warnings);
});

it('a post with its own page on the site links there, and our page is not indexed', async () => {
  const site = aDesk({ 'walk.md': WALK }, 'posts: { at: "https://blog.example/{path}/" }');
  await site.run('2026-11-24T09:00:00Z');
  const [item] = site.json('all.json').items;
  expect(item?.url).toBe('https://blog.example/walk/');
  const page = site.read([...site.files('articles').keys()][0]!);
  expect(page).toContain('<link rel="canonical" href="https://blog.example/walk/">');
  expect(page).toContain('noindex');
  expect(site.read('sitemap.xml')).not.toContain('/articles/');
  expect(site.files().has('sitemap-news.xml')).toBe(false);
});

it('posts of the two days before the newest article are in the sitemap for Google News', async () => {
  const old = post('title: Old\ndate: 2026-11-21T07:00Z');
  const site = aDesk({
    'walk.md': WALK,
    'old.md': old,
    'uk.md': post(
      'title: Порт & міст знову відкрито\ndate: 2026-11-22T08:00Z\nlang: uk',
      'Сьогодні порт знову працює.',
    ),
  });
  await site.run('2026-11-24T09:00:00Z');
  const news = site.read('sitemap-news.xml');
  expect(news.match(/<loc>/g)).toHaveLength(2);
  const [item] = site.json('all.json').items;
  expect(news).toContain(
    `<url><loc>${item?.url}</loc><news:news><news:publication><news:name>The Section</news:name><news:language>en</news:language></news:publication><news:publication_date>2026-11-23T08:00:00Z</news:publication_date><news:title>A walk around the harbour</news:title></news:news></url>\n`,
  );
  expect(news).toContain('<news:language>uk</news:language></news:publication><news:publication_date>2026-11-22T08:00:00Z</news:publication_date><news:title>Порт &amp; міст знову відкрито</news:title>'); // biome-ignore format: one line
  const files = site.files();
  await site.run('2026-12-24T09:00:00Z');
  expect(site.files()).toEqual(files);
});

it('a post that becomes invalid stays as published, and nothing else is deleted', async () => {
  const site = aDesk({ 'walk.md': WALK, 'pier.md': post('title: The pier\ndate: 2026-11-22') });
  await site.run('2026-11-24T09:00:00Z');
  const before = site.files();
  site.write('walk.md', WALK.replace('title: ', 'titel: '));
  const { report } = await site.run('2026-11-24T10:00:00Z');
  expect(report.changed).toBe(false);
  expect(report.warnings.map(({ message }) => message)).toEqual([
    'content/walk.md:1: missing title: write "title: …" between the two lines of ---',
    expect.stringMatching(/^content\/walk\.md:2: unknown key "titel"/),
  ]);
  expect(new Map([...site.files()].filter(([path]) => !path.startsWith('status')))).toEqual(
    new Map([...before].filter(([path]) => !path.startsWith('status'))),
  );
  site.write('walk.md', WALK.replace('mostly flat', 'all flat'));
  const mended = await site.run('2026-11-24T11:00:00Z');
  expect(mended.report).toMatchObject({ warnings: [], articles: { updated: 1 } });
});

it('a post with a future date is published by the first run after it, and drafts never', async () => {
  const site = aDesk({
    'walk.md': WALK,
    'fair.md': post('title: The fair\ndate: 2026-11-27T06:00+01:00', '![the big wheel](wheel.png)'),
    'idea.md': post('title: An idea\ndraft: true', '![a sketch](sketch.png)'),
    'wheel.png': 'wheel',
    'sketch.png': 'sketch',
  });
  const days: [string, unknown[]][] = [];
  for (const now of ['24T09:00', '25T09:30', '27T04:59', '27T05:00', '27T05:05']) {
    const { report } = await site.run(`2026-11-${now}:00Z`);
    expect(report.warnings).toEqual([]);
    days.push([now, report.changed ? titles(site) : []]);
  }
  expect(days).toEqual([
    ['24T09:00', ['A walk around the harbour']],
    ['25T09:30', []],
    ['27T04:59', []],
    ['27T05:00', ['The fair', 'A walk around the harbour']],
    ['27T05:05', []],
  ]);
  expect(site.json('all.json').items[0]).toMatchObject({ date_published: '2026-11-27T05:00:00Z' });
  expect([...site.files('posts').keys()]).toEqual(['posts/desk/wheel.png']);
});

it('images next to a post are published, changed and removed with it', async () => {
  const site = aDesk({
    '2026/pier.md': post(
      'title: The pier\ndate: 2026-11-22\nimage: { src: "the pier.jpg", alt: The pier at dawn }',
      'Dawn.\n\n![boats](../shared/boats.png)\n\n<figure><img src="crane.gif" alt="a crane"></figure>',
    ),
    '2026/the pier.jpg': 'pier',
    '2026/crane.gif': 'crane',
    '2026/unused.jpg': 'unused',
    'shared/boats.png': 'boats',
    'walk.md': WALK,
  });
  const images = () => Object.fromEntries(site.files('posts'));
  await site.run('2026-11-24T09:00:00Z');
  expect(images()).toEqual({
    'posts/desk/2026/the pier.jpg': 'pier',
    'posts/desk/2026/crane.gif': 'crane',
    'posts/desk/shared/boats.png': 'boats',
  });
  const pier = site.json('all.json').items.find(({ title }) => title === 'The pier');
  expect(pier?.image).toBe('https://news.example.org/feeds/posts/desk/2026/the%20pier.jpg');
  expect(pier?.content_html).toContain('src="https://news.example.org/feeds/posts/desk/shared/boats.png"');
  expect(site.json('manifest.json').files).toContainEqual({ path: 'posts/desk/shared/boats.png', size: 5 });

  site.write('shared/boats.png', 'more boats');
  expect((await site.run('2026-11-24T10:00:00Z')).report).toMatchObject({ changed: true, articles: { updated: 0 } });
  expect(images()['posts/desk/shared/boats.png']).toBe('more boats');

  rmSync(join(site.feeds, 'posts'), { recursive: true });
  await site.run('2026-11-24T11:00:00Z');
  expect(images()['posts/desk/2026/crane.gif']).toBe('crane');

  rmSync(join(site.root, 'content/2026/pier.md'));
  await site.run('2026-11-24T12:00:00Z');
  expect(images()).toEqual({});
});

it('a deleted file or new draft is withdrawn at once, even the last one', async () => {
  const site = aDesk({ 'walk.md': WALK, 'pier.md': post('title: The pier\ndate: 2026-11-22') });
  await site.run('2026-11-24T09:00:00Z');
  const [walk] = site.json('all.json').items;
  rmSync(join(site.root, 'content/walk.md'));
  expect((await site.run('2026-11-24T10:00:00Z')).report).toMatchObject({ articles: { withdrawn: 1 }, warnings: [] });
  expect(titles(site)).toEqual(['The pier']);
  expect(site.read('all.atom')).toContain(`ref="${walk?.id}" when="2026-11-24T10:00:00Z"`);
  expect(site.read('sources/desk.atom')).not.toContain('mostly flat');
  site.write('pier.md', post('title: The pier\ndate: 2026-11-22\ndraft: true'));
  await site.run('2026-11-24T11:00:00Z', { forcePublish: true });
  expect(titles(site)).toEqual([]);
  site.write('walk.md', WALK);
  await site.run('2026-11-24T12:00:00Z');
  expect(site.json('all.json').items).toEqual([walk]);
});

it('a folder that cannot be read withdraws nothing', async () => {
  const site = aDesk({ 'walk.md': WALK });
  await site.run('2026-11-24T09:00:00Z');
  renameSync(join(site.root, 'content'), join(site.root, 'moved'));
  const { report } = await site.run('2026-11-24T10:00:00Z');
  expect(report.failures).toMatchObject([{ sourceId: 'desk', code: 'FETCH_FILE', message: 'content does not exist' }]);
  expect(titles(site)).toEqual(['A walk around the harbour']);
});

it.each([
  ['id', 'id: harbour-walk'],
  ['slug', 'slug: harbour-walk'],
  ['title and date', 'lang: en'],
])('a renamed file with the same %s stays the same article', async (_what, line) => {
  const text = WALK.replace('summary:', `${line}\nsummary:`);
  const site = aDesk({ 'walk.md': text });
  await site.run('2026-11-24T09:00:00Z');
  const before = site.files();
  rmSync(join(site.root, 'content/walk.md'));
  site.write('2026/harbour.md', text);
  const { report } = await site.run('2026-11-24T10:00:00Z');
  expect(report).toMatchObject({ changed: false, articles: { added: 0, withdrawn: 0 } });
  expect(site.files()).toEqual(before);
});

it('posts are restored after the store is lost, with the same ids, dates and images', async () => {
  const site = aDesk({
    'walk.md': WALK,
    'pier.md': post('title: The pier\nid: pier', '![boats](boats.png)'),
    'boats.png': 'boats',
  });
  await site.run('2026-11-24T09:00:00Z');
  const before = site.files();
  rmSync(join(site.root, '.newsloom'), { recursive: true });
  const { report } = await site.run('2027-02-01T09:00:00Z');
  expect(report.articles).toMatchObject({ added: 0, withdrawn: 0, total: 2 });
  expect(site.files()).toEqual(before);
  const ids = () => site.json('all.json').items.map(({ id }) => id);
  const all = ids();
  rmSync(join(site.root, 'content/pier.md'));
  expect((await site.run('2027-02-01T10:00:00Z')).report.articles.withdrawn).toBe(1);
  rmSync(join(site.root, '.newsloom'), { recursive: true });
  site.write('pier.md', post('title: The pier, again\nid: pier'));
  await site.run('2027-02-01T10:30:00Z');
  expect(ids().sort()).toEqual(all.sort());
  site.write('walk.md', WALK.replace('A walk', 'A stroll'));
  expect((await site.run('2027-02-01T11:00:00Z')).report.articles).toMatchObject({ added: 0, updated: 1 });
});

it('posts keep their ids when the section moves to another address', async () => {
  const site = aDesk({ 'pier.md': post('title: The pier\ndate: 2026-11-22', '![boats](boats.png)'), 'boats.png': 'b' });
  await site.run('2026-11-24T09:00:00Z');
  const [before] = site.json('all.json').items;
  const config = join(site.root, 'config/newsloom.yaml');
  writeFileSync(config, readFileSync(config, 'utf8').replaceAll('news.example.org', 'press.example.org'));
  await site.run('2026-11-24T10:00:00Z');
  const [after] = site.json('all.json').items;
  expect(after?.id).toBe(before?.id);
  expect(JSON.stringify(after)).not.toContain('//news.example.org');
});

it('a post can close comments, and its page shows it from the next run', async () => {
  const site = aDesk({ 'walk.md': post('title: The walk\ncomments: false'), 'fair.md': post('title: The fair') });
  const config = join(site.root, 'config/newsloom.yaml');
  writeFileSync(
    config,
    readFileSync(config, 'utf8').replace('site:\n', 'site:\n  comments: https://talk.example/new?about={slug}\n'),
  );
  const invited = () =>
    site
      .json('all.json')
      .items.flatMap(({ id, title }) =>
        site.read(`articles/${toSlug(String(id))}.html`).includes('id="comment"') ? title : [],
      );
  await site.run('2026-11-24T09:00:00Z');
  expect(invited()).toEqual(['The fair']);
  expect(site.read('all.rss').match(/<comments>/g)).toHaveLength(1);
  site.write('walk.md', post('title: The walk\ncomments: true'));
  const { report } = await site.run('2026-11-24T10:00:00Z');
  expect(report.articles.updated).toBe(0);
  expect(invited().sort()).toEqual(['The fair', 'The walk']);
  site.write('walk.md', post('title: The walk\ncomments: sometimes'));
  const { report: third } = await site.run('2026-11-24T11:00:00Z');
  expect(third.warnings[0]?.message).toBe(
    'content/walk.md:3: "comments: sometimes" is not a web address: begin it with https://',
  );
});

it('a post is in its own topics, regardless of none', async () => {
  const site = aDesk({ 'walk.md': post('title: A ramble to the quarry\ntopics: [harbour]') });
  site.configure({
    sources: ['{ id: desk, kind: posts, path: content }'],
    topics: [
      '{ id: harbour, any: [harbour], none: [quarry] }',
      '{ id: walks, any: [ramble], none: [quarry] }',
      '{ id: ahead, any: [ramble] }',
    ],
  });
  await site.run('2026-11-24T09:00:00Z');
  expect(site.json('all.json').items[0]?.tags).toEqual(['Harbour', 'Ahead']);
});

it('a post may have comments elsewhere, and explain shows its file', async () => {
  const site = aDesk({ 'walk.md': post('title: The walk\ncomments: https://talk.example/walk') });
  await site.run('2026-11-24T09:00:00Z');
  const [item] = site.json('all.json').items;
  expect(item?.url).toBe(`https://news.example.org/feeds/articles/${toSlug(String(item?.id))}.html`);
  const page = site.read(`articles/${toSlug(String(item?.id))}.html`);
  expect(page).toContain('<p class="discussion"><a href="https://talk.example/walk">');
  const config = join(site.root, 'config/newsloom.yaml');
  const { out } = await newsloom('explain', String(item?.id), '--config', config);
  expect(out).toContain(' written in: content\n');
  expect(out).toContain(' guid: walk\n');
  expect(out).not.toContain(' address: ');
});
