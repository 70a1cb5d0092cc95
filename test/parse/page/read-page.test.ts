/** Reads pages by CSS selectors, and reports selectors that find nothing. */
import { describe, expect, it } from 'vitest';
import type { PageSelectors } from '../../../src/parse/page/page-selectors.js';
import { pageReader, readPage } from '../../../src/parse/page/read-page.js';

const PAGE = 'https://town.example/council/news/';
const UNSAID = { title: null, link: null, date: null, summary: null, image: null };
const read = (html: string, selectors: Partial<PageSelectors> = {}) =>
  readPage(html, PAGE, { items: 'li', ...UNSAID, ...selectors });
const items = (html: string, selectors: Partial<PageSelectors> = {}) =>
  read(html, selectors).items.map(({ title, url, published }) => [title?.value, url, published]);
const thrown = (html: string, selectors: Partial<PageSelectors> = {}) => {
  try {
    read(html, selectors);
  } catch (error) {
    return error;
  }
  return null;
};

describe('a page without a feed', () => {
  it('reads headline, link and date of each item', () => {
    const html = `<html lang="en"><title>Council &amp; you</title><ul>
      <li><a href="bridge"><img alt="A bridge"></a><h3><a href="bridge">The bridge<br>opens</a></h3><time datetime="2026-11-20T08:00+01:00">Friday</time></li>
      <li><h3>Fair</h3> <a href="/fair?year=2026">Read more</a></li></ul>`;
    expect(items(html)).toEqual([
      ['The bridge opens', 'https://town.example/council/news/bridge', '2026-11-20T07:00:00.000Z'],
      ['Fair', 'https://town.example/fair?year=2026', null],
    ]);
    expect(read(html)).toMatchObject({ title: { value: 'Council & you' }, url: PAGE, language: 'en', format: 'page' });
  });

  it('uses the declared encoding', async () => {
    const html = '<meta charset="windows-1251"><ul><li><a href="1">\xcf\xf0\xe8\xe2\xe5\xf2</a></li></ul>';
    const options = { items: 'li', ...UNSAID };
    const document = {
      body: Buffer.from(html, 'latin1'),
      contentType: 'text/html',
      url: PAGE,
      options,
      own: undefined,
    };
    expect(await pageReader.read(document)).toMatchObject({ items: [{ title: { value: 'Привет' } }], warnings: [] });
  });

  it('reads each part by its selector', () => {
    const html = `<div class="card"><a class="more" href="a"><b class="t">Ferry</b></a><p>It sails.</p><i>3. März 2026</i>
      <picture><source srcset="s.jpg 400w, l.jpg 1200w"><img src="f.jpg"></picture></div>`;
    const parts = { items: '.card', title: '.t', link: '.more', date: 'i', summary: 'p', image: 'picture' };
    const [item] = read(html, parts).items;
    expect(item).toMatchObject({
      title: { value: 'Ferry', type: 'text' },
      published: '2026-03-03T00:00:00.000Z',
      summary: { value: 'It sails.' },
      images: [{ url: 'https://town.example/council/news/l.jpg' }],
    });
  });

  describe('reads the day from an address', () => {
    const dates = (paths: readonly string[], selectors: Partial<PageSelectors> = {}) =>
      items(paths.map((path) => `<li><a href="${path}">A headline</a> <i>5 May 2020</i></li>`).join(''), selectors).map(([, , date]) => date?.slice(0, 10)); // biome-ignore format: one call

    it.each([
      ['/2026/11/20/bridge', '2026-11-20'],
      ['/bridge-2026-11-20.html', '2026-11-20'],
      ['/2026/1120/7.html', '2026-11-20'],
      ['/2026/11/bridge', undefined],
      ['/2026/112/bridge', undefined],
      ['/2026-31-40/bridge', undefined],
      ['/menu-2026-11-20-10-07-35/bridge', undefined],
    ])('of %s', (path, day) => {
      expect(dates([path])).toEqual([day]);
    });

    it('only if most addresses have one and no date is found on the page', () => {
      expect(dates(['/2026/11/20/a', '/2026/11/19/b', '/c'])).toEqual(['2026-11-20', '2026-11-19', undefined]);
      expect(dates(['/2026/11/20/a', '/b', '/c'])).toEqual([undefined, undefined, undefined]);
      expect(dates(['/2026/11/20/a'], { date: 'i' })).toEqual(['2020-05-05']);
    });

    it('rather than <time> if both differ', () => {
      const list = [
        ['/2026/11/20/a', '2026-11-20T23:30:00-08:00'],
        ['/2026/11/19/b', '2020-05-05T00:00:00Z'],
      ];
      const html = list.map(([path, time]) => `<li><a href="${path}">${path}</a> <time datetime="${time}">then</time></li>`); // biome-ignore format: one call
      expect(items(html.join('')).map(([, , date]) => date)).toEqual(['2026-11-21T07:30:00.000Z', '2026-11-19T00:00:00.000Z']); // biome-ignore format: one call
    });
  });

  it('prefers visible text to text for screen readers', () => {
    const more = '<span class="visually-hidden">more about the ferry</span>';
    expect(items(`<li><a href="1">Ferry sails ${more}</a></li><li><a href="2"><img>${more}</a></li>`)).toEqual([
      ['Ferry sails', `${PAGE}1`, null],
      ['more about the ferry', `${PAGE}2`, null],
    ]);
  });

  it('resolves links against <base>, and accepts the item itself or a surrounding link', () => {
    expect(items('<base href="/x/"><li><a href="1">One</a></li>')).toEqual([['One', 'https://town.example/x/1', null]]);
    expect(items('<p><a href="2">Two</a></p>', { items: 'a' })[0]).toEqual(['Two', `${PAGE}2`, null]);
    expect(items('<a href="3"><article><h2>Three</h2></article></a>', { items: 'article' })[0]).toEqual(['Three', `${PAGE}3`, null]); // biome-ignore format: one call
  });

  it('skips script, mail and own addresses, and repeats', () => {
    const links = [
      'javascript:alert(1)',
      'mailto:a@b.example',
      '#top',
      PAGE,
      'data:text/html,x',
      'ftp://x.example/',
      'a',
      'a',
    ];
    expect(items(links.map((href) => `<li><a href="${href}">Go</a></li>`).join(''))).toEqual([
      ['Go', `${PAGE}a`, null],
    ]);
  });

  it('keeps the innermost of nested matches', () => {
    expect(items('<li>All<ul><li><a href="1">One</a></li><li><a href="2">Two</a></li></ul></li>')).toHaveLength(2);
  });

  it.each([
    ['en', ['3/11/2026', '25/11/2026'], '2026-11-03'],
    ['en', ['3/11/2026', '4/11/2026'], '2026-03-11'],
    ['en-GB', ['3/11/2026'], '2026-11-03'],
    ['fr', ['3/11/2026'], '2026-11-03'],
    ['fr', ['3/25/2026', '3/11/2026'], '2026-03-25'],
    ['de', ['Am 3.11.2026 um 8 Uhr'], '2026-11-03'],
    ['uk', ['3 листопада 2026'], '2026-11-03'],
    ['en', ['Posted by the press office of the council on November 3rd, 2026 in News and more'], '2026-11-03'],
    ['ja', ['2026年11月3日'], '2026-11-03'],
  ])('reads dates in %s: %s', (lang, dates, first) => {
    const list = dates.map((date, i) => `<li><a href="${i}">News ${i}</a> <i>${date}</i></li>`);
    expect(items(`<html lang="${lang}">${list.join('')}`, { date: 'i' })[0]?.[2]).toBe(`${first}T00:00:00.000Z`);
  });
});

