import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean } from '../../src/clean/clean.js';
import type { Draft } from '../../src/model/article.js';
import type { Item, ItemImage, ParsedFeed } from '../../src/model/item.js';
import { aContext, aFeed, anItem, html, text } from '../support/an-item.js';
import { runs } from '../support/thorough.js';

const draftOf = (said: Partial<Item>, feed: Partial<ParsedFeed> = {}): Draft =>
  clean(aFeed([anItem(said)], feed), aContext()).drafts[0]!;
const hashOf = (said: Partial<Item>, feed: Partial<ParsedFeed> = {}) => draftOf(said, feed).contentHash;

const image = (url: string, width: number | null = null): ItemImage => ({ url, width, height: null, alt: null });
const BASE: Partial<Item> = {
  title: html('Pier &amp; market reopen'),
  summary: html('Boats leave at nine.'),
  content: html(
    '<p>Boats leave at <b>nine</b>.</p><p>The <a href="https://x.example/t?utm_source=1">café</a> is open.</p><img src="/w.jpg" width="640">',
  ),
  authors: [{ name: 'Ilse Tarn', email: null, url: null }],
  images: [image('https://paper.example/a.jpg', 640)],
  enclosures: [{ url: 'https://paper.example/a.mp3', type: 'audio/mpeg', length: 9, duration: null }],
};
const with_ = (content: string) => ({ content: html(content) });

it('ignores white space at line ends, however the text is split', () => {
  const space = fc.constantFrom('', ' ', '\n', '\t ', '&#32;', '&nbsp;', '&#10; ');
  const line = fc.array(fc.constantFrom('a', 'é', 'b &amp; c', '<b>d</b>', 'и\u0306', '\u200b\u200be'), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(space, line, space), { maxLength: 4 }), (lines) => {
      const bare = lines.map(([, words]) => `<p>${words.join(' ')}</p>`).join('');
      const spaced = lines
        .map(([before, words, after]) => `${after}<p>${before}${words.join(' ')}${after}</p>${before}`)
        .join('');
      expect(hashOf(with_(spaced))).toBe(hashOf(with_(bare)));
      expect(draftOf(with_(spaced)).bodyText).toBe(draftOf(with_(bare)).bodyText);
    }),
    { seed: 8 },
  );
});

describe('no change for a reader', () => {
  it.each<[string, Partial<Item>, Partial<ParsedFeed>?]>([
    ['white space', { title: html('\n Pier  &#38;  market\treopen '), summary: html(' Boats leave  at nine. ') }],
    [
      'white space in the content',
      with_(
        '\n<p>Boats   leave at <b>nine</b>.</p>\n\n<p> The <a href="https://x.example/t">café</a> is open.</p>\n<img src="/w.jpg">\n',
      ),
    ],
    [
      'entities',
      with_(
        '<p>Boats leave at <b>nine</b>.</p><p>The <a href="https://x.example/t">caf&eacute;</a> is&#32;open.</p><img src="/w.jpg">',
      ),
    ],
    [
      'tracking',
      with_(
        '<p>Boats leave at <b>nine</b>.</p><p>The <a href="https://x.example/t?fbclid=2">café</a> is open.</p><img src="/w.jpg"><img src="https://t.example/p.gif?x=2" width="1" height="1">',
      ),
    ],
    [
      'image sizes',
      {
        images: [image('https://paper.example/a.jpg?w=1200', 1200)],
        ...with_(
          '<p>Boats leave at <b>nine</b>.</p><p>The <a href="https://x.example/t">café</a> is open.</p><img src="/w-800x600.jpg" width="800" height="600" class="x">',
        ),
      },
    ],
    [
      'other elements that look the same',
      with_(
        '<div>Boats leave at <strong>nine</strong>.</div><div class="x">The <a href="https://x.example/t">café</a> is open.</div><img src="/w.jpg">',
      ),
    ],
    [
      'comments, scripts, what is hidden',
      with_(
        '<p>Boats leave at <b>nine</b>.<!-- x --></p><script>1</script><p hidden>h</p><p>The <a href="https://x.example/t">café</a> is open.</p><img src="/w.jpg">',
      ),
    ],
    ['the address', { url: 'https://paper.example/renamed' }],
    [
      'the host of the whole site, in its links, pictures and enclosures too',
      {
        url: 'https://www.newpaper.example/story',
        images: [image('https://newpaper.example/a.jpg', 640)],
        enclosures: [{ url: 'https://newpaper.example/a.mp3', type: 'audio/mpeg', length: 9, duration: null }],
        ...with_(
          '<p>Boats leave at <b>nine</b>.</p><p>The <a href="https://x.example/t">café</a> is open.</p><img src="https://newpaper.example/w.jpg">',
        ),
      },
    ],
    ['a title in another normal form', { title: html('Pier &amp; market reopen'.normalize('NFD')) }],
    ['an invisible character in a word', { title: html('Pier &amp; mar\u200bket re\u00adopen') }],
    ['the guid', { guid: 'urn:x:2' }],
    ['dates', { published: '2026-11-25T00:00:00Z', updated: '2026-11-26T00:00:00Z' }],
    ['tags', { categories: [{ term: 'weather', scheme: null, label: null }] }],
    ['language', { language: 'fr' }],
    ['rights', { rights: 'CC BY' }],
    [
      "an author's page",
      { authors: [{ name: 'Ilse Tarn', email: 'i@paper.example', url: 'https://paper.example/tarn' }] },
    ],
    [
      'type and length of an enclosure',
      { enclosures: [{ url: 'http://paper.example/a.mp3', type: null, length: 10, duration: null }] },
    ],
    ['the name of the feed', {}, { title: text('The Paper Today') }],
    ['the logo of the feed', {}, { imageUrl: 'https://paper.example/logo.png' }],
  ])('%s', (_name, said, feed = {}) => {
    expect(hashOf({ ...BASE, ...said }, feed)).toBe(hashOf(BASE));
  });

  it('a new name of a feed whose items have no titles', () => {
    const untitled = { title: null, summary: null };
    expect(hashOf(untitled, { title: text('One') })).toBe(hashOf(untitled, { title: text('Two') }));
  });
});

