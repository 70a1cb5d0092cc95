import { describe, expect, it } from 'vitest';
import { type SitemapPage, sitemapFiles } from '../../../src/write/html/sitemap.js';

const page = (n: number): SitemapPage => ({ path: `topics/${n}.html`, changedAt: new Date(Date.UTC(2026, 10, n)) });

describe('the sitemap', () => {
  it('lists pages with the date of their newest change', () => {
    const files = sitemapFiles('https://news.example.org/a&b/', [page(1), { path: '', changedAt: null }]);
    expect(files).toEqual([
      {
        path: 'sitemap.xml',
        bytes: `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://news.example.org/a&amp;b/topics/1.html</loc><lastmod>2026-11-01T00:00:00Z</lastmod></url>
<url><loc>https://news.example.org/a&amp;b/</loc></url>
</urlset>
`,
      },
    ]);
  });

  it('is split with an index above the page limit', () => {
    const files = sitemapFiles(
      'https://n.example/',
      [page(1), page(3), page(2), { path: 'x', changedAt: null }, page(4)],
      2,
    );
    expect(files.map(({ path }) => path)).toEqual(['sitemap.xml', 'sitemap-1.xml', 'sitemap-2.xml', 'sitemap-3.xml']);
    expect(files[0]!.bytes).toBe(`<?xml version="1.0" encoding="utf-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://n.example/sitemap-1.xml</loc><lastmod>2026-11-03T00:00:00Z</lastmod></sitemap>
<sitemap><loc>https://n.example/sitemap-2.xml</loc><lastmod>2026-11-02T00:00:00Z</lastmod></sitemap>
<sitemap><loc>https://n.example/sitemap-3.xml</loc><lastmod>2026-11-04T00:00:00Z</lastmod></sitemap>
</sitemapindex>
`);
  });
});
