import { describe, expect, it } from 'vitest';
import { createEntries } from '../../src/compose/entry.js';
import type { Article } from '../../src/model/article.js';
import { toSlug } from '../../src/text/slug.js';
import { editionSettings, publishedArticle } from '../support/published-article.js';

const full = editionSettings();
const entryOf = (about: Partial<Article>, settings = full) => createEntries(settings)(publishedArticle(about));

describe('licences', () => {
  const rich: Partial<Article> = {
    contentHtml: '<p>All of it</p>',
    summary: 'Some of it',
    image: { url: 'https://paper.example/1.jpg', width: 100, height: 50, alt: 'x', type: 'image/jpeg' },
    enclosures: [{ url: 'https://paper.example/1.mp3', type: 'audio/mpeg', length: 1, duration: null }],
  };
  it.each([
    ['paper', { summary: 'Some of it', contentHtml: '<p>All of it</p>', pictures: 1, media: 1 }],
    ['zeitung', { summary: 'Some of it', contentHtml: null, pictures: 1, media: 1 }],
    ['secret', { summary: '', contentHtml: null, pictures: 0, media: 0 }],
    ['gone', { summary: 'Some of it', contentHtml: null, pictures: 1, media: 1 }],
  ])('of %s', (sourceId, wanted) => {
    const { summary, contentHtml, image, enclosures, title } = entryOf({ ...rich, sourceId });
    expect({ summary, contentHtml, pictures: image === null ? 0 : 1, media: enclosures.length }).toEqual(wanted);
    expect(title).toBe('Headline 1');
  });
});

describe('the picture of an article', () => {
  const image = { url: 'https://paper.example/1.jpg', width: null, height: null, alt: 'x', type: 'image/jpeg' };
  const copies = [{ path: 'images/a-160.webp', width: 160, height: 80 }];
  const knownImages = [{ url: image.url, width: 800, height: 400, copies: [] }];
  const withRights = (sourceId: string, images: boolean) => ({
    ...full,
    sources: full.sources.map((source) => (source.id === sourceId ? { ...source, images } : source)),
  });

  it.each([
    ['the whole text may be shown', full, 'paper', true],
    ['only the summary may', full, 'zeitung', false],
    ['the editor says that pictures may', withRights('zeitung', true), 'zeitung', true],
    ['the editor says that they may not', withRights('paper', false), 'paper', false],
    ['the source left the config', full, 'gone', false],
  ])('is shown or hidden on pages: %s', (_, settings, sourceId, shown) => {
    const entry = entryOf({ image, sourceId }, settings);
    expect(['picture' in entry, entry.image?.url]).toEqual([shown, image.url]); // feeds name it in any case
  });

  it('has the size of its file; feeds use it if the publisher gives none', () => {
    expect(entryOf({ image, knownImages })).toMatchObject({
      image: { width: 800, height: 400 },
      picture: { width: 800, height: 400, alt: 'x' },
    });
    expect(entryOf({ image: { ...image, width: 9, height: 9 }, knownImages })).toMatchObject({
      image: { width: 9, height: 9 },
      picture: { width: 800, height: 400 },
    });
    expect(entryOf({ image: { ...image, url: 'https://paper.example/2.jpg' }, knownImages })).toMatchObject({
      picture: { width: null, height: null },
    });
  });

  it('is shown only as a copy with `cache`', () => {
    const ours = { ...full, images: { cache: true, icons: false } };
    expect(entryOf({ image, knownImages }, ours)).not.toHaveProperty('picture');
    expect(entryOf({ image, knownImages: [{ ...knownImages[0]!, copies }] }, ours)).toMatchObject({
      picture: { copies },
    });
  });

  it('is hidden without permission, and for a withdrawn article', () => {
    const none = { title: null, summary: null, image: 'none' as const, addedTopics: [], removedTopics: [] };
    expect(entryOf({ image, edits: none })).not.toHaveProperty('picture');
    expect(entryOf({ image, knownImages, withdrawnAt: new Date('2026-11-24T12:00:00Z') })).not.toHaveProperty(
      'picture',
    );
  });

  it('is in the published folder for an image of a post', () => {
    const url = 'https://news.example.org/feeds/posts/desk/a%20b.png';
    expect(entryOf({ image: { ...image, url, width: 3, height: 2 } })).toMatchObject({
      picture: { copies: [{ path: 'posts/desk/a%20b.png', width: 3, height: 2 }] },
    });
  });
});

