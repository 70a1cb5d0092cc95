import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;
beforeEach(async () => {
  origin = await serveFeeds({
    '/a': rss('Paper A', [
      { title: 'Freighter strikes harbour wall', link: 'https://a.example/1', date: '2026-11-24T08:00:00Z' },
      { title: 'Ferry street repaved', link: 'https://a.example/2', date: '2026-11-24T07:00:00Z' },
      { title: 'Ferry sails again', link: 'https://a.example/3', date: '2026-09-01T07:00:00Z' },
    ]),
    '/page': {
      body: '<!doctype html><html lang="en"><head><title>Harbour news</title><meta name="description" content="A ferry sails."></head><body><nav>Freighter</nav><p>Words.</p></body></html>',
      type: 'text/html',
    },
  });
  site = aSite({
    sources: [`{ id: a, url: "${origin.url}/a", topics: [local] }`],
    topics: [
      '{ id: sea, label: The Sea, any: [freighter, ferry, lighthouse], none: [Ferry street] }',
      '{ id: local, label: Local }',
    ],
  });
});
afterEach(async () => {
  await origin.close();
  site.remove();
});
const topics = (command: string, ...more: string[]) =>
  newsloom('topics', command, ...more, '--config', join(site.root, 'config', 'newsloom.yaml'));

describe('newsloom topics test', () => {
  it('shows the topics of a text, and why', async () => {
    expect((await topics('test', 'Freighters', 'at sea')).out).toBe(
      'Freighters at sea\n  sea (3): "freighter" in the title (3)\n',
    );
    expect((await topics('test', 'Ferry street is closed')).out).toContain('no topics\n  not sea: "ferry" in the title (3), but "Ferry street" excludes it'); // biome-ignore format: one line
    expect(JSON.parse((await topics('test', 'Ferry', '--json')).out)).toMatchObject({
      from: 'text',
      topics: [{ topicId: 'sea' }],
    });
  });

  it('uses a stored article, with the topics of its source', async () => {
    await site.run('2026-11-24T09:07:00Z');
    const { out } = await topics('test', 'http://www.a.example/1/');
    expect(out).toContain('Freighter strikes harbour wall (stored article)');
    expect(out).toContain('local (1): "a" in the source (1)');
  });

  it('fetches a page, and ignores navigation and other text around the article', async () => {
    const { out } = await topics('test', `${origin.url}/page`);
    expect(out).toContain('Harbour news (fetched page)');
    expect(out).toContain('"ferry" in the summary');
    expect(out).not.toContain('freighter');
    expect((await topics('test', `${origin.url}/missing`)).status).toBe(4);
  });
});

describe('languages in newsloom topics test', () => {
  const headlines = {
    bn: 'পাকিস্তানের নতুন সেতু খুলে দেওয়া হয়েছে',
    ur: 'پاکستان میں نیا پل عوام کے لیے کھول دیا گیا ہے',
    hi: 'पाकिस्तान में नया पुल आम लोगों के लिए खोला गया',
    ar: 'افتتاح جسر جديد في باكستان بعد سنوات من العمل',
    ko: '파키스탄에서 새로운 다리가 개통되었다고 당국이 밝혔다',
    tr: 'Pakistan’da yeni köprü bugün halkın kullanımına açıldı ve çok beğenildi',
    vi: 'Cây cầu mới ở Pakistan đã được mở cho người dân sau nhiều năm xây dựng',
    fa: 'پل جدیدی در پاکستان پس از سال‌ها کار به روی مردم گشوده شد',
    he: 'גשר חדש נפתח בפקיסטן לאחר שנים של עבודה',
  };

  it.each(Object.entries(headlines))('%s: produces the topics of a build', async (_, title) => {
    const paper = await serveFeeds({ '/a': rss('Paper A', [{ title, link: 'https://a.example/1' }]) });
    const asia = aSite({ sources: [`{ id: a, url: "${paper.url}/a" }`], topics: ['{ place: southern-asia }'] });
    try {
      await asia.run('2026-11-24T09:07:00Z');
      const built = asia.json('all.json').items[0]!;
      const config = join(asia.root, 'config', 'newsloom.yaml');
      const tried = JSON.parse((await newsloom('topics', 'test', title, '--json', '--config', config)).out);
      expect(tried.topics.map(({ topicId }: { topicId: string }) => topicId)).toEqual(['southern-asia']);
      expect(built._topics).toMatchObject({ items: [{ id: 'southern-asia' }] });
      expect(tried.language).toBe(built.language ?? null);
    } finally {
      asia.remove();
      await paper.close();
    }
  });
});