describe('a change for a reader', () => {
  it.each<[string, Partial<Item>]>([
    ['title', { title: text('Pier and market reopen') }],
    ['one letter of the title', { title: html('Pier &amp; Market reopen') }],
    ['summary', { summary: html('Boats leave at ten.') }],
    [
      'a word of the content',
      with_(
        '<p>Boats leave at <b>ten</b>.</p><p>The <a href="https://x.example/t">café</a> is open.</p><img src="/w.jpg">',
      ),
    ],
    [
      'the last word of a long content',
      with_(`<p>Boats leave at <b>nine</b>.</p>${'<p>more</p>'.repeat(5_000)}<p>end</p>`),
    ],
    [
      'paragraphs',
      with_('<p>Boats leave at <b>nine</b>. The <a href="https://x.example/t">café</a> is open.</p><img src="/w.jpg">'),
    ],
    [
      'emphasis',
      with_('<p>Boats leave at nine.</p><p>The <a href="https://x.example/t">café</a> is open.</p><img src="/w.jpg">'),
    ],
    [
      'where a link leads',
      with_(
        '<p>Boats leave at <b>nine</b>.</p><p>The <a href="https://x.example/other">café</a> is open.</p><img src="/w.jpg">',
      ),
    ],
    [
      'a picture of the content',
      with_(
        '<p>Boats leave at <b>nine</b>.</p><p>The <a href="https://x.example/t">café</a> is open.</p><img src="/v.jpg">',
      ),
    ],
    ['the host of a picture alone', { images: [image('https://newpaper.example/a.jpg')] }],
    ['authors', { authors: [] }],
    ['image', { images: [image('https://paper.example/b.jpg')] }],
    [
      'enclosure',
      { enclosures: [{ url: 'https://paper.example/b.mp3', type: 'audio/mpeg', length: 9, duration: null }] },
    ],
    ['content gone', { content: null }],
  ])('%s', (_name, said) => {
    expect(hashOf({ ...BASE, ...said })).not.toBe(hashOf(BASE));
  });

  it('distinguishes long contents that differ at the end', () => {
    const long = (end: string) => with_(`<p>${'word '.repeat(20_000)}${end}</p>`);
    expect(hashOf(long('a'))).not.toBe(hashOf(long('b')));
  });
});

describe('cleaning twice', () => {
  const markup = fc
    .array(
      fc.constantFrom(
        '<p>',
        '</p>',
        '<b>',
        '</b>',
        'Boats leave. ',
        'Read more',
        ' | The Paper',
        ' - The Paper',
        '&amp;amp;',
        '&#8217;',
        '<br>',
        '<a href="/x?utm_source=1">',
        '</a>',
        '<img src="/a.jpg">',
        '<img data-src="/b.jpg" width=1>',
        '<aside>',
        '</aside>',
        '…',
        '[...]',
        '\u200B\u200B',
        '\u202E',
        '漢字。',
        '<![CDATA[',
        ']]>',
        '<script>',
        '</script>',
        '<',
        '&lt;b&gt;',
        'By ',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(''));

  it('changes nothing more', () => {
    fc.assert(
      fc.property(
        markup,
        markup,
        markup,
        fc.constantFrom('html', 'text') as fc.Arbitrary<'html' | 'text'>,
        (title, summary, content, type) => {
          const said = {
            title: { type, value: `Ferry ${title}`, base: null },
            summary: html(summary),
            content: html(content),
            authors: [{ name: title, email: null, url: null }],
          };
          const once = draftOf(said);
          const twice = draftOf({
            ...said,
            url: once.url,
            title: text(once.title),
            summary: once.summary === '' ? null : text(once.summary),
            content: once.contentHtml === null ? null : html(once.contentHtml),
            authors: once.authors.map((author) => ({ ...author, email: null })),
            images: once.image === null ? [] : [once.image],
          });
          expect(twice.title).toBe(once.title);
          if (once.summary !== '') expect(twice.summary).toBe(once.summary);
          expect(twice.contentHtml).toBe(once.contentHtml);
          expect(twice.authors).toEqual(once.authors);
          expect(twice.urlKeys).toEqual(once.urlKeys);
          expect(twice.image?.url).toBe(once.image?.url);
        },
      ),
      { numRuns: runs(600), seed: 11 },
    );
  });

  it('does not depend on the time', () => {
    expect(draftOf(BASE)).toEqual(draftOf(BASE));
  });
});
