import { describe, expect, it } from 'vitest';
import { anArticlePage, aPageEntry, pageWriter } from '../../support/pages.js';

const full =
  '<p>Ships may enter the harbour again, after a week of storm.</p><p>The last of them waited since Monday.</p>';
const world = { id: 'sea', label: 'Sea', scheme: 'https://news.example.org/feeds/topics/', term: 'sea' };

/** The position of each mark in the page, in the given order. */
function places(html: string, marks: readonly string[]): number[] {
  return marks.map((mark) => html.indexOf(mark));
}
function json(html: string): Record<string, unknown>[] {
  const [, text] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)!;
  return JSON.parse(text!)['@graph'];
}

describe('the page of an article', () => {
  it('has its parts in a fixed order', () => {
    const page = anArticlePage(
      { topics: [world], commentsUrl: 'https://forum.example/new', authors: [{ name: 'A. Writer', url: null }] },
      { more: [aPageEntry({ slug: 'more' })], alike: [aPageEntry({ slug: 'alike' })] },
    );
    const html = pageWriter().article(page);
    const marks = ['aria-current="page"', '<h1', 'class="byline"', 'class="dt-published"', 'class="p-summary"'];
    const sections = ['id="credit"', 'id="related-topics"', 'id="more-news"', 'id="also-like"', 'id="comment"'];
    const found = places(html, [...marks, ...sections]);
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(found.every((place) => place > 0)).toBe(true);
  });

  it('leaves out empty parts', () => {
    const html = pageWriter().article(anArticlePage());
    for (const id of ['related-topics', 'more-news', 'also-like', 'comment']) expect(html).not.toContain(`id="${id}"`);
  });

  it('credits the publication with a link without nofollow', () => {
    const html = pageWriter().article(anArticlePage());
    expect(html).toContain('First published by <strong><bdi>The Paper</bdi></strong>.');
    expect(html).toContain('<a href="https://paper.example/2026/harbour">Read the whole article at The Paper</a>');
    expect(html).not.toContain('nofollow');
  });

  it.each([
    ['https://openai.example/news', true],
    ['https://news.paper.example/1', false],
    ['https://thepaper.test/1', false],
    ['https://feeds.feedburner.com/~r/paper/1', false],
  ])('says what a link post refers to: %s', (originalUrl, isLink) => {
    const html = pageWriter().article(anArticlePage({ url: originalUrl, originalUrl }));
    const host = 'openai.example';
    expect(html.includes(`Links to <strong><bdi>${host}</bdi></strong>. Found through <bdi>The Paper</bdi>.`)).toBe(
      isLink,
    );
    expect(html.includes(`Read the whole article at ${isLink ? host : 'The Paper'}`)).toBe(true);
  });

  it('links to the discussion at the publication', () => {
    const discussionUrl = 'https://paper.example/2026/harbour#comments';
    const html = pageWriter().article(anArticlePage({ discussionUrl }));
    expect(html).toContain(`<a href="${discussionUrl}">Discussion at The Paper</a>`);
    expect(pageWriter().article(anArticlePage())).not.toContain('Discussion');
  });

  it.each([
    ['full', { contentHtml: full }, true, true],
    ['summary', {}, false, true],
    ['none', { summary: '' }, false, false],
  ])('shows as much text as %s allows', (_, entry, content, summary) => {
    const html = pageWriter().article(anArticlePage(entry));
    expect(html.includes('class="e-content"')).toBe(content);
    expect(html.includes('class="p-summary"')).toBe(summary);
  });

  it('hides a summary that repeats the beginning of the text', () => {
    const twice = anArticlePage({
      contentHtml: full,
      summary: 'Ships may enter the harbour again, after a week of storm.',
    });
    const apart = anArticlePage({ contentHtml: full, summary: 'The port is open.' });
    expect(pageWriter().article(twice)).not.toContain('p-summary');
    expect(pageWriter().article(apart)).toContain('p-summary');
    const post = anArticlePage({ title: 'One line.', summary: 'One line.' });
    expect(pageWriter().article(post)).not.toContain('p-summary');
  });

  const picture = { url: 'http://paper.example/i.jpg', width: 640, height: 480, alt: null, copies: [] };

  it('shows the picture only if permitted', () => {
    const image = { url: 'http://paper.example/i.jpg', width: 640, height: 480, alt: null, type: null };
    expect(pageWriter().article(anArticlePage({ image }))).not.toContain('<img');
    const html = pageWriter().article(anArticlePage({ image, picture }));
    expect(html).toContain(
      '<div class="picture"><img class="u-photo" src="https://paper.example/i.jpg" width="640" height="480" alt="" fetchpriority="high" decoding="async" referrerpolicy="no-referrer"></div>',
    );
    expect(html).toContain('property="og:image" content="https://paper.example/i.jpg"');
    const unsized = { ...picture, width: null, height: null, alt: 'The harbour' };
    expect(pageWriter().article(anArticlePage({ picture: unsized }))).toContain(
      'src="https://paper.example/i.jpg" alt="The harbour"',
    );
  });

  it('shows no picture above a text with a picture', () => {
    const contentHtml = '<p><img src="https://paper.example/own.jpg" alt=""></p>';
    expect(pageWriter().article(anArticlePage({ picture, contentHtml }))).not.toContain('i.jpg" width');
  });

  it('shows our copies, and with `cache` loads nothing else', () => {
    const copies = [
      { path: 'images/a-160.webp', width: 160, height: 120 },
      { path: 'images/a-480.webp', width: 480, height: 360 },
    ];
    const known = { url: 'https://paper.example/own.jpg', width: 640, height: 480, copies };
    const contentHtml =
      '<p><img src="https://paper.example/own.jpg" alt="A pier" width="9"><img src="https://paper.example/other.jpg" alt=""></p>';
    const html = pageWriter({ ownPictures: true }).article(
      anArticlePage({ picture: { ...picture, copies }, contentHtml, knownImages: [known] }),
    );
    expect(html).toContain("img-src 'self';");
    expect(html).toContain(
      '<img src="../images/a-480.webp" alt="A pier" loading="lazy" referrerpolicy="no-referrer" srcset="../images/a-160.webp 160w, ../images/a-480.webp 480w" sizes="(min-width: 40rem) 38rem, 100vw" width="480" height="360">',
    );
    expect(html).not.toContain('other.jpg');
  });

  it('has the publisher’s page as canonical for a full text, else itself', () => {
    const canonical = (html: string) => /rel="canonical" href="([^"]*)"/.exec(html)?.[1];
    expect(canonical(pageWriter().article(anArticlePage({ contentHtml: full })))).toBe(
      'https://paper.example/2026/harbour',
    );
    expect(canonical(pageWriter().article(anArticlePage()))).toBe(
      'https://news.example.org/feeds/articles/abcdefghijkl.html',
    );
  });

  it('describes the article and its publisher in structured data, and no more than it shows', () => {
    const authors = [{ name: 'A. Writer', url: null }];
    const html = pageWriter().article(anArticlePage({ authors, credited: { title: 'Der Bote', url: null } }));
    const [page, article] = json(html);
    expect(page).toMatchObject({ isBasedOn: 'https://paper.example/2026/harbour', citation: 'Der Bote' });
    expect(article).toMatchObject({
      '@type': 'NewsArticle',
      identifier: 'tag:news.example.org,2026:harbour',
      author: [{ '@type': 'Person', name: 'A. Writer' }],
      publisher: { name: 'The Paper' },
      datePublished: '2026-11-24T09:30:00Z',
    });
    expect(article).not.toHaveProperty('dateModified');
    expect(html).toContain('It draws on <bdi>Der Bote</bdi>.');
  });

  it('escapes headlines', () => {
    const title = '</title></script><script>alert(1)</script> "A" & \'B\'';
    const html = pageWriter().article(anArticlePage({ title, publication: { title, url: null, feedUrl: null } }));
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(json(html)[1]).toMatchObject({ headline: title });
  });

  it('marks right-to-left languages', () => {
    const html = pageWriter().article(anArticlePage({ language: 'ar', title: 'الميناء' }));
    expect(html).toContain('<h1 class="p-name" lang="ar" dir="rtl">');
    expect(html).toContain('<html lang="en">');
  });

  it('shows the date of its revision', () => {
    const html = pageWriter().article(anArticlePage({ updatedAt: new Date('2026-11-25T08:05:00Z') }));
    expect(html).toContain(
      'Updated <time class="dt-updated" datetime="2026-11-25T08:05:00Z">25 November 2026, 08:05 UTC</time>',
    );
  });

  it('shows the name once if author and publication are the same', () => {
    const html = pageWriter().article(anArticlePage({ authors: [{ name: 'The Paper', url: null }] }));
    expect(html).toContain('<p class="byline"><bdi class="p-publication">The Paper</bdi></p>');
  });
});
