import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean } from '../../src/clean/clean.js';
import type { Draft } from '../../src/model/article.js';
import type { CleanContext } from '../../src/model/document.js';
import type { Item, ParsedFeed, Text } from '../../src/model/item.js';
import { aContext, aFeed, anItem, html, text } from '../support/an-item.js';
import { runs } from '../support/thorough.js';

function draftOf(said: Partial<Item>, feed: Partial<ParsedFeed> = {}, context: CleanContext = aContext()): Draft {
  return clean(aFeed([anItem(said)], feed), context).drafts[0]!;
}

describe('clean', () => {
  it('creates a draft from an ordinary item', () => {
    const draft = draftOf({
      guid: 'https://paper.example/?p=7',
      guidIsPermalink: false,
      url: 'https://paper.example/ferry?utm_source=rss',
      title: html('<em>Ferry</em> returns &amp; sails | The Paper'),
      summary: html('Boats leave at nine. <a href="/more">Read more</a>'),
      content: html(
        '<p>Boats leave at nine.</p><p>The <a href="/cafe">café</a> is open.</p><img src="/boat.jpg" alt="A boat">',
      ),
      authors: [{ name: 'By Ilse Tarn', email: 'ilse@paper.example', url: null }],
    });
    expect(draft).toMatchObject({
      guid: 'https://paper.example/?p=7',
      url: 'https://paper.example/ferry',
      urlKeys: ['https://paper.example/ferry'],
      title: 'Ferry returns & sails',
      summary: 'Boats leave at nine.',
      authors: [{ name: 'Ilse Tarn', url: null }],
      attribution: { publication: { title: 'The Paper', url: 'https://paper.example/' }, via: null },
      language: 'en',
      image: { url: 'https://paper.example/boat.jpg', alt: 'A boat', type: 'image/jpeg' },
      claimedPublishedAt: new Date('2026-11-24T06:30:00Z'),
      claimedPublishedFrom: 'published',
      bodyText: 'Boats leave at nine.\nThe café is open.',
      place: 0,
    });
    expect(draft.contentHtml).toContain('href="https://paper.example/cafe"');
    expect(draft.contentHash).toMatch(/^[0-9a-f]{32}$/);
  });

  it('skips and counts items without link, title and text', () => {
    const items = [anItem({ url: null, title: null }), anItem({ url: 'https://paper.example/two' })];
    const document = clean(aFeed(items), aContext());
    expect(document.skipped).toBe(1);
    expect(document.drafts.map((d) => [d.url, d.place])).toEqual([['https://paper.example/two', 1]]);
    expect(document.warnings).toHaveLength(1);
  });

  it.each(['summary', 'none'] as const)(
    'publishes no HTML of a source that allows %s, and its hash is the same',
    (content) => {
      const said = { content: html('<p>The whole of it.</p>'), summary: text('In short.') };
      const full = draftOf(said);
      const narrow = draftOf(said, {}, aContext({ content }));
      expect(full.contentHtml).toContain('The whole of it.');
      expect(narrow.contentHtml).toBeNull();
      expect(narrow.contentHash).toBe(full.contentHash);
      expect(narrow.bodyText).toBe('The whole of it.');
    },
  );
});

