/** Finds the publication that a text says it quotes or copies: "as Foreign Policy writes". */
import { loadTable } from '../../data/load.js';
import type { Attribution } from '../../model/article.js';
import type { Item } from '../../model/item.js';
import { type Attributes, readMarkup } from '../../text/markup.js';
import { lettersOnly, plainLine } from '../../text/plain.js';
import { siteOf } from '../../text/url/site-of.js';
import { absoluteHref, bareHost, canonicalUrl } from '../../text/url/url.js';
import { nameKey } from './borrowed-names.js';
import { CREDIT_LINES, type CreditLine, PAPER_WORDS } from './credit-lines.js';
import { COMMON, OUTLET_NAMES, outletAt } from './outlets.js';
import { bearsName, type NameWords, namesSite } from './publication-name.js';

type Credited = NonNullable<Attribution['credited']>;

export interface Credit {
  readonly credited: Credited | null;
  /** The first name that a phrase may credit, but of which we do not know that it is a publication's; null: none. */
  readonly mayCredit: string | null;
}

/** Number of characters at the beginning and the end of a text that are searched for a credit. */
const HEAD = 800;
const TAIL = 400;

/**
 * A link of rel `via`, else the first credit line in `texts` (plain, of one article) that names a publication; never one that
 * bears a name of `own`. `credits` are the editor's lines, tried before ours and trusted. The address is that of a link in
 * `html` with the same text to a site of that name; null: there is none.
 */
