/** Pages of articles: what is found in them, what they say of themselves, and pages that are made to hurt. */
import { describe, expect, it } from 'vitest';
import { readArticlePage } from '../../../src/parse/page/article-page.js';

const TEXT = `<p>${'The council heard from those who live near the water, and from others, for hours. '.repeat(8)}</p>`;
const read = (html: string, type = 'text/html; charset=utf-8') =>
  readArticlePage(Buffer.from(html), type, 'https://paper.example/a/b.html');

describe('the page of an article', () => {
  it('gives the article, without what surrounds it', () => {
    const { html } = read(
      `<body><nav><a href=/>Home</a></nav><article><h1>A</h1>${TEXT}</article><footer>Imprint</footer></body>`,
    );
    expect(html).toContain('The council heard');
    expect(html).not.toMatch(/Home|Imprint/);
  });

  it('is read whatever case its names have', () => {
    const page = read(
      `<HTML><HEAD><META NAME="ROBOTS" CONTENT="noai"><META NAME="TDM-Reservation" CONTENT="1"><LINK REL="license" TYPE="application/rsl+xml" HREF="/l"><BASE HREF="/c/"></HEAD><BODY><ARTICLE>${TEXT}<P><A HREF="x">x</A></P></ARTICLE></BODY></HTML>`,
    );
    expect(page).toMatchObject({ robots: ['noai'], tdmReservations: ['1'], isLicensed: true });
    expect(page.baseUrl).toBe('https://paper.example/c/');
    expect(page.html).toContain('href="x"');
  });

  it.each([
    ['<script type="application/ld+json">{"isAccessibleForFree":"False"}</script>', true],
    ['<script type="application/ld+json">{"@graph":[{"hasPart":{"isAccessibleForFree": false}}]}</script>', true],
    ['<script type="application/ld+json">{"isAccessibleForFree":true}</script>', false],
    ['<script>var a = {"isAccessibleForFree":false}</script>', false],
    ['<div itemscope><meta itemprop="isAccessibleForFree" content="False"></div>', true],
    ['<meta property="article:content_tier" content="locked">', true],
    ['<meta property="article:content_tier" content="free">', false],
  ])('says whether it costs: %s', (head, isPaywalled) => {
    expect(read(`<html><head>${head}</head><body>${TEXT}</body></html>`).isPaywalled).toBe(isPaywalled);
  });

  it('is decoded as its meta says where the header names no charset', () => {
    const html = `<meta charset="windows-1251"><article>${TEXT}<p>\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0</p></article>`;
    const { html: found } = readArticlePage(Buffer.from(html, 'latin1'), 'text/html', 'https://paper.example/');
    expect(found).toContain('Привет, мир');
  });

  it.each(['', ' ', 'no markup', '<!-- -->', '<html></html>', '<body><script>x</script>'])(
    'may hold none: %j',
    (html) => {
      expect(read(html).html ?? '').not.toContain('<p>');
    },
  );

  it.each([
    ['deep nesting', '<div>'.repeat(100_000) + TEXT],
    ['elements without end', TEXT + '<p>word</p>'.repeat(70_000)],
    ['text without end', 'x'.repeat(4_000_000)],
  ])('is refused for %s', (_, html) => {
    expect(() => read(html)).toThrow(expect.objectContaining({ code: 'PARSE_LIMIT' }));
  });

  it.each([
    `<title>A</title><p>x</p>${TEXT}`,
    `<html><head><title>A</title></head><article>${TEXT}</article></html>`,
    `<head><meta name=robots content=noai></head><body><article>${TEXT}</article>`,
    `<!doctype html><!-- x -->${TEXT}`,
  ])('may leave out tags: %s', (html) => {
    expect(read(html).html).toContain('The council heard');
  });

  it('loses what is nested too deeply, not what is read', () => {
    expect(read(`<article>${TEXT}${'<span>'.repeat(2_000)}deep</article>`).html).toContain('The council heard');
  });
});