describe('addresses', () => {
  const enclosures = [{ url: 'https://paper.example/e.mp3', type: 'audio/mpeg', length: null, duration: null }];
  it.each<[string, Partial<Item>, string[]]>([
    ['the link', { url: 'https://www.paper.example/a/' }, ['https://paper.example/a']],
    [
      'a permalink guid where there is no link',
      { url: null, guid: 'https://paper.example/g' },
      ['https://paper.example/g'],
    ],
    [
      'a permalink guid beside the link',
      { guid: 'https://paper.example/g', guidIsPermalink: true },
      ['https://paper.example/story', 'https://paper.example/g'],
    ],
    [
      'a guid that is none',
      { guid: 'https://paper.example/g', guidIsPermalink: false },
      ['https://paper.example/story'],
    ],
    ['an enclosure', { url: null, guid: 'x', enclosures }, ['https://paper.example/e.mp3']],
    ['the comments page', { url: null, commentsUrl: 'https://paper.example/c' }, ['https://paper.example/c']],
    ['no enclosure beside a link', { enclosures }, ['https://paper.example/story']],
    ['relative to the document', { url: '/a' }, ['https://paper.example/a']],
    [
      'an AMP page that says so',
      { links: [{ href: 'https://amp.cdn.example/x', rel: 'amphtml', type: null, title: null, length: null }] },
      ['https://paper.example/story', 'https://cdn.example/x'],
    ],
    [
      'an unusable link and a good guid',
      { url: 'javascript:1', guid: 'https://paper.example/g', guidIsPermalink: true },
      ['https://paper.example/g'],
    ],
  ])('%s', (_name, said, keys) => {
    expect(draftOf(said).urlKeys).toEqual(keys);
  });

  const three = (query: string) =>
    [1, 2, 3].map((n) =>
      anItem({ url: `https://paper.example/view?id=${n}&${query}`, title: text(`Ferry ${n} sails`) }),
    );

  it('lose a common parameter whose value names a feed', () => {
    const { drafts, commonParameters } = clean(aFeed(three('xyz=rss.front')), aContext());
    expect(commonParameters).toEqual(['xyz=rss.front']);
    expect(drafts[0]).toMatchObject({
      url: 'https://paper.example/view?id=1',
      // The key of the original address, which counts again if a later link lacks the parameter.
      urlKeys: [
        'https://paper.example/view?id=1',
        'https://paper.example/view?id=1&xyz=rss.front',
        'https://paper.example/view?id=1#!ferry%201%20sails',
      ],
    });
  });

  it.each(['lang=en', 'board=10', 'format=rss', 'view=rss'])('keep %s, which may select content', (query) => {
    const [draft] = clean(aFeed(three(query)), aContext()).drafts;
    const address = `https://paper.example/view?id=1&${query}`;
    expect(draft).toMatchObject({
      url: address,
      urlKeys: [address, 'https://paper.example/view?id=1#!ferry%201%20sails'],
    });
  });

  it('keep a parameter that a later link lacks', () => {
    const known = aContext({}, { commonParameters: ['xyz=rss'] });
    const items = [...three('xyz=rss'), anItem({ url: 'https://paper.example/view?id=4' })];
    const { drafts, commonParameters } = clean(aFeed(items), known);
    expect(commonParameters).toEqual([]);
    expect(drafts[0]?.url).toBe('https://paper.example/view?id=1&xyz=rss');
  });

  it.each<[string, Partial<Item>, boolean]>([
    ['a title and a guid', { guid: 'x', published: null }, true],
    ['a title and a date', {}, true],
    ['a text and a date', { title: null, summary: text('The ferry sails again. Boats leave at nine.') }, true],
    ['a title alone', { published: null }, true],
    ['a guid and a date, but nothing to read', { guid: 'x', title: html(' <br>'), summary: text(' ') }, false],
  ])('none is needed by an item with %s: %o %s', (_name, said, taken) => {
    const { drafts, skipped } = clean(aFeed([anItem({ url: null, ...said })]), aContext());
    expect(drafts.map(({ url, urlKeys }) => ({ url, urlKeys }))).toEqual(taken ? [{ url: null, urlKeys: [] }] : []);
    expect(skipped).toBe(taken ? 0 : 1);
  });
});

describe('a link to a part of a page', () => {
  const linkOf = (url: string, guid: string | null) => draftOf({ url, guid });
  it.each([
    [
      'that is the guid too',
      'https://paper.example/26.html#a030658',
      'https://paper.example/26.html#a030658',
      '#a030658',
    ],
    ['without such a guid', 'https://paper.example/26.html#a030658', null, ''],
    ['that names the feed', 'https://paper.example/26.html#rss', 'https://paper.example/26.html#rss', ''],
    ['that ends the guid', 'https://paper.example/26.html#s/a030658', 'paper-a030658', '#s/a030658'],
    ['that ends it by chance', 'https://paper.example/26.html#top', 'paper-top', ''],
    ['that opens the comments', 'https://paper.example/26.html#comments', 'https://paper.example/26.html#comments', ''],
  ])('%s', (_name, url, guid, fragment) => {
    expect(linkOf(url, guid).url).toBe(`https://paper.example/26.html${fragment}`);
    expect(linkOf(url, guid).urlKeys).toEqual(['https://paper.example/26.html']);
  });
});

it('drops categories that are addresses or values of a database', () => {
  const category = (term: string, label: string | null = null) => ({ term, scheme: null, label });
  const categories = [category('http://data.example/schemas#video'), category('urn:x:1', 'Boats'), category('Sea')];
  categories.push(category('ab286b47-5f78-52f4-8364-2d706ed1e880'), category('post:id=9f22'));
  expect(draftOf({ categories }).categories.map(({ term }) => term)).toEqual(['urn:x:1', 'Sea']);
});

describe('the discussion', () => {
  const discussion = (commentsUrl: string | null) =>
    clean(aFeed([anItem({ commentsUrl })]), aContext()).drafts[0]!.discussionUrl;

  it.each([
    ['another page', 'https://forum.example/t/7?utm_source=rss', 'https://forum.example/t/7'],
    ['a part of the page', 'https://paper.example/story#comments', 'https://paper.example/story#comments'],
    ['a relative address', '/story/comments', 'https://paper.example/story/comments'],
    ['the article itself', 'https://paper.example/story', null],
    ['the article itself, written otherwise', 'http://www.paper.example/story/', null],
    ['the front page', 'https://paper.example/', null],
    ['a feed', 'https://paper.example/story/comments.atom', null],
    ['a list of articles', 'https://paper.example/category/boats/', null],
    ['no web page', 'mailto:desk@paper.example', null],
    ['none', null, null],
  ])('%s', (_name, commentsUrl, expected) => {
    expect(discussion(commentsUrl)).toBe(expected);
  });
});

