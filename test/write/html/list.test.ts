import { describe, expect, it } from 'vitest';
import type { ListPage, PageEntry } from '../../../src/model/page.js';
import { aPageEntry, pageWriter } from '../../support/pages.js';

const index = (about: Partial<Extract<ListPage, { kind: 'index' }>> = {}): ListPage => {
  const { entries = [aPageEntry()] } = about;
  const sourceIds = entries.map((_, i) => `s${i}`);
  const none = { top: [], stories: false, topics: [], sources: [] };
  return { kind: 'index', entries, sourceIds, ...none, ...about };
};
const links = (html: string) => [...html.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => href);

describe('the index', () => {
  it('groups articles by day, names the zone with the day, and shows only their time', () => {
    const yesterday = aPageEntry({ slug: 'b', publishedAt: new Date('2026-11-23T23:59:00Z') });
    const html = pageWriter().list(index({ entries: [aPageEntry(), yesterday] }));
    expect(html).toContain(
      '<h2><time datetime="2026-11-24">24 November 2026</time> <span class="zone-name">UTC</span></h2>',
    );
    expect(html).toContain(
      '<h2><time datetime="2026-11-23">23 November 2026</time> <span class="zone-name">UTC</span></h2>',
    );
    expect(html).toContain('datetime="2026-11-23T23:59:00Z">23:59<span class="zone"> UTC</span></time>');
  });

  it('counts topics and publications, and links to more news and every feed', () => {
    const topics = [{ id: 'sea', label: 'Sea', count: 7 }];
    const sources = [{ id: 'paper', label: 'The Paper', count: 9 }];
    const html = pageWriter().list(index({ topics, sources }));
    expect(html).toMatch(/topics\/sea\.html">Sea<\/a> <span class="count">7</);
    expect(html).toMatch(/sources\/paper\.html"><bdi>The Paper<\/bdi><\/a> <span class="count">9</);
    expect(links(html)).toEqual(expect.arrayContaining(['latest.html', 'all.rss', 'all.atom', 'all.json', 'feeds.opml', 'status.html'])); // biome-ignore format: one list
  });

  it('gives links with the same text distinct accessible names', () => {
    const twice = [
      { id: 'a', label: 'Sea', count: 1 },
      { id: 'b', label: 'sea', count: 1 },
    ];
    const html = pageWriter({ menu: [{ id: 'sea', label: 'Sea' }] }).list(index({ sources: twice }));
    const names = [...html.matchAll(/sources\/.\.html"(?: aria-label="([^"]*)")?>/g)].map(([, name]) => name);
    expect(names).toEqual(['Sea (publication)', 'sea (b)']);
  });

  it('names the other publications of the story that an article leads', () => {
    const html = pageWriter().list(index({ entries: [aPageEntry({ alsoReportedBy: ['Der Bote', 'A & B'] })] }));
    expect(html).toContain('Also reported by <bdi>Der Bote</bdi>, <bdi>A &amp; B</bdi>');
  });

  it('shows the text of a post without a headline once', () => {
    const shown = (summary: string) =>
      pageWriter().list(index({ entries: [aPageEntry({ title: 'One line.', summary })] }));
    expect(shown('One line.')).not.toContain('p-summary');
    expect(shown('One line. Another.')).toContain('p-summary');
  });

  it('shows a lazily loaded picture next to its article', () => {
    const picture = { url: 'http://paper.example/i.jpg', width: 640, height: 480, alt: 'Fog & sea', copies: [] };
    expect(pageWriter().list(index({ entries: [aPageEntry({ picture })] }))).toContain(
      '<div class="picture"><img class="u-photo" src="https://paper.example/i.jpg" width="640" height="480" alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer"></div>',
    );
    const copies = [
      { path: 'images/a-160.webp', width: 160, height: 90 },
      { path: 'images/a-480.webp', width: 480, height: 270 },
    ];
    const topic: ListPage = { kind: 'topic', channel: 'topics/sea', label: 'Sea', entries: [], lastArchive: null };
    const html = pageWriter().list({ ...topic, entries: [aPageEntry({ picture: { ...picture, copies } })] });
    expect(html).toContain('src="../images/a-160.webp" srcset="../images/a-480.webp 2x" width="160" height="90"');
    expect(html).not.toContain('paper.example/i.jpg');
  });

  it('links the name of a publication to its page, and shows a letter as icon', () => {
    const html = pageWriter().list(index({ entries: [aPageEntry({ publication: '«Вісник»', sourceId: 'visnyk' })] }));
    expect(html).toMatch(
      /<span class="publication"><span class="icon t[0-7] i-visnyk" data-letter="В" aria-hidden="true"><\/span><a href="sources\/visnyk.html"><bdi class="p-publication">«Вісник»<\/bdi><\/a><\/span>/,
    );
    const foreign = pageWriter().list(index({ entries: [aPageEntry({ publication: '…' })] }));
    expect(foreign).toMatch(
      /<span class="icon t\d" data-letter="·" aria-hidden="true"><\/span><bdi class="p-publication">…/,
    );
  });

  it('shows a text if there are no articles', () => {
    expect(pageWriter().list(index({ entries: [] }))).toContain('Nothing here yet.');
  });

  it('lists the articles in structured data in the same order', () => {
    const html = pageWriter().list(index({ entries: [aPageEntry({ slug: 'b' }), aPageEntry({ slug: 'a' })] }));
    const [, text] = /ld\+json">(.*?)<\/script>/s.exec(html)!;
    const urls = JSON.parse(text!)['@graph'][0].mainEntity.itemListElement.map(({ url }: { url: string }) => url);
    expect(urls).toEqual(['b', 'a'].map((slug) => `https://news.example.org/feeds/articles/${slug}.html`));
  });
});

describe('the page of a topic', () => {
  const page: ListPage = {
    kind: 'topic',
    channel: 'topics/sea',
    label: 'Sea',
    entries: [aPageEntry()],
    lastArchive: null,
  };
  it('lists its own feeds before the section’s', () => {
    const html = pageWriter().list(page);
    const feeds = [...html.matchAll(/rel="alternate"[^>]*href="([^"]*)"/g)].map(([, href]) => href);
    expect(feeds).toEqual(['../topics/sea.rss', '../topics/sea.atom', '../topics/sea.json', '../all.rss', '../all.atom', '../all.json']); // biome-ignore format: one list
    expect(html).toContain('<a href="../topics/sea.html" aria-current="page">Sea</a>');
    expect(html).not.toContain('robots');
  });
});

describe('the page of a publication', () => {
  it('describes the publication, and links to its site and feed', () => {
    const page: ListPage = {
      kind: 'source',
      channel: 'sources/paper',
      label: 'The Paper',
      homeUrl: 'https://paper.example/',
      feedUrl: 'https://paper.example/feed',
      about: 'News of the harbour',
      language: 'de-AT',
      count: 1,
      entries: [],
      lastArchive: null,
    };
    const html = pageWriter().list(page);
    expect(html).toContain('<a href="https://paper.example/">The site of The Paper</a>');
    expect(html).toContain('<a href="https://paper.example/feed">The feed of The Paper itself</a>');
    expect(html).toContain('<span lang="de-AT" dir="ltr">Deutsch</span> · 1 article</p>');
    expect(html).toContain('News of the harbour');
  });
});

it('an entry with audio or video says so, with the duration', () => {
  const entries = [{ isVideo: false, duration: 723 }, { isVideo: true, duration: null }].map((medium, i) => aPageEntry({ id: `m${i}`, slug: `m${i}`, medium })); // biome-ignore format: one list
  const html = pageWriter().list(index({ entries }));
  expect([...html.matchAll(/<span class="medium">([^<]*)/g)].map(([, text]) => text)).toEqual([
    'Audio, 12:03',
    'Video',
  ]);
});

it('the page for unknown addresses has links from the root of the host', () => {
  const html = pageWriter().notFound();
  expect(html).toContain('<h1>Page not found</h1>');
  expect(html).toContain('<link rel="stylesheet" href="/feeds/style.css">');
  expect(html).not.toMatch(/(?:href|src)="(?!\/|https:|#)/);
});

describe('a part of the archive', () => {
  const part = (number: number, next: number | null, from = '2026-11-20T10:00:00Z'): ListPage => {
    const entries = [aPageEntry(), aPageEntry({ id: 'b', publishedAt: new Date(from) })];
    return { kind: 'archive', channel: 'topics/sea', label: 'Sea', number, next, entries };
  };
  it('links to the previous and the next part', () => {
    const found = (html: string) => links(html).filter((href) => /^\d+\.html$/.test(href!));
    expect(found(pageWriter().list(part(2, 3)))).toEqual(['3.html', '1.html']);
    expect(found(pageWriter().list(part(1, 2)))).toEqual(['2.html']);
    expect(found(pageWriter().list(part(3, null)))).toEqual(['2.html']);
  });

  it('has its dates as heading and links, and leads back to its list', () => {
    const html = pageWriter().list(part(2, 3));
    expect(html).toContain('<h1>Sea – Archive: 20 November 2026 – 24 November 2026</h1>');
    expect(html).toContain('>Newer: from 24 November 2026</a>');
    expect(html).toContain('>Older: until 20 November 2026</a>');
    expect(html).toContain('<li><a href="../../../topics/sea.html">Sea</a></li>');
    expect(pageWriter().list(part(2, 3, '2026-11-24T05:00:00Z'))).toMatch(/Archive: 24 November 2026, 05:00–\d\d:\d\d UTC<\/h1>.*Older: until 24 November 2026, 05:00 UTC/s); // biome-ignore format: one line
  });
});

describe('the list of a topic', () => {
  const topic = (entries: PageEntry[], lastArchive: number | null = null) => {
    return pageWriter().list({ kind: 'topic', channel: 'topics/sea', label: 'Sea', entries, lastArchive });
  };

  it('shows the reports of a story with the newest, and the largest stories above', () => {
    const others = ['A', 'B', 'The Paper', 'A', 'C', 'D', 'E'].map((publication, i) => aPageEntry({ id: `o${i}`, slug: `o${i}`, publication })); // biome-ignore format: one list
    const folded = { slug: 'story', others, isTop: true };
    const html = topic([aPageEntry({ title: 'Ferry aground', publication: 'The Paper', folded }), aPageEntry({ id: 'z', slug: 'z' })]); // biome-ignore format: one call
    const [fold] = /<p class="also fold">.*<\/p>/.exec(html)!;
    expect([...fold.matchAll(/<bdi>(\w+)/g)].map(([, name]) => name)).toEqual(['A', 'B', 'C']);
    expect(fold).toMatch(/<a class="all" href="..\/stories\/story.html">All reports on this story/);
    expect(html).toMatch(/<section id="top".*Ferry aground.*<div class="news" id="latest">.*Ferry aground/s);
  });

  it('says how to follow it, and leads to its archive', () => {
    const html = topic([aPageEntry()], 3);
    expect(html).toContain('<a href="../archive/topics/sea/3.html">Older: until 24 November 2026</a>');
    expect(html).toMatch(/Follow this page in your feed reader<\/h2>.*href="..\/topics\/sea.rss"/s);
    expect(html).not.toContain('id="top"');
  });
});

describe('the fragment', () => {
  it('can be embedded: absolute links, no ids', () => {
    const html = pageWriter().fragment([aPageEntry()]);
    expect(links(html)).toEqual(['https://news.example.org/feeds/articles/abcdefghijkl.html']);
    expect(html).not.toMatch(/ id=|<script|<style/);
  });
});

describe('a section in a language without labels', () => {
  it('uses English labels, and marks its own texts with their language', () => {
    const html = pageWriter({ language: 'ko', title: '뉴스', menu: [{ id: 'sea', label: '바다' }] }).list(index());
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('lang="ko" dir="ltr">바다</a>');
  });

  it('has labels in Ukrainian, German, French, Spanish and Russian', () => {
    const heading = (language: string) => /<h1>(.*?)<\/h1>/.exec(pageWriter({ language }).list(index()))?.[1];
    expect(['uk', 'de-AT', 'fr', 'es', 'ru'].map(heading)).toEqual(['Останні новини', 'Neueste Nachrichten', 'Dernières nouvelles', 'Últimas noticias', 'Последние новости']); // biome-ignore format: one list
  });
});
