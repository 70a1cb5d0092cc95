/** Every reader of foreign text takes linear time, measured on hostile inputs of doubling length. */
import { expect, it } from 'vitest';
import { readPageText } from '../../src/app/topics.js';
import { extractAuthors } from '../../src/clean/attribution/authors.js';
import { readBody } from '../../src/clean/body.js';
import { countFunctionWords } from '../../src/clean/function-words.js';
import { cleanHeadline } from '../../src/clean/headline.js';
import { decodeRemainingReferences, toHtml, toPlainLine, toProse } from '../../src/clean/plain-text.js';
import { createSummary } from '../../src/clean/summary.js';
import { stripBoilerplate } from '../../src/cluster/text/boilerplate.js';
import { parseDate } from '../../src/parse/dates/dates.js';
import { discoverFeeds } from '../../src/parse/discover.js';
import { decodeDocument } from '../../src/parse/encoding/decode.js';
import { hashItems } from '../../src/parse/item-hashes.js';
import { readJson } from '../../src/parse/json-feed/lenient-json.js';
import { parseFeed } from '../../src/parse/parse.js';
import { parsePerson } from '../../src/parse/rss-atom/people.js';
import { findFeedRoot } from '../../src/parse/xml/root.js';
import { computeFreshMinutes } from '../../src/politeness/freshness.js';
import { parseHttpDate } from '../../src/politeness/http-date.js';
import { compileRules } from '../../src/rules/rules.js';
import { isWellNested } from '../../src/sanitize/is-well-nested.js';
import { restoreNoscriptImages } from '../../src/sanitize/noscript.js';
import { isIcon, isPixel, readSrcset, selectPictureSource } from '../../src/sanitize/picture.js';
import { sanitizeHtml } from '../../src/sanitize/sanitize.js';
import { createPhraseFinder } from '../../src/tag/phrases/phrase-finder.js';
import { createTagger } from '../../src/tag/tag.js';
import { cutText, extractFirstSentence } from '../../src/text/cut.js';
import { hasBlocks, htmlToText, isHidden } from '../../src/text/html.js';
import { toLanguageTag } from '../../src/text/language.js';
import { readOpmlOutlines } from '../../src/text/opml.js';
import { lettersOnly, plainLine, plainLines } from '../../src/text/plain.js';
import { toHttpUri } from '../../src/text/url/http-uri.js';
import { imageKey } from '../../src/text/url/image-key.js';
import { redactUrl, redactUrls } from '../../src/text/url/redact-url.js';
import { canonicalUrl, urlKey } from '../../src/text/url/url.js';
import { eachWord } from '../../src/text/words.js';
import { aDraft } from '../support/a-draft.js';
import { processorMs } from '../support/processor-time.js';
import { isThorough, thorough } from '../support/thorough.js';

