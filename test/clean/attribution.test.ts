import { describe, expect, it } from 'vitest';
import { restoreBorrowedNames } from '../../src/clean/attribution/borrowed-names.js';
import { CREDIT_LINES } from '../../src/clean/attribution/credit-lines.js';
import { clean } from '../../src/clean/clean.js';
import type { Draft, Publication } from '../../src/model/article.js';
import type { Item, ParsedFeed } from '../../src/model/item.js';
import { aContext, aFeed, anItem, html, text } from '../support/an-item.js';

const ownFeed = { title: 'The Paper', url: 'https://paper.example/', feedUrl: 'https://paper.example/feed' };

function draftOf(said: Partial<Item>, feed: Partial<ParsedFeed> = {}, context = aContext()): Draft {
  return clean(aFeed([anItem(said)], feed), context).drafts[0]!;
}

describe('publication and via', () => {
  it.each([
    ['the feed itself', {}, {}, null, ownFeed, null],
    ['as the editor calls it', {}, {}, 'Paper, The', { ...ownFeed, title: 'Paper, The' }, null],
    ['a feed without a title: its host', {}, { title: null }, null, { ...ownFeed, title: 'paper.example' }, null],
    [
      'a feed title with markup',
      {},
      { title: html('The &amp; <b>Paper</b>') },
      null,
      { ...ownFeed, title: 'The & Paper' },
      null,
    ],
    [
      'an item from a paper without a name (RSS source)',
      {
        source: { title: 'https://harbour.example/rss', url: null, feedUrl: 'https://harbour.example/rss' },
        url: 'https://www.harbour.example/1',
      },
      {},
      null,
      { title: 'harbour.example', url: null, feedUrl: 'https://harbour.example/rss' },
      ownFeed,
    ],
    [
      'a path as a source',
      { source: { title: 'taxonomy/term/92602', url: null, feedUrl: null } },
      {},
      null,
      ownFeed,
      null,
    ],
    ['a feed without address of its own', {}, { feedUrl: null }, null, ownFeed, null],
    ['a feed without home page', {}, { url: null }, null, { ...ownFeed, url: null }, null],
    ['a feed address with a password', {}, { feedUrl: 'https://me:secret@paper.example/feed' }, null, ownFeed, null],
    [
      'an item from another paper (RSS source)',
      {
        source: { title: 'Harbour Dispatch', url: null, feedUrl: 'https://harbour.example/rss' },
        url: 'https://harbour.example/1',
      },
      {},
      null,
      { title: 'Harbour Dispatch', url: null, feedUrl: 'https://harbour.example/rss' },
      ownFeed,
    ],
    [
      'a topic of a forum, whose own feed it names',
      {
        title: text('Pier reopens'),
        source: { title: 'Pier reopens', url: null, feedUrl: 'https://paper.example/t/7.rss' },
      },
      {},
      null,
      ownFeed,
      null,
    ],
    [
      'an item from another paper (atom:source)',
      {
        source: { title: 'Harbour Dispatch', url: 'https://harbour.example/?utm_source=x', feedUrl: null },
        url: 'https://news.harbour.example/1',
      },
      {},
      'Planet',
      { title: 'Harbour Dispatch', url: 'https://harbour.example/', feedUrl: null },
      { ...ownFeed, title: 'Planet' },
    ],
    [
      'a source that is the feed itself, by title',
      { source: { title: 'the paper', url: null, feedUrl: null } },
      {},
      null,
      ownFeed,
      null,
    ],
    [
      'a source that is the feed itself, by address',
      { source: { title: 'Paper RSS', url: null, feedUrl: 'http://www.paper.example/feed/' } },
      {},
      null,
      ownFeed,
      null,
    ],
    [
      'a source that is the feed itself, by home page',
      { source: { title: 'Home', url: 'http://paper.example', feedUrl: null } },
      {},
      null,
      ownFeed,
      null,
    ],
    [
      'a source without a title: its host',
      {
        source: { title: null, url: 'https://www.harbour.example/', feedUrl: null },
        url: 'https://harbour.example/1',
      },
      {},
      null,
      { title: 'harbour.example', url: 'https://www.harbour.example/', feedUrl: null },
      ownFeed,
    ],
    ['an empty source', { source: { title: ' ', url: null, feedUrl: null } }, {}, null, ownFeed, null],
    [
      'dc:publisher on a foreign address',
      { publisher: 'Pacific Ledger', url: 'https://ledger.example/a/1' },
      {},
      null,
      { title: 'Pacific Ledger', url: 'https://ledger.example/', feedUrl: null },
      ownFeed,
    ],
    ['dc:publisher at home: a corporate name', { publisher: 'Paper Media Holding' }, {}, null, ownFeed, null],
    [
      'dc:publisher on a host below',
      { publisher: 'Paper Media', url: 'https://news.paper.example/1' },
      {},
      null,
      ownFeed,
      null,
    ],
    [
      'dc:publisher that is the feed',
      { publisher: 'THE PAPER', url: 'https://elsewhere.example/1' },
      {},
      null,
      ownFeed,
      null,
    ],
    [
      'source before dc:publisher',
      {
        publisher: 'Somebody',
        source: { title: 'Harbour Dispatch', url: null, feedUrl: null },
        url: 'https://harbour-dispatch.example/1',
      },
      {},
      null,
      { title: 'Harbour Dispatch', url: null, feedUrl: null },
      ownFeed,
    ],
  ] as const)('%s', (_name, item, feed, configTitle, publication, via) => {
    const draft = draftOf(item as Partial<Item>, feed, aContext({ title: configTitle }));
    expect(draft.attribution.publication).toEqual(publication);
    expect(draft.attribution.via).toEqual(via);
  });

  describe('of an item that names another paper than that of its link', () => {
    const source = { title: 'Harbour Dispatch', url: 'https://harbour.example/', feedUrl: null };
    const feed = { url: null, feedUrl: null };
    const named = (context: Parameters<typeof draftOf>[2], url: string | null) =>
      draftOf({ source, url }, feed, context).attribution;

    it.each(['https://paper.example/1', 'https://harbour.example.evil.example/1', null])(
      'only credits it: %s',
      (url) => {
        expect(named(aContext(), url)).toMatchObject({
          publication: { title: 'The Paper' },
          via: null,
          credited: { title: 'Harbour Dispatch', url: 'https://harbour.example/' },
        });
      },
    );

    it.each([
      ['that the editor calls one', aContext({ aggregator: true })],
      ['of Google', aContext({}, { documentUrl: 'https://news.google.com/rss' })],
      ['of Yahoo', aContext({}, { documentUrl: 'https://www.yahoo.com/news/rss' })],
    ])('believes an aggregator %s', (_, context) => {
      expect(named(context, new URL('/rss/articles/1', context.documentUrl).href)).toMatchObject({
        publication: source,
        via: { title: 'The Paper' },
        credited: null,
      });
    });
  });
});