describe('newsloom topics suggest', () => {
  const item = (title: string, index: number) => ({
    title,
    link: `https://a.example/${title.slice(0, 3)}${index}`,
    date: `2026-11-${String(10 + index).padStart(2, '0')}T08:00:00Z`,
  });

  it('lists phrases with the articles they would add, and changes nothing', async () => {
    const items = [
      ...Array.from({ length: 9 }, (_, index) => item(`Freighter number ${index} takes a pilot`, index)),
      ...Array.from({ length: 9 }, (_, index) => item(`Bakery number ${index} opens`, index)),
      item('Pilot retires after storms', 9),
    ];
    const paper = await serveFeeds({ '/a': rss('Paper A', items) });
    const harbour = aSite({
      sources: [`{ id: a, url: "${paper.url}/a" }`],
      topics: ['{ id: sea, any: [freighter] }', '{ id: bread, any: [bakery] }'],
    });
    try {
      await harbour.run('2026-11-24T09:07:00Z');
      const config = join(harbour.root, 'config', 'newsloom.yaml');
      const before = readFileSync(config, 'utf8');
      const suggest = (...more: string[]) => newsloom('topics', 'suggest', ...more, '--config', config);
      expect((await suggest('sea')).out).toBe(
        `sea: 9 articles
  "pilot" adds 1; 9 articles of the topic contain it; precision at least 77 %
    Pilot retires after storms
Nothing was changed. Copy the phrases that you want to the topic’s "any".
`,
      );
      expect(JSON.parse((await suggest('--json')).out)).toMatchObject([
        { topicId: 'sea', articles: 9, suggestions: [{ phrase: 'pilot', adds: 1, accepted: 9 }] },
        { topicId: 'bread', articles: 9, suggestions: [] },
      ]);
      expect((await suggest('seas')).status).toBe(2);
      expect(readFileSync(config, 'utf8')).toBe(before);
    } finally {
      harbour.remove();
      await paper.close();
    }
  });
});

describe('newsloom topics report', () => {
  it('lists for each topic its articles, the phrases that matched, and near misses', async () => {
    await site.run('2026-11-24T09:07:00Z');
    const { out } = await topics('report', '--now', '2026-11-25T00:00:00Z');
    expect(out).toBe(
      `2 articles since 2026-10-26
sea: 1 article
  matched by "freighter" 1
  near miss: Ferry street repaved: "ferry" in the title (3), "ferry" in the summary (3), but "Ferry street" excludes it
  no matches: "lighthouse"
local: 2 articles
  matched by "a" 2
`,
    );
    const all = JSON.parse((await topics('report', '--days', '100', '--now', '2026-11-25T00:00:00Z', '--json')).out);
    expect(all).toMatchObject({
      articles: 3,
      topics: [
        { topicId: 'sea', articles: 2 },
        { topicId: 'local', articles: 3 },
      ],
    });
    expect((await topics('report', '--days', 'few')).status).toBe(2);
  });

  it('counts topics of rules and of the desk', async () => {
    site.configure({
      sources: [`{ id: a, url: "${origin.url}/a" }`],
      topics: ['{ id: sea, any: [freighter, ferry] }', '{ id: picks, label: Picks }'],
      more: [
        'rules: [{ topics: { set: [+picks, -sea], title: [repaved] } }]',
        'desk: [{ article: "https://a.example/1", topics: [+picks, -sea] }]',
      ],
    });
    await site.run('2026-11-24T09:07:00Z');
    const all = JSON.parse((await topics('report', '--days', '100', '--now', '2026-11-25T00:00:00Z', '--json')).out);
    const counts = all.topics.map(({ topicId, articles }: { topicId: string; articles: number }) => [
      topicId,
      articles,
    ]);
    expect(counts).toEqual([
      ['sea', site.json('topics/sea.json').items.length],
      ['picks', site.json('topics/picks.json').items.length],
    ]);
    expect(counts).toEqual([
      ['sea', 1],
      ['picks', 2],
    ]);
  });
});
