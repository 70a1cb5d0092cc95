/** Proposes the list of a page, with or without doubt. */
import { describe, expect, it } from 'vitest';
import { proposePage } from '../../../src/parse/page/propose/propose.js';
import { readPage } from '../../../src/parse/page/read-page.js';
import { isThorough } from '../../support/thorough.js';

const URL = 'https://town.example/news/';
const HEADLINES = ['The bridge opens again', 'Fair moves to the harbour', 'School gets a new roof', 'Budget passed at night', 'Storm closes the ferry']; // biome-ignore format: a list
const MENU = `<nav><ul>${['Home page of the town', 'News and dates', 'People of the town', 'Contact the council', 'How to find us'].map((name, i) => `<li><a href="/m${i}">${name}</a></li>`).join('')}</ul></nav>`; // biome-ignore format: a menu
const page = (list: string) => `<!doctype html><html lang="en"><body>${MENU}<main>${list}</main></body></html>`;
const each = (make: (title: string, i: number) => string) => HEADLINES.map(make).join('');
const titles = (html: string) => proposePage(html, URL)?.items.map(({ title }) => title);

/** Typical markup of lists. */
const MAKES: readonly (readonly [string, string])[] = [
  [
    'articles with <time>',
    each(
      (title, i) =>
        `<article class="post post-${100 + i}"><h2><a href="/a${i}">${title}</a></h2><time datetime="2026-11-1${i}">then</time><p>Words on it.</p></article>`,
    ),
  ],
  [
    'list items with the date in words',
    `<ul class="news">${each((title, i) => `<li><span class="d">${10 + i} November 2026</span> <a href="/a${i}">${title}</a></li>`)}</ul>`,
  ],
  [
    'rows of a table',
    `<table>${each((title, i) => `<tr><td>1${i}.11.2026</td><td><a href="/a${i}">${title}</a></td></tr>`)}</table>`,
  ],
  [
    'a list a year',
    `<h2>2026</h2><ul>${each((title, i) => `<li><time>2026-11-1${i}</time><a href="/a${i}">${title}</a></li>`)}</ul><h2>2025</h2><ul><li><time>2025-11-01</time><a href="/old">An old one stands here</a></li></ul>`,
  ],
  [
    'cards that are links',
    each(
      (title, i) =>
        `<a class="card" href="/a${i}"><div class="date">1${i} Nov 2026</div><div class="title">${title}</div><p>${'Words on what it is about. '.repeat(6)}</p></a>`,
    ),
  ],
  [
    '"Read more" beside headings',
    each(
      (title, i) =>
        `<div class="item"><h3>${title}</h3><p>Nov 1${i}, 2026</p><p>Words.</p><a href="/a${i}">Read more</a></div>`,
    ),
  ],
  [
    'headings without links, sources linked in the text, and "Read more"',
    each(
      (title, i) =>
        `<div class="item"><h3>${title}</h3><span>1${i} November 2026</span><p>Words of the council, <a href="https://source.example/${i}">by what it was told</a> on the day before.</p><a class="more" href="/a${i}">Read more</a></div>`,
    ),
  ],
  [
    'whole articles, with links in their text longer than their headlines',
    each(
      (title, i) =>
        `<article><h2><a href="/a${i}">${title}</a></h2><time>2026-11-1${i}</time><p>It was said before that <a href="https://source.example/${i}">the council of the town would sit upon it at night</a>, as ever.</p></article>`,
    ),
  ],
  [
    'dates that begin with the year, the month in words',
    `<ul>${each((title, i) => `<li><i>2026. november 1${i}.</i> <a href="/a${i}">${title}</a></li>`)}</ul>`,
  ],
  [
    'two lists of one make, the second going on with the first',
    [each, each]
      .map((_, part) => {
        const items = HEADLINES.map((title, i) => `<li class="entry"><h3><a href="/${part === 0 ? `a${i}` : `b${i}`}">${part === 0 ? title : `Older: ${title}`}</a></h3><time>2026-${part === 0 ? 11 : 10}-1${5 - i}</time></li>`).join(''); // biome-ignore format: one item
        return part === 0 ? `<p><ul class="feed">${items}</ul></p>` : `<div><ul class="feed">${items}</ul></div>`;
      })
      .join(''),
  ],
  [
    'a form around all, as some servers write it',
    `</main><form>${each((title, i) => `<div class="row"><i>1${i} November 2026</i> <a href="/a${i}">${title}</a></div>`)}</form><main>`,
  ],
  [
    'a name of the sidebar on what holds the page',
    `</main><div class="with sidebar">${each((title, i) => `<div class="row"><p><b><i>1${i} November 2026</i></b> <span><a href="/a${i}">${title}</a></span></p></div>`)}</div><main>`,
  ],
  [
    'addresses with a category that is the same in all',
    `<ul>${each((title, i) => `<li><time>2026-11-1${i}</time> <a href="/show?cat=7&id=${100 + i}">${title}</a></li>`)}</ul>`,
  ],
  [
    'all articles under the name of an archive',
    `<ul>${each((title, i) => `<li><time>2026-11-1${i}</time> <a href="/archives/5680${i}24.html">${title}</a></li>`)}</ul>`,
  ],
  [
    'headings with a line below the headline',
    each(
      (title, i) =>
        `<article><h2 class="t"><a href="/a${i}">${title}</a><br><small>What it means to all of us</small></h2><time>2026-11-1${i}</time></article>`,
    ),
  ],
  [
    'links that are told to those who do not see',
    each(
      (title, i) =>
        `<div class="card"><h3>${title}</h3><i>1${i} November 2026</i><a href="/a${i}">Details <span class="sr-only">on ${title} of 1${i} November 2026</span></a></div>`,
    ),
  ],
  [
    'dates in the addresses alone',
    each((title, i) => `<div class="entry"><h2><a href="/2026/11/1${i}/x">${title}</a></h2><p>Words on it.</p></div>`),
  ],
];

