/** Finds the publication that a text says it quotes or copies: "as Foreign Policy writes". */
import type { Attribution, Publication } from '../../model/article.js';
import type { Item } from '../../model/item.js';
import { type Attributes, readMarkup } from '../../text/markup.js';
import { lettersOnly, plainLine } from '../../text/plain.js';
import { absoluteHref, bareHost, canonicalUrl } from '../../text/url/url.js';
import { CREDIT_LINES, type CreditLine, PAPER_WORDS, PAPERS } from './credit-lines.js';

type Credited = NonNullable<Attribution['credited']>;

/** Number of characters at the beginning and the end of a text that are searched for a credit. */
const HEAD = 800;
const TAIL = 400;

/**
 * A link of rel `via`, else the first credit line in `texts` (plain, of one article) that names a publication; never one of `own`.
 * `credits` are the editor's lines, tried before ours and trusted. The address is that of a link in `html` with the same
 * text; null: there is none.
 */
export function creditedPublication(
  item: Item,
  texts: readonly string[],
  html: string | null,
  own: readonly Publication[],
  credits: readonly string[],
  base: string,
): Credited | null {
  const via = viaLink(item, base);
  if (via !== null && !isOwn(via.title, own)) return via;
  const excerpt = excerptOf(texts);
  for (const { line, trust } of linesIn(excerpt, credits)) {
    const said = patternOf(line).exec(excerpt)?.groups?.name;
    if (said === undefined) continue;
    const title = publicationIn(said);
    const url = title === '' || html === null ? null : linkOf(html, title, base);
    if (title !== '' && !isOwn(title, own) && (trust === 'named' || url !== null || looksLikePaper(title, said)))
      return { title, url };
  }
  return null;
}

function excerptOf(texts: readonly string[]): string {
  const length = texts.reduce((sum, text) => sum + text.length, texts.length - 1);
  if (length <= HEAD + TAIL) return texts.join('\n');
  const head = texts.map((text) => text.slice(0, HEAD)).join('\n');
  const tail = texts.map((text) => text.slice(-TAIL)).join('\n');
  return [head.slice(0, HEAD), tail.slice(-TAIL)].join('\n');
}

function viaLink(item: Item, base: string): Credited | null {
  const link = item.links.find((one) => one.rel === 'via');
  const url = link === undefined ? null : canonicalUrl(link.href, base);
  const title = plainLine(link?.title ?? '') || bareHost(url);
  return url === null || title === null ? null : { title, url };
}

interface Line extends CreditLine {
  /** Words contained in every text that the line's pattern matches; a cheap test, since most texts contain none of them. */
  readonly key: string;
  /** The longest word of `key`. */
  readonly longest: string;
}

const LINES: readonly Line[] = CREDIT_LINES.map(keyed);
/** Finds the longest words of all our lines in one pass; longer alternatives precede their own prefixes. */
const LONGEST_WORDS = new RegExp(
  `(?<![a-z])(?:${[...new Set(LINES.map((line) => line.longest))].sort().reverse().join('|')})`,
  'g',
);

/** The editor's lines, then ours, whose words occur in the text. */
function linesIn(text: string, credits: readonly string[]): readonly Line[] {
  const words = sameSpelling(text);
  const held: readonly string[] = words.match(LONGEST_WORDS) ?? [];
  const theirs = credits.map((line) => keyed({ line, trust: 'named' }));
  const ours = held.length === 0 ? [] : LINES.filter(({ longest }) => held.includes(longest));
  return [...theirs, ...ours].filter(({ key }) => words.includes(key));
}

function keyed({ line, trust }: CreditLine): Line {
  const [before = '', after = ''] = line.split('{publication}');
  const key = sameSpelling(before.length > after.length ? before : after).trim();
  const words = key.match(/\p{L}+/gu) ?? [''];
  return { line, trust, key, longest: words.reduce((best, word) => (word.length > best.length ? word : best)) };
}

/** A quoted name, a host, or up to six words: capitalised, joined by small words, or from `PAPER_WORDS`. */
const WORD = "\\p{Lu}[\\p{L}\\p{N}.’'&-]*";
const BETWEEN = 'of|the|and|for|de|del|della|di|do|da|la|le|les|von|der|die|das|des|et|y|e|och|&';
const NAME =
  `(?:[“"«„][^”"»“\\n]{2,60}[”"»“]|(?:[\\w-]+\\.)+[a-z]{2,}|` +
  `(?:[Tt]he )?${WORD}(?: (?:(?:${BETWEEN}) )?(?:${WORD}|(?:${[...PAPER_WORDS].join('|')})(?![\\p{L}]))){0,5})`;

const built = new Map<string, RegExp>();

/** The line's words match in any case, the name only with its capitals. Compiled on first use. */
function patternOf(line: string): RegExp {
  const known = built.get(line);
  if (known !== undefined) return known;
  const [before = '', after = ''] = line.split('{publication}');
  const lead = before === '' ? '' : `(?<![\\p{L}\\p{N}])${anyCase(before)}`;
  const pattern = new RegExp(`${lead}(?<name>${NAME})${anyCase(after)}(?![\\p{L}\\p{N}])`, 'u');
  built.set(line, pattern);
  return pattern;
}

function sameSpelling(text: string): string {
  return text.toLowerCase().replaceAll('’', "'");
}

function anyCase(words: string): string {
  return [...words]
    .map((char) => {
      if (char === ' ') return '\\s+';
      if (char === '’') return "[’']";
      const [low, up] = [char.toLowerCase(), char.toUpperCase()];
      return low === up || up.length !== char.length ? char.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&') : `[${low}${up}]`;
    })
    .join('');
}

function publicationIn(said: string): string {
  return said
    .replace(/^[“"«„]|[”"»“]$/g, '')
    .replace(/[.,;:]+$/, '')
    .trim();
}

function looksLikePaper(title: string, said: string): boolean {
  if (/^[“"«„]/.test(said) || /^(?:[\w-]+\.)+[a-z]{2,}$/.test(title)) return true;
  const letters = lettersOnly(title);
  return PAPERS.has(letters) || letters.split(' ').some((word) => PAPER_WORDS.has(word));
}

function isOwn(title: string, own: readonly Publication[]): boolean {
  return own.some((publication) => lettersOnly(publication.title) === lettersOnly(title));
}

/** The address of a link with that text on another host than the article's. */
function linkOf(html: string, title: string, base: string): string | null {
  let open: Attributes | null = null;
  let words = '';
  let found: string | null = null;
  readMarkup(html, {
    open(name, attributes) {
      if (name === 'a') [open, words] = [attributes, ''];
    },
    text(value) {
      if (open !== null && words.length < 200) words += value;
    },
    close(name) {
      if (name !== 'a' || open === null) return;
      const href = lettersOnly(words) === lettersOnly(title) ? absoluteHref(open.href ?? '', base) : null;
      if (href !== null && bareHost(href) !== bareHost(base)) found ??= canonicalUrl(href, null);
      open = null;
    },
    done: () => found !== null,
  });
  return found;
}