describe('a page that was redesigned', () => {
  it.each([
    ['nothing is found', '<p>New look</p>', {}, /"items: li" finds nothing on the page/],
    [
      'nothing has a link',
      '<li>One</li><li>Two</li>',
      {},
      /none of the 2 found by "items: li" has a headline with a link/,
    ],
    [
      'nothing has a date any more',
      '<li><a href="/team">Team</a></li>',
      { date: '.when' },
      /none of 1 items has a date/,
    ],
  ])('fails where %s', (_, html, selectors, message) => {
    expect(thrown(html, selectors)).toMatchObject({ code: 'PARSE_NO_ITEMS', message: expect.stringMatching(message) });
  });

  it('is distinguished from a bot check', () => {
    expect(thrown('<title>Just a moment...</title>')).toMatchObject({ code: 'PARSE_UNRECOGNIZED' });
  });
});

describe('a hostile page', () => {
  const link = (i: number) => `<li><a href="/${i}">Number ${i}</a></li>`;

  it('stops at the item limit for 100,000 links, with a warning', () => {
    const { items: read2000, warnings } = read(Array.from({ length: 100_000 }, (_, i) => link(i)).join(''));
    expect(read2000).toHaveLength(2000);
    expect(warnings).toContain('the page is too large: only its beginning was read');
  });

  it.each([
    ['deep nesting', `${'<div>'.repeat(200_000)}${link(1)}`],
    ['end tags without number', `${link(1)}${'</p></b>'.repeat(500_000)}`],
    ['one attribute of 5 MB', `${link(1)}<a href="/${'x'.repeat(5_000_000)}">x</a>`],
    ['a srcset without end', `${link(1)}<img srcset="${'a 1x, '.repeat(500_000)}">`],
    ['a title of 5 MB', `${link(1)}<li><a href="/2">${'word '.repeat(1_000_000)}</a></li>`],
  ])('of %s is read', (name, html) => {
    const found = name === 'deep nesting' ? thrown(html) : items(html)[0]?.[0];
    expect(name === 'deep nesting' ? (found as { code: string }).code : found).toBe(name === 'deep nesting' ? 'PARSE_NO_ITEMS' : 'Number 1'); // biome-ignore format: one call
  });

  it('reads only links if the selector matches everything', () => {
    const html = `<main>${Array.from({ length: 5000 }, (_, i) => link(i)).join('')}</main>`;
    expect(items(html, { items: '*', title: '*', link: '*' }).length).toBeLessThanOrEqual(2000);
  });
});