const credited = (summary: string, credits: string[] = []) =>
  draftOf({ summary: html(summary) }, {}, aContext({}, { credits })).attribution.credited;

describe('credit lines', () => {
  it.each([
    ['The deal is off, writes Foreign Policy.', 'Foreign Policy'],
    ['As Foreign Policy writes, the deal is off.', 'Foreign Policy'],
    ['The ferry will sail again, as reported by the Harbour Times on Monday.', 'the Harbour Times'],
    ['The Valley Gazette reports that the mill is closed.', 'The Valley Gazette'],
    ['The plan was dropped, according to Reuters.', 'Reuters'],
    ['This article was originally published on Salt Road Review.', 'Salt Road Review'],
    ['The piece first appeared in Quiet Hills.', 'Quiet Hills'],
    ['ORIGINALLY PUBLISHED BY Quiet Hills', 'Quiet Hills'],
    ['Source: Lantern Post', 'Lantern Post'],
    ['The pass is closed, as reported by Lantern Free Press December 3.', 'Lantern Free Press'],
    [
      'The tide gates held (via <a href="https://www.tidegates.example/x">tidegates.example</a>).',
      'tidegates.example',
      'https://www.tidegates.example/x',
    ],
    ['The tide gates held (via <a href="https://gates.example/x">Gates</a>).', 'Gates', 'https://gates.example/x'],
    ['The tide gates held (via CNN).', 'CNN'],
    ['Two were hurt, police told The Post on Tuesday.', 'The Post'],
    ['This piece was originally published on the Quiet Hills blog. It is long.', 'the Quiet Hills blog'],
    ['This piece was originally published on Quiet Hills. It is long.', 'Quiet Hills'],
    ['Der Zug fällt aus, berichtet Elbkurier Zeitung.', 'Elbkurier Zeitung'],
    ['Laut Elbtaler Tagblatt bleibt die Brücke gesperrt.', 'Elbtaler Tagblatt'],
    ['Le pont est fermé, selon Le Monde.', 'Le Monde'],
    ['El puente cerró, según El Diario.', 'El Diario'],
    ['Il ponte è chiuso, scrive Corriere del Mare.', 'Corriere del Mare'],
    ['Мост закрыт, сообщает «Северный голос».', 'Северный голос'],
    ['Мост закрыт, пишет Медуза.', 'Медуза'],
    ['Міст закрито, повідомляє «Дніпро-Час».', 'Дніпро-Час'],
    ['Міст закрито, пише Українська правда.', 'Українська правда'],
    [
      'The pass is closed, writes <a href="https://hills.example/a?utm_source=x">Quiet Hills</a>.',
      'Quiet Hills',
      'https://hills.example/a',
    ],
  ])('%s', (summary, title, url: string | null = null) => {
    expect(credited(summary)).toEqual({ title, url });
  });

  it.each(CREDIT_LINES.map(({ line }) => line))('%s', (line) => {
    const words = line.replace('{publication}', 'Foreign Policy');
    for (const said of [words, words.toUpperCase().replace('FOREIGN POLICY', 'Foreign Policy')])
      expect(credited(`The pass is closed (${said}).`)).toEqual({ title: 'Foreign Policy', url: null });
  });

  it.each([
    ['a person who writes', 'The pass is closed, writes Ada Mercer.'],
    ['a person who is quoted', 'The pass is closed, according to Mayor Brandt.'],
    ['an office', 'Two were hurt, according to Police Chief Tarn.'],
    ['no name', 'The bridge was closed, officials reported.'],
    ['an authority', 'Rivers are low, according to the Environment Agency.'],
    ['a norm', 'Boats meet it, according to Ethical Standard.'],
    ['the paper itself', 'This article was originally published by The Paper.'],
    ['the paper itself, by another of its names', 'Two were hurt, police told Paper.'],
    ['who sent a link in', 'Why boats leak (via <a href="https://social.example/tarn">Ilse Tarn</a>)'],
    ['a tool', 'Send it via <a href="https://code.example/boats/sloop">Sloop</a> to the harbour.'],
    ['an app', 'Open it via the Mail app.'],
    ['a file', 'The boats are painted via boats.config into the map.'],
    ['a picture', 'Two boats. Image via <a href="https://pictures.example/">Pictures</a>'],
    ['a picture of a paper', '[Image via CBS News/Boats]'],
    ['a common word', 'Ferries Are Safe, According To Science'],
    ['across a full stop', 'It began with API. This post reports on boats.'],
    ['a name of which more follows', 'It first appeared in Tarn bathrooms worldwide.'],
    ['a title in quotes', 'Source: “More Boats Surpass Ships,” Tarn, July'],
    ['a word in the middle of a word', 'He underwrites Foreign Policy.'],
    ['a month', 'This post was originally published in December 2015.'],
    ['an office with a link', 'Rivers are low, according to <a href="https://uclg.example/">UCLG</a>.'],
    ['words in quotes', 'Он получил штраф за пост со ссылкой на «экстремистские соцсети».'],
    ['a photographer’s agency', 'Boats in May. Photo by Ada Mercer/Sipa USA via Reuters'],
    ['a link to a page of its own', 'The pass is closed, writes <a href="/authors/mercer">Ada Mercer</a>.'],
  ])('credits nobody: %s', (_name, summary) => {
    expect(credited(summary)).toBeNull();
  });

  it("trusts the editor's own credit lines", () => {
    expect(credited('With thanks to Quiet Hills for the tip.')).toBeNull();
    expect(credited('With thanks to Quiet Hills for the tip.', ['with thanks to {publication}'])).toEqual({
      title: 'Quiet Hills',
      url: null,
    });
  });

  it('credits another configured source by its name', () => {
    const summary = html('The pass is closed, according to Quiet Hills.');
    const document = clean(aFeed([anItem({ summary })]), aContext());
    const creditedAmong = (...names: string[]) => {
      const others = {
        isOthersTitle: () => false,
        isOthersHome: () => false,
        isOther: ({ title }: Publication) => names.includes(title),
      };
      return restoreBorrowedNames(document, others, 'https://paper.example/feed').drafts[0]!.attribution.credited;
    };
    expect(creditedAmong()).toBeNull();
    expect(creditedAmong('Quiet Hills')).toEqual({ title: 'Quiet Hills', url: null });
  });

  it('names the service beside a name that another source has', () => {
    const others = {
      isOthersTitle: (title: string) => title === 'The Paper',
      isOthersHome: () => false,
      isOther: () => false,
    };
    const nameAt = (url: string) =>
      restoreBorrowedNames(clean(aFeed([anItem()]), aContext()), others, url).profile.title;
    expect(nameAt('https://feeds.feedburner.com/paper')).toBe('The Paper (feedburner.com)');
    expect(nameAt('https://www.harbour.example/feed')).toBe('harbour.example');
  });

  it('reads a via link', () => {
    const links = [{ href: 'https://hills.example/a', rel: 'via', type: null, title: 'Quiet Hills', length: null }];
    expect(draftOf({ links }).attribution.credited).toEqual({ title: 'Quiet Hills', url: 'https://hills.example/a' });
    expect(draftOf({ links: [{ ...links[0]!, title: null }] }).attribution.credited?.title).toBe('hills.example');
  });
});