export function creditedPublication(
  item: Item,
  texts: readonly string[],
  html: string | null,
  own: readonly string[],
  credits: readonly string[],
  base: string,
): Credit {
  const isOwn = (title: string) => bearsName(title, own) || namesSite(title, base);
  const via = viaLink(item, base);
  if (via !== null && !isOwn(via.title)) return { credited: via, mayCredit: null };
  let mayCredit: string | null = null;
  const excerpt = excerptOf(texts);
  for (const { line, trust } of linesIn(excerpt, credits)) {
    for (const match of excerpt.matchAll(patternOf(line))) {
      const { name: said = '', note } = match.groups ?? {};
      const title = publicationIn(said);
      if (title === '' || note !== undefined || isOwn(title)) continue;
      const isAside = trust !== 'loose' || /(?:^|[([\n]) ?$/.test(excerpt.slice(0, match.index));
      const url = html === null || !isAside ? null : linkOf(html, title, base);
      const after = excerpt.slice(match.index + match[0].length);
      if (url !== null || isTrusted(title, said, trust, after)) return { credited: { title, url }, mayCredit: null };
      mayCredit ??= trust === 'known' ? title : null;
    }
  }
  return { credited: null, mayCredit };
}

/** Whether it is a publication's name though no link says so. */
function isTrusted(title: string, said: string, trust: CreditLine['trust'], after: string): boolean {
  if (trust === 'editor') return true;
  const letters = lettersOnly(title);
  if (COMMON.has(letters)) return false;
  if (OUTLET_NAMES.has(letters) || OUTLET_NAMES.has(letters.replace(/^the /, ''))) return true;
  if (HOST.test(title)) return trust === 'named' || outletAt(`https://${title}/`) !== null;
  if (trust === 'named') return !continues(after);
  if (/^[«„]/.test(said)) return true;
  return endsAsPaper(letters, trust);
}

/** "The Valley Gazette"; "the Mail" only where no people or tools are meant by such lines. */
function endsAsPaper(letters: string, trust: CreditLine['trust']): boolean {
  const words = letters.split(' ');
  if (!words.some((word) => PAPER_WORDS.has(word)) || words.some((word) => POINTING.has(word))) return false;
  return words.length > 2 || (words.length === 2 && (words[0] !== 'the' || trust === 'known'));
}

const POINTING = new Set('a an this that these those his her its my our their your'.split(' '));

/** "in Tarn bathrooms worldwide": a name that goes on in lower case is only part of what is named. */
function continues(after: string): boolean {
  const next = /^ (\p{Ll}[\p{L}’'-]*)/u.exec(after)?.[1];
  return next !== undefined && !AFTER_NAME.has(next);
}

/** Words that may follow a name: the sentence goes on, the name does not. */
const AFTER_NAME = new Set(loadTable<NameWords>('name-words').afterNames);

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
  const theirs = credits.map((line) => keyed({ line, trust: 'editor' }));
  const ours = held.length === 0 ? [] : LINES.filter(({ longest }) => held.includes(longest));
  return [...theirs, ...ours].filter(({ key }) => words.includes(key));
}

function keyed({ line, trust }: CreditLine): Line {
  const [before = '', after = ''] = line.split('{publication}');
  const key = sameSpelling(before.length > after.length ? before : after).trim();
  const words = key.match(/\p{L}+/gu) ?? [''];
  return { line, trust, key, longest: words.reduce((best, word) => (word.length > best.length ? word : best)) };
}

/** A quoted name, a host, or up to six words: capitalised, joined by small words, or from `PAPER_WORDS`. A full stop ends it. */
const WORD = "(?:\\p{Lu}[\\p{L}\\p{N}’'&-]*(?:\\.[\\p{L}\\p{N}’'&-]+)*|St\\.)";
const BETWEEN = 'of|the|and|for|de|del|della|di|do|da|la|le|les|von|der|die|das|des|et|y|e|och|&';
const SITE_WORDS = 'blog|newsletter|website|magazine|podcast';
const NAME =
  `(?:[“"«„][^”"»“\\n]{2,60}[”"»“]|(?:[\\w-]+\\.)+[a-z]{2,}|` +
  `(?:[Tt]he )?${WORD}(?: (?:(?:${BETWEEN}) )?(?:${WORD}|(?:${[...PAPER_WORDS].join('|')})(?![\\p{L}]))){0,5}(?: (?:${SITE_WORDS})(?![\\p{L}]))?)`;
const HOST = /^(?:[\w-]+\.)+[a-z]{2,}$/;
/** Before a line, these say that a picture or a figure is credited, not the text. */
const NOTE =
  '(?<note>(?:[Ii]mage|[Pp]hoto|[Pp]icture|[Vv]ideo|GIF|gif|[Cc]hart|[Gg]raphic|[Bb]ild|[Ff]oto)s?(?: [Cc]redit| [Ss]ource)?:? )?';

const built = new Map<string, RegExp>();

/** The line's words match in any case, the name only with its capitals. Compiled on first use. */
function patternOf(line: string): RegExp {
  const known = built.get(line);
  if (known !== undefined) return known;
  const [before = '', after = ''] = line.split('{publication}');
  const lead = before === '' ? '' : `(?<![\\p{L}\\p{N}])${NOTE}${anyCase(before)}`;
  const pattern = new RegExp(`${lead}(?<name>${NAME})${anyCase(after)}(?![\\p{L}\\p{N}])`, 'gu');
  built.set(line, pattern);
  return pattern;
}

function sameSpelling(text: string): string {
  return text.toLowerCase().replaceAll('’', "'");
}

function anyCase(words: string): string {
  return [...words]
    .map((char) => {
      if (char === ' ') return ' +';
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
    .replace(/[’']s$/, '')
    .trim();
}

/** The address of a link with that text to another host than the article's, whose name it is. */
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
      const href = nameKey(words) === nameKey(title) ? absoluteHref(open.href ?? '', base) : null;
      if (href !== null && bareHost(href) !== bareHost(base) && isNameOf(title, href))
        found ??= canonicalUrl(href, null);
      open = null;
    },
    done: () => found !== null,
  });
  return found;
}

/** Whether a site is called so: its domain is the name, a word or the beginning of it, its initials, or a well-known one's. */
function isNameOf(title: string, href: string): boolean {
  if (namesSite(title, href) || (outletAt(href) !== null && bearsName(title, [outletAt(href)!]))) return true;
  const label = siteOf(href)?.split('.')[0]?.replaceAll('-', '') ?? '';
  const words = lettersOnly(title).replace(/^the /, '').split(' ');
  const initials = words.map((word) => word[0]).join('');
  const key = words.join('');
  return (label.length > 3 && key.includes(label)) || (words.length > 2 && label === initials);
}