describe('edits', () => {
  const edits = { title: null, summary: null, image: null, addedTopics: [], removedTopics: [] };
  it('replace the publisher’s values, and are listed', () => {
    const topics = [{ topicId: 'sea', score: 1, because: [] }];
    const own = {
      ...edits,
      title: ' Ours\n',
      summary: 'In short',
      addedTopics: ['weather'],
      removedTopics: ['sea', 'moon'],
    };
    expect(entryOf({ topics, edits: own })).toMatchObject({
      title: 'Ours',
      summary: 'In short',
      topics: [{ id: 'weather' }],
      edited: { by: 'The Section', what: ['title', 'summary', 'topics'] },
    });
    expect(entryOf({ topics })).not.toHaveProperty('edited');
  });

  it('do not include headlines changed by rules, which apply unless the editor wrote one', () => {
    expect(entryOf({ retitled: 'Shorter' })).toMatchObject({ title: 'Shorter' });
    expect(entryOf({ retitled: 'Shorter' })).not.toHaveProperty('edited');
    expect(entryOf({ retitled: 'Shorter', edits: { ...edits, title: 'Ours' } }).title).toBe('Ours');
    expect(entryOf({ retitled: 'Shorter', edits: { ...edits, summary: 'In short' } }).title).toBe('Shorter');
  });

  it('need no licence', () => {
    expect(entryOf({ sourceId: 'secret', edits: { ...edits, summary: 'In short' } }).summary).toBe('In short');
    expect(entryOf({ sourceId: 'secret', edits: { ...edits, title: 'Ours' } }).summary).toBe('');
  });

  it('can remove all pictures', () => {
    const contentHtml =
      '<p>One<img src="https://a.example/1.jpg" alt="a &gt; b" />.</p><picture><source srcset="x" /><img src="y" /></picture><p>Two</p>';
    expect(entryOf({ contentHtml, edits: { ...edits, image: 'none' } })).toMatchObject({
      contentHtml: '<p>One.</p><p>Two</p>',
      image: null,
      edited: { what: ['image'] },
    });
  });
});

describe('texts and addresses', () => {
  it('are valid for publication', () => {
    const entry = entryOf({
      title: ' A\0 title\n of  two\ud800 lines ',
      url: 'https://paper.example/ü b',
      language: 'not a language',
      authors: [
        { name: ' \x01 ', url: null },
        { name: 'Ada', url: 'javascript:alert(1)' },
      ],
      image: { url: 'data:image/png,x', width: 1, height: 1, alt: null, type: null },
      enclosures: [
        { url: 'https://paper.example/a b.mp3', type: 'audio/mpeg', length: -1, duration: Number.NaN },
        { url: 'https://paper.example/a.pdf', type: 'application/pdf', length: 1, duration: null },
      ],
    });
    expect(entry).toMatchObject({
      title: 'A title of two lines',
      url: 'https://paper.example/%C3%BC%20b',
      language: null,
      authors: [{ name: 'Ada', url: null }],
      image: null,
      enclosures: [{ url: 'https://paper.example/a%20b.mp3', type: 'audio/mpeg', length: null, duration: null }],
    });
  });

  it('keep a title even if no character is valid', () => {
    expect(entryOf({ title: '\ufffe' }).title).toBe('The Paper');
  });

  it('give each publication an address that is not secret', () => {
    const attribution = (publication: { title: string; url: string | null; feedUrl: string | null }) =>
      entryOf({ attribution: { publication, via: null, credited: null } }).publication;
    expect(attribution({ title: '', url: null, feedUrl: null })).toEqual({
      title: 'paper.example',
      url: 'https://paper.example/',
      feedUrl: null,
    });
    expect(attribution({ title: 'P', url: null, feedUrl: 'file:///home/me/feed.xml' }).feedUrl).toBe(null);
    expect(attribution({ title: 'P', url: null, feedUrl: 'https://me:pw@paper.example/f' }).feedUrl).toBe(
      'https://paper.example/f',
    );
  });
});

