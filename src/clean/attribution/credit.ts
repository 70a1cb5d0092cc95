/** Finds the publication that a text quotes or copies: "as Foreign Policy writes". */
import { loadTable } from '../../data/load.js';
import type { Attribution } from '../../model/article.js';
import type { Item } from '../../model/item.js';
import { cacheByObject } from '../../text/cached.js';
import { type Attributes, readMarkup } from '../../text/markup.js';
import { lettersOnly, plainLine } from '../../text/plain.js';
import { findSite } from '../../text/url/site-of.js';
import { absoluteHref, bareHost, canonicalUrl } from '../../text/url/url.js';
import { toNameKey } from './borrowed-names.js';
import { CREDIT_LINES, type CreditLine, PAPER_WORDS } from './credit-lines.js';
import { COMMON, findOutlet, OUTLET_NAMES } from './outlets.js';
import { isSiteName, matchesName, type NameWords } from './publication-name.js';

type Credited = NonNullable<Attribution['credited']>;

export interface Credit {
  readonly credited: Credited | null;
  /** The first name in a credit phrase that may not be a publication's; null: none. */
  readonly mayCredit: string | null;
}

const HEAD = 800;
const TAIL = 400;

/**
 * A `via` link, else the first credit line that names a publication other than `own`.
 * @param texts plain texts of one article.
 * @param html searched for a link with the publication's name, which gives its address.
 * @param credits the editor's lines, tried first and trusted.
 */
