/** Compares rss-parser and the tolerant parser: both must agree on every document that both can read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFeed } from '../../../src/parse/parse.js';
import { readTolerantly, readWithRssParser } from '../../support/both-parsers.js';

async function expectSameReading(text: string): Promise<boolean> {
  const feed = await readWithRssParser(text);
  if (feed) expect(feed).toEqual(readTolerantly(text));
  return feed !== null;
}

const rss = (inside: string) => `<rss version="2.0"><channel><title>t</title>${inside}</channel></rss>`;

const NAMES =
  'item title link description pubDate guid dc:creator Category content:encoded media:group media:content x:title xhtml:div atom:link entry summary source image __proto__ constructor b'.split(
    ' ',
  );
const ATTRIBUTES = 'url isPermaLink type xml:lang xml:base xmlns xmlns:x xmlns:dc media:url x:url __proto__ HREF'.split(
  ' ',
);
const VALUES = [
  'https://a.example/?a=1&amp;b=2',
  'http://www.w3.org/2005/Atom',
  'http://purl.org/dc/elements/1.1/',
  'http://search.yahoo.com/mrss/',
  '/x/',
  'html',
  'xhtml',
  'image/png',
  'false',
  'de',
  ' ',
  '',
  'a > b',
];
const TEXTS = [
  'One',
  'a &amp; b &lt;p&gt; &#8217; &nbsp; &odd; & &#150;',
  ' \n\t',
  'Tue, 03 Mar 2026 10:15:00 GMT',
  'https://a.example/1',
  '日本 é 😀',
  '5 > 4 ]]>',
];
const OPAQUE = ['<![CDATA[<p>a &amp; b</p> 5 < 6]]>', '<![CDATA[]]>', '<![CDATA[ ]] ]]]>', '<!-- <b> -->', '<!-->'];

const attributes = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...ATTRIBUTES), fc.constantFrom(...VALUES), fc.constantFrom('"', "'")), {
    maxLength: 3,
    selector: ([name]) => name,
  })
  .map((list) => list.map(([name, value, quote]) => ` ${name}=${quote}${value}${quote}`).join(''));

const { element } = fc.letrec<{ element: string; inside: string }>((tie) => ({
  inside: fc
    .array(fc.oneof({ depthSize: 'small' }, fc.constantFrom(...TEXTS, ...OPAQUE), tie('element')), { maxLength: 5 })
    .map((parts) => parts.join('')),
  element: fc
    .tuple(fc.constantFrom(...NAMES), attributes, tie('inside'), fc.boolean())
    .map(([name, written, inside, empty]) =>
      empty ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}\n>`,
    ),
}));
const document = fc
  .tuple(
    fc.constantFrom('', '<?xml version="1.0"?>\n', '<!-- x -->', '<!DOCTYPE rss>', '\n<html>'),
    fc.constantFrom(
      '<rss version="2.0"><channel>|</channel></rss>',
      '<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:x="http://search.yahoo.com/mrss/">|</rss>',
      '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/b/">|</feed>',
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns:dc="http://other.example/">|</a:feed>',
      '<rdf:RDF xmlns="http://purl.org/rss/1.0/"><channel/>|</rdf:RDF>',
      '<item>|</item>',
      '<CHANNEL>|</CHANNEL>',
    ),
    fc.array(element, { maxLength: 6 }),
    fc.constantFrom('', '\n', '<!-- cached -->', ' trailing', '<item/>'),
  )
  .map(([prolog, root, elements, after]) => prolog + root.replace('|', () => elements.join('\n')) + after);

const BROKEN = [
  '<',
  '>',
  '&',
  '"',
  "'",
  '/',
  '=',
  ' ',
  '</item>',
  '<item>',
  '</b>',
  '<b>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?php ?>',
  '<title>',
  '</title>',
  '\u0000',
  '\ufeff',
  '\ud800',
  '< ',
  '<é>',
  '<a b>',
  '<a b=c>',
  "<a b='",
  '<a b="<">',
  '<a b="1"c="2">',
];

describe('the two parsers', () => {
  it('agree on well-formed documents', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(document, async (text) => {
        if (await expectSameReading(text)) compared += 1;
      }),
      { numRuns: 1500 },
    );
    expect(compared).toBeGreaterThan(20);
  });

  it('agree on broken documents, or only the tolerant parser reads them', async () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(6), fc.constantFrom('', ...BROKEN)), {
      minLength: 1,
      maxLength: 3,
    });
    const broken = fc.tuple(document, damage).map(([text, cuts]) =>
      cuts.reduce((whole, [at, length, instead]) => {
        const start = at % (whole.length + 1);
        return whole.slice(0, start) + instead + whole.slice(start + length);
      }, text),
    );
    await fc.assert(
      fc.asyncProperty(broken, async (text) => {
        await expectSameReading(text);
      }),
      { numRuns: 3000 },
    );
  });

  const left = {
    'a document type': `<!DOCTYPE rss [<!ENTITY x "y">]>${rss('<item><title>&x;</title></item>')}`,
    'an item in an item': rss('<item><title>a</title><item><title>b</title></item></item>'),
    'a title that was never closed': rss('<item><title>a<link>https://a.example/</link></item>'),
    'tags that cross': rss('<item><author><name>a</author></name></item>'),
    'markup in a description': rss('<item><description>a <b>b</b></description></item>'),
    'a < that begins no tag': rss('<item><title>5 < 6</title></item>'),
    'an attribute without quotes': rss('<item><guid isPermaLink=false>a</guid></item>'),
    'a document that was cut off': rss('<item><title>a</title></item>').slice(0, -6),
    'characters that XML forbids': rss('<item><title>a\u0001b</title></item>'),
    'what follows the root': `${rss('<item><title>a</title></item>')}<item><title>b</title></item>`,
    'elements 256 deep': rss(`<item>${'<x>'.repeat(256)}${'</x>'.repeat(256)}</item>`),
  };
  for (const [what, text] of Object.entries(left)) {
    it(`leave ${what} to the tolerant parser`, async () => {
      expect(await readWithRssParser(text)).toBeNull();
      expect((await parseFeed(text)).title?.value).toBe('t');
    });
  }
});

it('keep the first of two equal attributes', async () => {
  const { items } = await parseFeed(rss('<item><guid isPermaLink="false" isPermaLink="true">a</guid></item>'));
  expect(items[0]).toMatchObject({ guid: 'a', guidIsPermalink: false });
});

describe('a < outside a tag', () => {
  it('gives no warning in CDATA and comments', async () => {
    const text = `<!DOCTYPE rss>${rss('<!-- a <3 --><item><title><![CDATA[5 < 6]]></title></item>')}`;
    const { items, warnings } = await parseFeed(text);
    expect(items[0]?.title?.value).toBe('5 < 6');
    expect(warnings).toEqual(['skipped the document type: external parts are not fetched']);
  });
});