describe("the section's own addresses", () => {
  const claimed = (url: string | null, feedUrl: string | null, sourceId = 'paper') => {
    const attribution = { publication: { title: 'The Paper', url, feedUrl }, via: null, credited: null };
    const { publication } = entryOf({ sourceId, attribution });
    return [publication.url, publication.feedUrl];
  };
  it.each([
    ['https://news.example.org/', 'https://paper.example/feed', null, 'https://paper.example/feed'],
    ['https://paper.example/', 'https://news.example.org/feeds/all.rss', 'https://paper.example/', null],
    ['https://news.example.org/', 'https://news.example.org/feeds/all.rss', 'https://paper.example/', null],
    ['https://paper.example/', 'https://paper.example/feed', 'https://paper.example/', 'https://paper.example/feed'],
  ])('are removed from other publications: %s %s', (url, feedUrl, ...expected) => {
    expect(claimed(url, feedUrl)).toEqual(expected);
  });

  it('are allowed for a source on the same host', () => {
    const sources = full.sources.map((source) => ({ ...source, url: 'https://news.example.org/blog/feed' }));
    const publication = { title: 'Our blog', url: 'https://news.example.org/', feedUrl: null };
    const attribution = { publication, via: null, credited: null };
    expect(entryOf({ attribution }, { ...full, sources }).publication).toEqual(publication);
  });
});

describe('links', () => {
  it('lead to the publisher, or to our page if configured', () => {
    const slug = toSlug(publishedArticle({}).id);
    const section = { ...full.publish, link: 'section' as const };
    expect(entryOf({}).url).toBe('https://paper.example/1');
    expect(entryOf({}, { ...full, publish: section }).url).toBe('https://paper.example/1');
    const pages = entryOf({}, { ...full, publish: { ...section, formats: ['rss', 'html'] } });
    expect(pages).toMatchObject({
      slug,
      url: `https://news.example.org/feeds/articles/${slug}.html`,
      originalUrl: 'https://paper.example/1',
    });
  });

  it('lead to our page if the publisher has none, else to its home page', () => {
    const section = { ...full.publish, formats: ['rss', 'html'] };
    const page = entryOf({ url: null }, { ...full, publish: section });
    expect(page).toMatchObject({ url: expect.stringMatching(/\/feeds\/articles\/\w+\.html$/), originalUrl: null });
    expect(entryOf({ url: null })).toMatchObject({ url: page.publication.url, originalUrl: null });
    const homeless = {
      publication: { title: 'P', url: null, feedUrl: 'https://feeds.example/p' },
      via: null,
      credited: null,
    };
    expect(entryOf({ url: null, attribution: homeless }).url).toBe('https://news.example.org/');
  });

  it('to comments are filled in and escaped', () => {
    const site = { ...full.site, comments: 'https://forum.example/new?u={url}&t={title}&i={id}&s={slug}&x={other}' };
    const { commentsUrl, slug } = entryOf({ title: 'a & b' }, { ...full, site });
    expect(commentsUrl).toBe(
      `https://forum.example/new?u=https%3A%2F%2Fpaper.example%2F1&t=a%20%26%20b&i=tag%3Anews.example%2C2026%3A1&s=${slug}&x=%7Bother%7D`,
    );
  });
});

describe('topics', () => {
  const tags = (...ids: string[]) => ids.map((topicId) => ({ topicId, score: 1, because: [] }));
  it('have labels in the section’s language, and IPTC codes if known', () => {
    expect(entryOf({ topics: tags('sea', 'weather', 'unknown') }).topics).toEqual([
      { id: 'sea', label: 'Sea', scheme: 'https://news.example.org/feeds/topics/', term: 'sea' },
      {
        id: 'weather',
        label: 'Weather',
        scheme: 'http://cv.iptc.org/newscodes/mediatopic/',
        term: 'medtop:17000000',
      },
    ]);
  });
  it('with one label are merged', () => {
    expect(entryOf({ topics: tags('sea', 'ocean') }).topics.map(({ id }) => id)).toEqual(['sea']);
  });
});

describe('a withdrawn article that stays', () => {
  it('is marked, and has no text', () => {
    const entry = entryOf({
      withdrawnAt: new Date('2026-11-25T00:00:00Z'),
      updatedAt: new Date('2026-11-24T20:00:00Z'),
      contentHtml: '<p>x</p>',
    });
    expect(entry).toMatchObject({ title: 'Withdrawn: Headline 1', summary: '', contentHtml: null, image: null });
    expect(entry.updatedAt).toEqual(new Date('2026-11-25T00:00:00Z'));
  });
});
