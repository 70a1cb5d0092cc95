/** Sitemaps: the news extension, missing headlines, indexes, and hostile documents. */
import { describe, expect, it } from 'vitest';
import { parseSitemap } from '../../../src/parse/sitemap/sitemap.js';

const NAMESPACES =
  'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"';
const sitemap = (entries: string) => `<?xml version="1.0"?><urlset ${NAMESPACES}>${entries}</urlset>`;
const news = (loc: string, title: string, date = '2026-11-24T08:00:00Z', more = '') =>
  `<url><loc>${loc}</loc><n:news><n:publication><n:name>Harbour Post</n:name><n:language>en</n:language></n:publication><n:publication_date>${date}</n:publication_date><n:title>${title}</n:title></n:news>${more}</url>`;
const parse = (text: string, titles: 'news' | 'address' = 'news') =>
  parseSitemap(text, 'https://post.example/sitemap.xml', { titles });

describe('a news sitemap', () => {
  it('converts each entry to an item, whatever its prefixes', () => {
    const feed = parse(
      sitemap(
        news('https://post.example/old', 'Old &amp; good', '2026-11-23') +
          news(
            'https://post.example/new',
            '<![CDATA[Ferry <stops>]]>',
            '2026-11-24T08:00:00+01:00',
            '<n:keywords>Ferries, Ports</n:keywords><lastmod>2026-11-24T09:00:00Z</lastmod><image:image><image:loc>/a.jpg</image:loc><image:title>No headline</image:title></image:image>',
          ),
      ),
    );
    expect(feed).toMatchObject({ format: 'sitemap', title: { value: 'Harbour Post' }, warnings: [] });
    expect(feed.items).toMatchObject([
      {
        url: 'https://post.example/new',
        title: { type: 'text', value: 'Ferry <stops>' },
        published: '2026-11-24T07:00:00.000Z',
        updated: '2026-11-24T09:00:00.000Z',
        language: 'en',
        images: [{ url: 'https://post.example/a.jpg' }],
      },
      { title: { value: 'Old & good' }, published: '2026-11-23T00:00:00.000Z' },
    ]);
  });

  it('reads keywords in the news element as categories', () => {
    const entry = `<url><loc>https://post.example/a</loc><n:news><n:title>A</n:title><n:keywords>Ferries, Ports;Sea</n:keywords></n:news></url>`;
    expect(parse(sitemap(entry)).items[0]!.categories.map(({ term }) => term)).toEqual(['Ferries', 'Ports', 'Sea']);
  });

  it('may be empty', () => {
    expect(parse(sitemap(''))).toMatchObject({ items: [], warnings: [] });
  });

  it('skips entries without a headline or web address, with a warning', () => {
    const feed = parse(sitemap(`${news('https://post.example/a', 'A')}<url><loc>https://post.example/b</loc></url>${news('javascript:alert(1)', 'C')}`)); // biome-ignore format: one call
    expect(feed.items.map(({ url }) => url)).toEqual(['https://post.example/a']);
    expect(feed.warnings).toEqual(['skipped an entry without a headline', 'skipped an entry without an address']);
  });
});

describe('a sitemap without headlines', () => {
  const plain = sitemap(
    [
      'https://post.example/2026/11/harbour-bridge-opens-to-all-183729.html',
      'https://post.example/news/f00ba12c-council%20votes_on-ferries/',
      'https://post.example/about',
      'https://post.example/tag/sea-food',
      'https://post.example/%zz-broken-but-readable-words',
    ]
      .map((loc) => `<url><loc>${loc}</loc><lastmod>2026-11-24</lastmod></url>`)
      .join(''),
  );

  it('is refused with a remedy', () => {
    expect(() => parse(plain)).toThrow(/no entry of the sitemap has a headline.*titles: address/);
  });

  it('derives headlines from addresses if configured', () => {
    expect(parse(plain, 'address').items.map(({ title }) => title!.value)).toEqual([
      'Harbour bridge opens to all',
      'Council votes on ferries',
      '%zz broken but readable words',
    ]);
  });

  it('counts letters in scripts without spaces, and leaves out lists, sections and attachments', () => {
    const paths = ['/港の橋が開通/', '/橋/', '/category/news-of-the-town', '/all-the-news-here', ...['one', 'two', 'six', 'ten', 'few'].map((n) => `/all-the-news-here/the-bridge-opens-${n}`), '/all-the-news-here/the-bridge-opens-one/photo-of-the-bridge']; // biome-ignore format: one list
    const entries = paths.map((path) => `<url><loc>https://post.example${encodeURI(path)}</loc></url>`);
    expect(parse(sitemap(entries.join('')), 'address').items.map(({ title }) => title!.value)).toEqual(['港の橋が開通', 'The bridge opens one', 'The bridge opens two', 'The bridge opens six', 'The bridge opens ten', 'The bridge opens few']); // biome-ignore format: one call
  });
});

describe('a sitemap index', () => {
  it('leaves out parts that are named after lists', () => {
    const parts = ['post-sitemap', 'post_tag-sitemap', 'author-sitemap', 'wp-sitemap-users-1'].map((name) => `<sitemap><loc>/${name}.xml</loc></sitemap>`); // biome-ignore format: one call
    const read = (some: readonly string[]) =>
      parse(`<sitemapindex ${NAMESPACES}>${some.join('')}</sitemapindex>`).parts!;
    expect(read(parts).map(({ url }) => url)).toEqual(['https://post.example/post-sitemap.xml']);
    expect(read(parts.slice(1))).toHaveLength(3);
  });

  it('lists its newest parts', () => {
    const parts = Array.from({ length: 9 }, (_, i) => `<sitemap><loc>/part-${i}.xml</loc><lastmod>2026-11-0${i + 1}</lastmod></sitemap>`); // biome-ignore format: one call
    const feed = parse(`<sitemapindex ${NAMESPACES}>${parts.join('')}<sitemap><loc>/undated.xml</loc></sitemap></sitemapindex>`); // biome-ignore format: one call
    expect(feed.items).toEqual([]);
    expect(feed.parts!.map(({ url }) => url.at(-5))).toEqual(['8', '7', '6', '5', '4']);
    expect(feed.parts![0]).toEqual({ url: 'https://post.example/part-8.xml', changedAt: '2026-11-09T00:00:00.000Z' });
  });

  it('has no items, even if it lists itself', () => {
    const own = '<sitemap><loc>https://post.example/sitemap.xml</loc></sitemap>';
    expect(parse(`<sitemapindex ${NAMESPACES}>${own}${own}</sitemapindex>`).parts).toHaveLength(1);
  });
});

describe('hostile documents', () => {
  it('keeps the newest 2,000 of 50,000 entries', () => {
    const entries = Array.from({ length: 50_000 }, (_, i) => news(`https://post.example/${i}`, `Number ${i}`, new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString())); // biome-ignore format: one call
    const feed = parse(sitemap(entries.join('')));
    expect(feed.items).toHaveLength(2000);
    expect(feed.items[0]!.url).toBe('https://post.example/49999');
    expect(feed.warnings).toEqual(['kept the newest 2000 of 50000 entries']);
  });

  it('reads entries between unclosed elements', () => {
    const feed = parse(sitemap(`${'<x>'.repeat(50_000)}${news('https://post.example/a', 'A')}`));
    expect(feed.items).toHaveLength(1);
  });

  it.each(['<rss><channel/></rss>', '<html><url><loc>https://post.example/</loc></url></html>', '', 'text'])(
    'is no sitemap: %s',
    (text) => {
      expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'PARSE_UNRECOGNIZED' }));
    },
  );
});