const dated = (names: readonly string[]) =>
  page(`<ul>${names.map((name, i) => `<li><time>2026-11-1${i}</time><a href="/a${i}">${name}</a></li>`).join('')}</ul>`); // biome-ignore format: one list

it('doubts a column with repeated headlines, but accepts "Read more" links', () => {
  const column = 'What the council decided';
  expect(proposePage(dated([column, ...HEADLINES.slice(1), column]), URL)?.doubt).toBeNull();
  expect(proposePage(dated(HEADLINES.map(() => 'Read more about it')), URL)?.doubt).toMatch(/the same/);
});

describe('a list of articles', () => {
  it.each(MAKES)('is found without doubt: %s', (_, list) => {
    const proposal = proposePage(page(list), URL);
    expect(proposal?.doubt).toBeNull();
    expect(titles(page(list))?.slice(0, 5)).toEqual(HEADLINES);
  });

  it.each(MAKES)('is read by the proposed selectors: %s', (_, list) => {
    const proposal = proposePage(page(list), URL)!;
    const read = readPage(page(list), URL, proposal.selectors).items;
    expect(read.map(({ title, url, published }) => ({ title: title?.value, url, date: published }))).toEqual(proposal.items); // biome-ignore format: one call
  });

  it('is the list that the page declares as articles', () => {
    const data = {
      '@type': 'ItemList',
      itemListElement: HEADLINES.map((_, i) => ({ '@type': 'ListItem', url: `/a${i}` })),
    };
    const html = page(
      `<ul>${each((title, i) => `<li><a href="/b${i}">Other: ${title}</a></li>`)}</ul><ol>${each((title, i) => `<li><a href="/a${i}">${title}</a></li>`)}</ol><script type="application/ld+json">${JSON.stringify(data)}</script>`,
    );
    expect(proposePage(html, URL)).toMatchObject({ doubt: null, selectors: { items: expect.stringContaining('ol') } });
  });
});

