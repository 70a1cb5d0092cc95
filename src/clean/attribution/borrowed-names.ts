/** Prevents one source from using the name of another. Only a publication's own feeds may give its name. */
import type { Article, Attribution, Draft, Publication } from '../../model/article.js';
import type { CleanDocument } from '../../model/document.js';
import { isAscii, lettersOnly } from '../../text/plain.js';
import { isPlatform } from '../../text/url/platforms.js';
import { findSite } from '../../text/url/site-of.js';
import { bareHost } from '../../text/url/url.js';

export interface OtherSourceNames {
  isOthersTitle(title: string): boolean;
  isOthersHome(url: string): boolean;
  /** Whether an item's named origin is another source. */
  isOther(publication: Publication): boolean;
}

/** Replaces borrowed names, and credits sources that the texts name. @param feedUrl address of the document. */
export function restoreBorrowedNames<T extends Pick<CleanDocument, 'drafts' | 'profile'>>(
  document: T,
  others: OtherSourceNames,
  feedUrl: string,
): T {
  const { profile, drafts } = document;
  return {
    ...document,
    profile: { ...profile, title: profile.title === null ? null : replaceBorrowedName(profile.title, others, feedUrl) },
    drafts: drafts.map((draft) => {
      const { title, name } = splitHeadline(draft.title, others);
      const named = { ...draft, attribution: addCredit(draft, others) };
      const authors = removeBorrowedLinks(draft, others);
      const credit = restoreCredit({ ...named, authors }, others, feedUrl);
      return { ...draft, ...(name === null ? credit : creditSource(credit, { title: name, url: null })), title };
    }),
  };
}

/** Only an article on another source's site may link to its authors there. */
function removeBorrowedLinks({ authors, url: article }: Draft, others: OtherSourceNames): Draft['authors'] {
  return authors.map(({ name, url }) => {
    const isBorrowed = url !== null && others.isOther({ title: '', url, feedUrl: null });
    return { name, url: isBorrowed && (article === null || findSite(article) !== findSite(url)) ? null : url };
  });
}

/** Adds a credit to another source that the text names. */
function addCredit({ attribution, mayCredit }: Draft, others: OtherSourceNames): Attribution {
  if (attribution.credited !== null || mayCredit === null) return attribution;
  const named = { title: mayCredit, url: null, feedUrl: null };
  return others.isOther(named) ? { ...attribution, credited: { title: mayCredit, url: null } } : attribution;
}

type Credit = Pick<Article, 'attribution' | 'authors'>;

/** An author with another source's name becomes the credited source. */
export function restoreCredit(article: Credit, others: OtherSourceNames, feedUrl: string): Credit {
  const attribution = restoreAttribution(article.attribution, others, feedUrl);
  const borrowed = article.authors.find((author) => isOthersName(author.name, others));
  if (borrowed === undefined) return { attribution, authors: article.authors };
  const authors = article.authors.filter((author) => !isOthersName(author.name, others));
  return creditSource({ attribution, authors }, { title: borrowed.name, url: borrowed.url });
}

function creditSource({ attribution, authors }: Credit, from: NonNullable<Attribution['credited']>): Credit {
  if (attribution.via !== null || attribution.credited !== null) return { attribution, authors };
  return { attribution: { ...attribution, credited: from }, authors };
}

const BEFORE_NAME = [' - ', ' – ', ' — ', ' | ', ' · '];

/** Splits another source's name from the end of a headline. */
function splitHeadline(
  title: string,
  others: OtherSourceNames,
): { readonly title: string; readonly name: string | null } {
  const end = Math.max(...BEFORE_NAME.map((mark) => title.lastIndexOf(mark)));
  const name = end < 1 ? '' : title.slice(end + 3);
  return name !== '' && isOthersName(name, others) ? { title: title.slice(0, end), name } : { title, name: null };
}

function isOthersName(title: string, others: OtherSourceNames): boolean {
  return others.isOther({ title, url: null, feedUrl: null });
}

function restoreAttribution(attribution: Attribution, others: OtherSourceNames, feedUrl: string): Attribution {
  const own = (publication: Publication) => ({
    ...publication,
    title: replaceBorrowedName(publication.title, others, feedUrl),
    url: publication.url !== null && others.isOthersHome(publication.url) ? null : publication.url,
  });
  const { publication, via, credited } = attribution;
  if (via === null) return { publication: own(publication), via, credited };
  if (!others.isOther(publication)) return { publication, via: own(via), credited };
  return { publication: own(via), via: null, credited: { title: publication.title, url: publication.url } };
}

/** The host instead, or with the name if it serves many publications: "Fox News (youtube.com)". */
function replaceBorrowedName(title: string, others: OtherSourceNames, feedUrl: string): string {
  const host = others.isOthersTitle(title) ? bareHost(feedUrl) : null;
  if (host === null) return title;
  const site = findSite(feedUrl) ?? host;
  return isPlatform(site) ? `${title} (${site})` : host;
}

/** Equal for names that readers confuse (Unicode TR 39). Ignores spaces, accents and a leading article. */
export function toNameKey(title: string): string {
  const bare = isAscii(title)
    ? title
    : title.normalize('NFKD').replace(/[\u0300-\u036f\p{Default_Ignorable_Code_Point}]/gu, '');
  return lettersOnly(bare.replaceAll('|', 'l'))
    .replace(/^the /, '')
    .replaceAll(' ', '')
    .replace(LOOK_ALIKES, (letter) => LATIN[LETTERS.indexOf(letter)]!)
    .replaceAll('i', 'l')
    .replaceAll('1', 'l')
    .replaceAll('0', 'o')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w');
}

/** Lower-case letters of Cyrillic, Greek and others, and the Latin letters that they look like. */
const LETTERS = 'авекмнорстухіјѕԁԛԝһӏ' + 'αβεζηικμνορτυχ' + 'ıɑɡ';
const LATIN = 'abekmhopctyxljsdqwhl' + 'abezhlkmnoptyx' + 'lag';
const LOOK_ALIKES = new RegExp(`[${LETTERS}]`, 'g');

/** Fewer letters of a host prove nothing. */
const FEWEST = 4;

/** Whether the name contains the registered label of the host or the reverse: `Harbour Post`, `harbour.example`. */
export function matchesHost(title: string, url: string): boolean {
  const name = toNameKey(title);
  const label = toNameKey(findSite(url)?.split('.')[0] ?? '');
  return label.length >= FEWEST && name.length >= FEWEST && (name.includes(label) || label.includes(name));
}