export function findCredit(
  item: Item,
  texts: readonly string[],
  html: string | null,
  own: readonly string[],
  credits: readonly string[],
  base: string,
): Credit {
  const isOwn = (title: string) => matchesName(title, own) || isSiteName(title, base);
  const via = findViaLink(item, base);
  if (via !== null && !isOwn(via.title)) return { credited: via, mayCredit: null };
  let mayCredit: string | null = null;
  const excerpt = toExcerpt(texts);
  for (const { line, trust } of selectLines(excerpt, credits)) {
    for (const match of excerpt.matchAll(compilePattern(line))) {
      const { name: written = '' } = match.groups ?? {};
      const title = trimName(written);
      const before = excerpt.slice(0, match.index);
      if (title === '' || (!line.startsWith('{publication}') && NOTE.test(before.slice(-80))) || isOwn(title)) continue;
      const isProof = trust === 'loose' ? /(?:^|[([\n]) ?$/.test(before) : trust !== 'said';
      const url = html === null || !isProof ? null : findLink(html, title, base);
      const after = excerpt.slice(match.index + match[0].length);
      if (url !== null || isTrusted(title, written, trust, after)) return { credited: { title, url }, mayCredit: null };
      mayCredit ??= trust === 'known' || trust === 'said' ? title : null;
    }
  }
  return { credited: null, mayCredit };
}

/** Whether a name without a link is a publication's. */
function isTrusted(title: string, written: string, trust: CreditLine['trust'], after: string): boolean {
  if (trust === 'editor') return true;
  const letters = lettersOnly(title);
  if (COMMON.has(letters)) return false;
  if (OUTLET_NAMES.has(letters) || OUTLET_NAMES.has(letters.replace(/^the /, ''))) return true;
  if (HOST.test(title)) return trust === 'named' || findOutlet(`https://${title}/`) !== null;
  if (trust === 'named') return !isNameContinued(after);
  if (/^[«„][^\p{Ll}]/u.test(written)) return true;
  return isPaperName(letters, trust);
}

/** "The Valley Gazette"; "the Mail" only with `known` phrases. */
function isPaperName(letters: string, trust: CreditLine['trust']): boolean {
  const words = letters.split(' ');
  if (!words.some((word) => PAPER_WORDS.has(word)) || words.some((word) => POINTING.has(word))) return false;
  return words.length > 2 || (words.length === 2 && (words[0] !== 'the' || trust !== 'loose'));
}

const POINTING = new Set('a an this that these those his her its my our their your'.split(' '));

/** "in Tarn bathrooms worldwide": a name that continues in lower case is incomplete. */
function isNameContinued(after: string): boolean {
  const next = /^ (\p{Ll}[\p{L}’'-]*)/u.exec(after)?.[1];
  return next !== undefined && !AFTER_NAME.has(next);
}

/** Words after which a sentence continues, but a name does not. */
const AFTER_NAME = new Set(loadTable<NameWords>('name-words').afterNames);

function toExcerpt(texts: readonly string[]): string {
  const length = texts.reduce((sum, text) => sum + text.length, texts.length - 1);
  if (length <= HEAD + TAIL) return texts.join('\n');
  const head = texts.map((text) => text.slice(0, HEAD)).join('\n');
  const tail = texts.map((text) => text.slice(-TAIL)).join('\n');
  return [head.slice(0, HEAD), tail.slice(-TAIL)].join('\n');
}

function findViaLink(item: Item, base: string): Credited | null {
  const link = item.links.find((one) => one.rel === 'via');
  const url = link === undefined ? null : canonicalUrl(link.href, base);
  const title = plainLine(link?.title ?? '') || bareHost(url);
  return url === null || title === null ? null : { title, url };
}

interface Line extends CreditLine {
  /** The longer fixed part of the line, for a cheap test. */
  readonly key: string;
  readonly longest: string;
}

const LINES: readonly Line[] = CREDIT_LINES.map(toLine);
/** Finds the longest words of all lines in one pass. Longer alternatives precede their own prefixes. */
const LONGEST_WORDS = new RegExp(
  `(?:^|[^a-z])(?:${[...new Set(LINES.map((line) => line.longest))].sort().reverse().join('|')})`,
  'g',
);

/** The lines whose words occur in the text, the editor's first. */
function selectLines(text: string, credits: readonly string[]): readonly Line[] {
  const words = normalizeSpelling(text);
  const held: readonly string[] = words.match(LONGEST_WORDS) ?? [];
  const ours = held.length === 0 ? [] : LINES.filter(({ longest }) => held.some((one) => one.endsWith(longest)));
  return [...toEditorLines(credits), ...ours].filter(({ key }) => words.includes(key));
}

const toEditorLines = cacheByObject((credits: readonly string[]) =>
  credits.map((line) => toLine({ line, trust: 'editor' })),
);

function toLine({ line, trust }: CreditLine): Line {
  const [before = '', after = ''] = line.split('{publication}');
  const key = normalizeSpelling(before.length > after.length ? before : after).trim();
  const words = key.match(/\p{L}+/gu) ?? [''];
  return { line, trust, key, longest: words.reduce((best, word) => (word.length > best.length ? word : best)) };
}

/** A quoted name, a host, or up to six words: capitalised, small, or from `PAPER_WORDS`. A full stop ends it. */
const WORD = "(?:\\p{Lu}[\\p{L}\\p{N}’'&-]*(?:\\.[\\p{L}\\p{N}’'&-]+)*|St\\.)";
const BETWEEN = 'of|the|and|for|de|del|della|dello|dei|di|do|da|la|le|les|von|der|die|das|des|et|y|e|och|&';
const SITE_WORDS = 'blog|newsletter|website|magazine|podcast';
const NAME =
  `(?:[“"«„][^”"»“\\n]{2,60}[”"»“]|(?:[\\w-]+\\.)+[a-z]{2,}|` +
  `(?:[Tt]he )?${WORD}(?: (?:(?:${BETWEEN}) )?(?:${WORD}|(?:${[...PAPER_WORDS].join('|')})(?![\\p{L}]))){0,5}(?: (?:${SITE_WORDS})(?![\\p{L}]))?)`;
const HOST = /^(?:[\w-]+\.)+[a-z]{2,}$/;
/** Before a line, these credit a picture or a figure instead of the text. */
const NOTE =
  /(?<![\p{L}\p{N}])(?:[Ii]mage|[Pp]hoto|[Pp]icture|[Vv]ideo|GIF|gif|[Cc]hart|[Gg]raphic|[Bb]ild|[Ff]oto)s?(?:(?: [Cc]redit| [Ss]ource)?:? |(?: [Cc]redit:| by|:) [^.\n]{3,60} )$/u;

const built = new Map<string, RegExp>();

/** The line's words match in any case, the name only with capitals. Compiled on first use. */
function compilePattern(line: string): RegExp {
  const known = built.get(line);
  if (known !== undefined) return known;
  const [before = '', after = ''] = line.split('{publication}');
  const lead = before === '' ? '' : `(?<![\\p{L}\\p{N}])${toCaseInsensitive(before)}`;
  const pattern = new RegExp(`${lead}(?<name>${NAME})${toCaseInsensitive(after)}(?![\\p{L}\\p{N}])`, 'gu');
  built.set(line, pattern);
  return pattern;
}

function normalizeSpelling(text: string): string {
  return text.toLowerCase().replaceAll('’', "'");
}

function toCaseInsensitive(words: string): string {
  return [...words]
    .map((char) => {
      if (char === ' ') return ' +';
      if (char === '’') return "[’']";
      const [low, up] = [char.toLowerCase(), char.toUpperCase()];
      return low === up || up.length !== char.length ? char.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&') : `[${low}${up}]`;
    })
    .join('');
}

/** "reported by Free Press December 3", "first published in December". */
const DAY =
  /(?:^| )(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December)$/;

function trimName(written: string): string {
  return written
    .replace(/^[“"«„]|[”"»“]$/g, '')
    .replace(/[.,;:]+$/, '')
    .replace(/[’']s$/, '')
    .replace(DAY, '')
    .trim();
}

/** The address of a link with that text to another host with that name. */
function findLink(html: string, title: string, base: string): string | null {
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
      const href = toNameKey(words) === toNameKey(title) ? absoluteHref(open.href ?? '', base) : null;
      if (href !== null && bareHost(href) !== bareHost(base) && isLinkedSiteName(title, href))
        found ??= canonicalUrl(href, null);
      open = null;
    },
    done: () => found !== null,
  });
  return found;
}

/** Compares the name with the domain, initials, and known outlets. */
function isLinkedSiteName(title: string, href: string): boolean {
  if (isSiteName(title, href) || (findOutlet(href) !== null && matchesName(title, [findOutlet(href)!]))) return true;
  const label = findSite(href)?.split('.')[0]?.replaceAll('-', '') ?? '';
  const words = lettersOnly(title).replace(/^the /, '').split(' ');
  const initials = words.map((word) => word[0]).join('');
  const key = words.join('');
  return (label.length > 3 && key.includes(label)) || (words.length > 2 && label === initials);
}