describe('other proposed parts', () => {
  const TEASER = 'The council has met in the hall by the harbour, and what it decided is told here';
  const card = (more: (i: number) => string) =>
    page(each((title, i) => `<article><h2><a href="/a${i}">${title}</a></h2><time>2026-11-1${i}</time>${more(i)}</article>`)); // biome-ignore format: one list
  const parts = (more: (i: number) => string) => {
    const { summary, image } = proposePage(card(more), URL)!.selectors;
    return { summary, image };
  };

  it.each([
    ['paragraphs', (i: number) => `<p>${i}. ${TEASER}</p>`, { summary: 'p', image: null }],
    ['what is called a teaser', (i: number) => `<div class="teaser">${i}. ${TEASER}</div>`, { summary: '.teaser', image: null }],
    ['paragraphs after a byline', (i: number) => `<p class="by">Posted on 1${i} November 2026 by the clerk of the council</p><p class="x">${i}. ${TEASER}</p>`, { summary: '.x', image: null }],
    ['pictures', (i: number) => `<img src="/p${i}.jpg">`, { summary: null, image: 'img' }],
    ['pictures after a mark', (i: number) => `<img class="m" src="/m.png"><img class="i" src="/grey.gif" data-original="/p${i}.jpg">`, { summary: null, image: '.i' }],
    ['one sentence in all', () => `<p>${TEASER}</p>`, { summary: null, image: null }],
    ['one picture in all', () => '<img src="/m.png">', { summary: null, image: null }],
    ['links to topics', (i: number) => `<p><a href="/t/${i}">Works of the council and of the harbour, ${i}</a></p>`, { summary: null, image: null }],
    ['the headline again', (i: number) => `<p>${HEADLINES[i]} ${'by the harbour '.repeat(3)}</p>`, { summary: 'p', image: null }],
  ])('of items with %s', (_, more, expected) => {
    expect(parts(more)).toEqual(expected);
  }); // biome-ignore format: a table

  it('come from the article, not only its header', () => {
    const topics = Array.from({ length: 9 }, (_, k) => `<a href="/t/${k}">Topic ${k}</a>`).join(' ');
    const html = page(each((title, i) => `<article><header><h2><a href="/a${i}">${title}</a></h2><time>2026-11-1${i}</time></header><img src="/p${i}.jpg"><p>${i}. ${TEASER}</p>${topics}</article>`)); // biome-ignore format: one list
    expect(proposePage(html, URL)?.selectors).toMatchObject({ items: 'article', summary: 'p', image: 'img' });
  });

  it('use the day in addresses where nothing else is a date', () => {
    const html = page(each((title, i) => `<article><h2><a href="/2026/11/1${i}/x">${title}</a></h2></article>`));
    expect(proposePage(html, URL)?.items[1]).toMatchObject({ date: '2026-11-11T00:00:00.000Z' });
  });

  it('prefer the days in addresses to other dates in the text', () => {
    const html = page(each((title, i) => `<article><h2><a href="/2026/11/1${i}/x">${title}</a></h2><p>LONDON, 3 May 202${i}: words of the council.</p></article>`)); // biome-ignore format: one list
    expect(proposePage(html, URL)).toMatchObject({ doubt: null, selectors: { date: null }, items: [{ date: '2026-11-10T00:00:00.000Z' }, {}, {}, {}, {}] }); // biome-ignore format: one call
  });

  it('accept headings that repeat on several days', () => {
    const events = Array.from({ length: 9 }, (_, i) => `<div class="event"><h3>${['Story time', 'Chess', 'Film'][i % 3]} at the library</h3><a href="/e/2026-11-0${i + 1}">Details</a></div>`).join(''); // biome-ignore format: one list
    const menu = `<div>${each((title, i) => `<section class="s"><h3><a href="/s${i}">${title}</a></h3></section>`)}</div>`;
    expect(proposePage(page(`<div>${events}</div>${menu}`), URL)?.selectors.items).toBe('div.event');
  });
});