const BASE = 'https://paper.example/';
const html = (value: string) => ({ type: 'html', value, base: null }) as const;
const plain = (value: string) => ({ type: 'text', value, base: null }) as const;
const tagger = createTagger([], { defaults: new Map() });
const findPhrases = createPhraseFinder(['中', 'a <b']);
const at = { file: 'newsloom.yaml', line: 1 };
const rules = await compileRules({
  bySource: new Map(),
  common: [
    { at, action: 'drop', when: { groups: [{ title: ['/(a+ ?)+$/', 'harbour'], text: ['/(.*)*,x/'] }], unless: {} } },
    { at, action: 'retitle', cut: ['/(<|a)*>/', ' - '] },
  ],
});
const feed = (text: string) => parseFeed(text, { url: BASE }).catch(() => null);

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  plainLine,
  plainLines,
  lettersOnly,
  htmlToText: (text) => htmlToText(text),
  hasBlocks,
  isHidden: (style) => isHidden({ style }),
  cutText: (text) => cutText(text, text.length - 1),
  firstSentence: (text) => extractFirstSentence(text, text.length - 1),
  eachWord: (text) => eachWord(text, 'en', () => {}),
  languageTag: toLanguageTag,
  opmlOutlines: (text) => readOpmlOutlines(`<opml><body>${text}`),
  canonicalUrl: (text) => [canonicalUrl(BASE + text, null), canonicalUrl(`${BASE}?${text}`, null)],
  canonicalHost: (text) => canonicalUrl(`https://amp.${text}/amp/`, null),
  urlKey: (text) => urlKey(BASE + text),
  imageKey: (text) => imageKey(BASE + text),
  httpUri: (text) => toHttpUri(BASE + text),
  redactUrl: (text) => redactUrl(`${BASE}?key=${text}`),
  redactUrls,
  lineOf: (text) => [toPlainLine(html(text)), toPlainLine(plain(text))],
  proseOf: (text) => toProse(html(text), 5000),
  htmlOf: (text) => [toHtml(html(text)), toHtml(plain(text))],
  readEscapesLeft: decodeRemainingReferences,
  headlineOf: (text) => cleanHeadline(`${text} | Paper`, ['Paper'], '', 'https://paper.example/1'),
  withoutBoilerplate: (text) => stripBoilerplate(text, ['Paper']),
  summaryOf: (text) => createSummary(text, 'The body.', { title: '', full: '', publications: [] }),
  readBody: (text) => readBody(text, BASE, null),
  countFunctionWords,
  sanitizeHtml: (text) => sanitizeHtml(text, { baseUrl: BASE }),
  isWellNested,
  withNoscriptPictures: (text) => [`${text}</noscript>`, `<noscript>${text}</noscript>`].map(restoreNoscriptImages),
  pictureSourceOf: (text) => selectPictureSource({ src: BASE + text, 'data-src': 'a' }),
  // Names are cut at 2,000 characters before.
  authorsOf: (text) =>
    extractAuthors([{ name: `${text.slice(0, text.length / 20)} a`, email: null, url: null }], [], BASE),
  readSrcset,
  isPixel: (text) => [isPixel({ style: text }, BASE), isPixel({}, BASE + text)],
  isIcon: (text) => isIcon(BASE + text, { width: null, height: null }),
  discoverFeeds: (text) => discoverFeeds(text, BASE),
  pageText: (text) => readPageText(text, BASE),
  hashItems: (text) => [hashItems(`<rss version="2.0"><channel>${text}`), hashItems(`{"items":[${text}`)],
  findFeedRoot,
  decodeDocument: (text) => decodeDocument(Buffer.from(text), `text/xml; charset=${text.slice(0, 8000)}`),
  parseRss: (text) => feed(`<rss version="2.0"><channel>${text}`),
  parseAtom: (text) => feed(`<feed xmlns="http://www.w3.org/2005/Atom">${text}`),
  parseItem: (text) => feed(`<rss><channel><item><title>${text}</title><description>${text}</description></item>`),
  parseDoctype: (text) => feed(`<?xml version="1.0"?><!DOCTYPE rss [${text}`),
  parseJson: (text) => feed(`{"version":"https://jsonfeed.org/version/1.1","items":[${text}`),
  parseCdf: (text) => feed(`<CHANNEL HREF="x"><ITEM HREF="y">${text}`),
  parseAnything: feed,
  readJson: (text) => readJson(`{"a":${text}`),
  parseDate: (text) => parseDate(`Mon, 25 Nov 2026 10:00${text}`),
  personFromLine: parsePerson,
  parseHttpDate,
  freshMinutes: (text) => computeFreshMinutes({ 'cache-control': text, age: text, expires: text }),
  applyRules: (text) =>
    rules.apply({ ...aDraft({ title: text, summary: text }), sourceId: 'paper', contentHtml: text }),
  findPhrases: (text) => findPhrases(text, 'zh'),
  tag: (text) => tagger.tag({ title: text.slice(0, 2000), summary: text, bodyText: text, contentHtml: text }),
};