describe('the document', () => {
  it("passes on the feed's own fields", () => {
    const said = {
      description: html('All <b>news</b>'),
      updated: '2026-11-24T06:30:00.5Z',
      imageUrl: '/logo.png',
      rights: '© &amp; so on',
      ttlMinutes: 60,
      skipHours: [1],
      tombstones: [{ ref: 'urn:x:1', when: null }],
      complete: false,
    };
    expect(clean(aFeed([], said), aContext())).toMatchObject({
      profile: {
        title: 'The Paper',
        homeUrl: 'https://paper.example/',
        feedUrl: 'https://paper.example/feed',
        description: 'All news',
        language: 'en',
        imageUrl: 'https://paper.example/logo.png',
        rights: '© & so on',
      },
      drafts: [],
      skipped: 0,
      tombstones: [{ ref: 'urn:x:1', when: null }],
      complete: false,
      builtAt: new Date('2026-11-24T06:30:00Z'),
      ttlMinutes: 60,
      skipHours: [1],
    });
  });
});

describe('the summary', () => {
  it('is the beginning of the content if the feed’s repeats the title', () => {
    const content = { type: 'html' as const, value: '<p>The storm is over.</p>', base: null };
    const summary = { type: 'text' as const, value: 'Ferry returns to the islands', base: null };
    expect(clean(aFeed([anItem({ summary, content })]), aContext()).drafts[0]!.summary).toBe('The storm is over.');
  });
});

describe('plain text content', () => {
  it('becomes paragraphs', () => {
    expect(draftOf({ content: text('One <b>\nline\n\nTwo & three') }).contentHtml).toBe(
      '<p>One &lt;b&gt;<br />line</p><p>Two &amp; three</p>',
    );
  });

  it('stays null if the summary is not a body', () => {
    expect(draftOf({ summary: html('Boats <b>leave</b>.') }).contentHtml).toBeNull();
    expect(draftOf({ summary: html('<p>Boats <b>leave</b>.</p>') }).contentHtml).toBe('<p>Boats <b>leave</b>.</p>');
  });
});

describe('any item', () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '',
      ' ',
      'https://www.paper.example/a',
      'http://999.999/',
      'https://[::1]/',
      '//x',
      'javascript:1',
      '<b>',
      '&#0;',
      '__proto__',
      '\uD83D',
      'By ',
      '{publication}',
    ),
  );
  const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
  const aText: fc.Arbitrary<Text> = fc.record({
    type: fc.constantFrom('text', 'html'),
    value: word,
    base: maybe(word),
  });
  const person = fc.record({ name: maybe(word), email: maybe(word), url: maybe(word) });
  const number = maybe(fc.oneof(fc.integer(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 0, -1)));
  const few = { maxLength: 3 };
  const item: fc.Arbitrary<Partial<Item>> = fc.record({
    guid: maybe(word),
    guidIsPermalink: maybe(fc.boolean()),
    url: maybe(word),
    title: maybe(aText),
    summary: maybe(aText),
    content: maybe(aText),
    authors: fc.array(person, few),
    categories: fc.array(fc.record({ term: word, scheme: maybe(word), label: maybe(word) }), few),
    links: fc.array(
      fc.record({
        href: word,
        rel: fc.constantFrom('via', 'canonical', 'x'),
        type: fc.constant(null),
        title: maybe(word),
        length: fc.constant(null),
      }),
      few,
    ),
    enclosures: fc.array(fc.record({ url: word, type: maybe(word), length: number, duration: number }), few),
    images: fc.array(fc.record({ url: word, width: number, height: number, alt: maybe(word) }), few),
    source: maybe(fc.record({ title: maybe(word), url: maybe(word), feedUrl: maybe(word) })),
    publisher: maybe(word),
    published: maybe(word),
    language: maybe(word),
  });

  it('gives a valid draft or none', () => {
    fc.assert(
      fc.property(item, maybe(aText), (said, title) => {
        for (const draft of clean(aFeed([anItem(said)], { title }), aContext()).drafts) {
          expect(draft.title).not.toBe('');
          expect(draft.title).not.toMatch(/[\n\u0000-\u001F\u202E]/);
          expect(draft.summary.length).toBeLessThanOrEqual(500);
          expect(draft.url ?? 'https://none.example/').toMatch(/^https?:\/\//);
          expect(draft.urlKeys.length > 0).toBe(draft.url !== null);
          expect(draft.urlKeys[0] ?? 'https://').toMatch(/^https:\/\//);
          expect(JSON.parse(JSON.stringify(structuredClone(draft)))).toEqual(JSON.parse(JSON.stringify(draft)));
        }
      }),
      { numRuns: runs(1_000), seed: 13 },
    );
  });
});