describe('a list whose items have further classes', () => {
  const list = (classOf: (i: number) => string) =>
    page(`<div>${[...HEADLINES, HEADLINES[0]!].map((title, i) => `<article class="n ${classOf(i)}"><h2><a href="/a${i}">${title}</a></h2><time>2026-11-1${i}</time></article>`).join('')}</div>`); // biome-ignore format: one list

  it.each([
    ['of what is told in them', (i: number) => `category-${i < 5 ? 'works' : 'sport'} tag-t${i}`],
    ['that most of them have', (i: number) => (i < 5 ? 'works' : '')],
  ])('%s is found whole', (_, classOf) => {
    const { selectors, items, doubt } = proposePage(list(classOf), URL)!;
    expect([selectors.items, items.length, doubt]).toEqual(['article.n', 6, null]);
  });
});

describe('a doubtful list', () => {
  it.each([
    ['a menu alone', MENU],
    [
      'services without dates',
      page(each((title, i) => `<div class="s"><h3><a href="/s${i}">${title}</a></h3><p>Words on it.</p></div>`)),
    ],
    [
      'links in sentences',
      page(
        each(
          (title, i) =>
            `<p>On 1${i} November 2026 the council has said that <a href="/s${i}">${title}</a> and that it likes it.</p>`,
        ),
      ),
    ],
    ['categories', page(each((title, i) => `<p><a href="/show?cat=${i}">${title}</a> <i>1${i} November 2026</i></p>`))],
    [
      'months',
      page(each((title, i) => `<p><a href="/archives/2026/0${i + 1}/">${title}</a> <i>1${i} November 2026</i></p>`)),
    ],
    ['topics', page(each((title, i) => `<p><a href="/tag/t${i}">${title}</a> <i>1${i} November 2026</i></p>`))],
    [
      'two lists that are alike',
      page(
        ['a', 'b']
          .map(
            (k) =>
              `<ul class="${k}">${each((title, i) => `<li><time>2026-11-1${i}</time> <a href="/${k}${i}">${title} ${k}</a></li>`)}</ul>`,
          )
          .join(''),
      ),
    ],
  ])('is never sure: %s', (_, html) => {
    const proposal = proposePage(html, URL);
    expect(proposal === null || proposal.doubt !== null).toBe(true);
  });

  it('is one that its selectors do not find whole: the proposal shows what a run reads', () => {
    const inner = '<li class="n"><i>Photo: the clerk</i></li>';
    const html = page(`<ul>${each((title, i) => `<li class="n"><h2><a href="/a${i}">${title}</a></h2><time>2026-11-1${i}</time>${i < 4 ? `<ul>${inner}</ul>` : ''}</li>`)}</ul>`); // biome-ignore format: one list
    const { selectors, items, doubt } = proposePage(html, URL)!;
    expect(items.map(({ url }) => url)).toEqual(readPage(html, URL, selectors).items.map(({ url }) => url));
    expect(items.length === HEADLINES.length || doubt !== null).toBe(true);
  });

  const related = (href = (i: number) => `/a${i}`) => `<ul class="more">${each((title, i) => `<li><time>2026-11-1${i}</time> <a href="${href(i)}">${title}</a></li>`)}</ul>`; // biome-ignore format: one list
  const text =
    '<p>The council has met in the hall by the harbour to speak about the bridge, as it does each autumn.</p>';
  it.each([
    ['goes with a long text', text.repeat(20) + related(), 'it accompanies a longer text'],
    ['accompanies a declared article', `${text.repeat(6)}${related()}<meta property="article:published_time" content="2026-11-10">`, 'the page declares that it is an article itself'],
    ['accompanies an article declared in JSON-LD', `${text.repeat(6)}${related()}<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","mainEntityOfPage":{"@id":"${URL}#main"}}]}</script>`, 'the page declares that it is an article itself'],
    ['is made of comments', `<div id="comments">${related()}</div>`, 'it is in a menu or a sidebar'],
    ['leads elsewhere', related((i) => `https://other${i}.example/a`), 'most of its links lead to other sites'],
  ])('is doubted where it %s', (_, html, doubt) => {
    expect(proposePage(page(html), URL)?.doubt).toBe(doubt);
  }); // biome-ignore format: a table

  it.each([
    ['the text is that of its items', each((title, i) => `<article><h2><a href="/a${i}">${title}</a></h2><time>2026-11-1${i}</time><div>${text.repeat(8)}</div></article>`)],
    ['JSON-LD names articles of the list', `${text.repeat(6)}${related()}<script type="application/ld+json">${JSON.stringify(HEADLINES.map((_, i) => ({ '@type': 'NewsArticle', url: `/a${i}` })))}</script>`],
  ])('is not doubted where %s', (_, html) => {
    expect(proposePage(page(html), URL)?.doubt).toBeNull();
  }); // biome-ignore format: a table

  it('is one with the same markup as a sidebar, and the proposal shows what would be read', () => {
    const item = (title: string, i: number) => `<li><time>2026-11-1${i}</time> <a href="/${title}">${title}</a></li>`;
    const beside = ['Tide tables of this week', 'Lost and found at the pier', 'Ferries of the winter'].map(item);
    const html = page(`<ul class="list wide">${each(item)}</ul><ul class="list wide low">${beside.join('')}</ul>`);
    const { selectors, items, doubt } = proposePage(html, URL)!;
    expect([items.length, doubt]).toEqual([8, 'no selector finds it without 3 links of other lists']);
    expect(readPage(html, URL, selectors).items.map(({ title }) => title?.value)).toEqual(items.map(({ title }) => title)); // biome-ignore format: one line
  });

  it('needs a page with links', () => {
    expect(proposePage('<p>Nothing</p>', URL)).toBeNull();
  });
});