const person = (name: string | null, url: string | null = null) => ({ name, email: null, url });

describe('authors', () => {
  it.each([
    ['as spelled', [person('Ilse Tarn')], [{ name: 'Ilse Tarn', url: null }]],
    ['without "By"', [person('By Ilse Tarn')], [{ name: 'Ilse Tarn', url: null }]],
    ['a name that begins so', [person('Byron Ash')], [{ name: 'Byron Ash', url: null }]],
    [
      'each once',
      [person('Ilse Tarn'), person('ILSE TARN', 'https://paper.example/tarn')],
      [{ name: 'Ilse Tarn', url: 'https://paper.example/tarn' }],
    ],
    [
      'several, in order',
      [person('Oda Brandt'), person('Ilse Tarn')],
      [
        { name: 'Oda Brandt', url: null },
        { name: 'Ilse Tarn', url: null },
      ],
    ],
    ['no e-mail as a name', [person('desk@paper.example')], []],
    [
      'no e-mail beside a name',
      [{ name: 'Ilse Tarn', email: 'i@paper.example', url: null }],
      [{ name: 'Ilse Tarn', url: null }],
    ],
    ['nobody without a name', [person(null, 'https://paper.example/tarn')], []],
    ['no publication', [person('The Paper')], []],
    ['no dangerous address', [person('Ilse Tarn', 'javascript:alert(1)')], [{ name: 'Ilse Tarn', url: null }]],
    ['markup in a name', [person('<a href="/x">Ilse</a> Tarn &amp; Co')], [{ name: 'Ilse Tarn & Co', url: null }]],
    [
      'relative page of an author',
      [person('Ilse Tarn', '/tarn')],
      [{ name: 'Ilse Tarn', url: 'https://paper.example/tarn' }],
    ],
  ])('%s', (_name, authors, expected) => {
    expect(draftOf({ authors }).authors).toEqual(expected);
  });

  it('inherits the authors of Atom feeds, but not of RSS feeds', () => {
    const authors = [person('Ilse Tarn')];
    expect(draftOf({}, { format: 'atom', authors }).authors).toHaveLength(1);
    expect(draftOf({}, { format: 'rss', authors }).authors).toHaveLength(0);
    const aggregator = aContext({ aggregator: true });
    expect(draftOf({}, { format: 'atom', authors }, aggregator).authors).toHaveLength(0);
    expect(draftOf({ authors: [person('Oda Brandt')] }, { format: 'atom', authors }).authors[0]!.name).toBe(
      'Oda Brandt',
    );
  });
});

it('keeps a plain-text name', () => {
  expect(draftOf({ title: text('A <b> title') }).title).toBe('A <b> title');
});