/** Repeated pieces. */
const PIECES = [
  ...[
    '<',
    '>',
    '&',
    '&#',
    '"',
    "'",
    '[',
    '(',
    ')',
    ']]>',
    '{',
    '{"a":',
    '[{',
    '\\',
    '\\"',
    '%',
    '=',
    '?',
    '/',
    '@',
    '|',
  ],
  ...[
    'a ',
    ' ',
    '\n',
    '\t',
    '\u00a0',
    '\r\n',
    ' \n',
    '. ',
    '…',
    ', ',
    ' - ',
    ' | ',
    '0',
    '1:',
    'a.',
    'a@',
    '@.',
    '-spacer',
    'a-',
    '中',
    '中 ',
    'e\u0301',
    '\u200d',
  ],
  ...[
    '<!--',
    '-->',
    '<![CDATA[',
    '<!DOCTYPE ',
    '<?xml ',
    '<!ENTITY a "',
    '<a',
    '<a ',
    '</a>',
    '<a x="<',
    '<x y="',
    'xmlns:a="',
  ],
  ...[
    '</span><item>',
    '<item>',
    '<item><title>',
    '<entry>',
    '<description>',
    '<x:y xmlns:x="z">',
    '<rdf:li ',
    '<outline xmlUrl="a">',
    '<outline\nxmlUrl="',
    '<generator>',
  ],
  ...[
    '<a><!--</a>--></b>',
    '<div><span></div>',
    '<p>',
    '<b><i>',
    '</p><b>',
    '<p></p>',
    '<td><table>',
    '<svg>',
    '<br>',
    '<i></i>',
  ],
  ...[
    '<noscript>',
    '<noscript ',
    '<img ',
    '<noscript><img ',
    '<script>',
    '<title>',
    '<meta ',
    '<meta name=description ',
    '<link rel=alternate ',
  ],
  ...[
    '&lt;',
    '&amp;',
    '&lt;p&gt;',
    'https://a.b/',
    'The post a appeared ',
    'submitted by /u/',
    'by ',
    'via ',
    '_a-',
    'w_1,',
  ],
];

/** Text before and after the pieces. */
const FRAMES = [
  ['', ''],
  ['<![CDATA[x', 'x'],
].slice(0, isThorough ? 2 : 1);

/** Short ones first: far from linear time, a long one would never end. */
const LENGTHS = isThorough ? [8_000, 16_000, 32_000, 64_000] : [4_000, 16_000];
/** CPU milliseconds below which a measurement is unreliable. */
const NOISE = 50;
/** CPU milliseconds above which noise is negligible. */
const LONG = 1_000;
/** Maximum growth for a doubled length on a busy machine. */
const MOST = 3;
/** Further doublings when a reader seems too slow: garbage collection is a constant cost, quadratic time keeps growing. */
const DOUBLINGS = 3;

async function isLinear(read: (text: string) => unknown, inputOf: (length: number) => string): Promise<boolean> {
  for (const length of LENGTHS) {
    if ((await msFor(read, inputOf(length), 1)) >= NOISE && !(await growsLinearly(read, inputOf, length / 2)))
      return false;
  }
  return true;
}

async function growsLinearly(
  read: (text: string) => unknown,
  inputOf: (length: number) => string,
  length: number,
): Promise<boolean> {
  const ms = await msFor(read, inputOf(length), 5);
  for (let doubled = 1; doubled <= DOUBLINGS; doubled++) {
    if ((await msFor(read, inputOf(length * 2 ** doubled), 3)) < ms * MOST ** doubled) return true;
  }
  return false;
}

/** Minimum of several tries, because noise only adds time. */
async function msFor(read: (text: string) => unknown, text: string, tries: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < tries && (n === 0 || least < LONG); n++)
    least = Math.min(least, await processorMs(() => read(text)));
  return least;
}

it.each(Object.entries(READERS))('%s takes linear time', { timeout: 300_000 }, async (_, read) => {
  const slow: string[] = [];
  for (const piece of PIECES) {
    for (const [before, after] of FRAMES) {
      const inputOf = (length: number) => `${before}${piece.repeat(Math.ceil(length / piece.length))}${after}`;
      if (!(await isLinear(read, inputOf))) slow.push(`${before}|${piece}`);
    }
  }
  expect(slow).toEqual([]);
});

thorough('tells what grows with the square of the text', async () => {
  const inEachRest = (text: string) => Array.from(text, (_, at) => text.indexOf('!', at));
  // noise can hide it
  let linear = true;
  for (let n = 0; n < 5 && linear; n++) linear = await isLinear(inEachRest, (length) => 'a'.repeat(length * 5));
  expect(linear).toBe(false);
});