describe('a hostile page', () => {
  const LINKS = isThorough ? 100_000 : 25_000;
  const ALIKE = isThorough ? 500 : 100;
  it.each([
    [`${LINKS} links`, Array.from({ length: LINKS }, (_, i) => `<a href="/${i}">Number ${i} of many</a>`).join('')],
    ['deep nesting', '<div><a href=x>y</a>'.repeat(100_000)],
    [
      'classes without number',
      Array.from(
        { length: 3000 },
        (_, i) => `<li class="${`c${i} `.repeat(50)}"><a href="/${i}">Number ${i}</a></li>`,
      ).join(''),
    ],
    [
      `classes in which two lists of ${ALIKE} are alike`,
      ['', ' low']
        .map((more) => {
          const classes = Array.from({ length: 15 }, (_, i) => `${'abcdefghijklmno'[i]}x`).join(' ');
          const item = (_: unknown, i: number) =>
            `<div class="${classes}"><time>2026-11-10</time> <a href="/${more.trim()}${i}">Headline number ${i} of many${more}</a></div>`;
          const list = Array.from({ length: ALIKE }, item).join('');
          return Array.from({ length: 7 }).reduce<string>(
            (inner) => `<div class="${classes}${more}">${inner}</div>`,
            list,
          );
        })
        .join(''),
    ],
    ['JSON-LD of itself', `<script type="application/ld+json">${'['.repeat(100_000)}</script>`],
    ['a class that is not a valid selector', '<li class="a:b (x) \\"><a href="/1">One of three</a></li>'.repeat(3)],
  ])('of %s is looked through', (_, html) => {
    expect(() => proposePage(html, URL)).not.toThrow();
  });
});

describe('items with several links', () => {
  it('use the link with the headline only', () => {
    const list = each((title, i) => `<div class="post"><div class="t"><a href="/a${i}">${title}</a></div><span class="d">1${i} November 2026</span><a class="more" href="/a${i}">Read more: ${title}</a></div>`); // biome-ignore format: one line
    expect(titles(page(list))).toEqual(HEADLINES);
    expect(proposePage(page(list), URL)?.doubt).toBeNull();
  });

  it('are doubtful if some contain several articles', () => {
    const paragraph = (i: number) => `<strong>1${i} November 2026</strong><br><a href="/a${i}">${HEADLINES[i]} once more</a><br>Words on it.<br>`; // biome-ignore format: one line
    const list = `<p>${paragraph(0)}</p><p>${paragraph(1)}${paragraph(2)}</p><p>${paragraph(3)}</p><p>${paragraph(4)}</p>`;
    expect(proposePage(page(list), URL)?.doubt).toBe('some of its items contain several articles');
  });
});
