/** The name of a configured publication is given by its own feeds alone: in another's feed it is the one that an item refers to. */
import type { Article, Attribution, Draft, Publication } from '../../model/article.js';
import type { CleanDocument } from '../../model/document.js';
import { lettersOnly } from '../../text/plain.js';
import { siteOf } from '../../text/url/site-of.js';
import { bareHost } from '../../text/url/url.js';

/** What a source may not call itself or another, since it is another source's name or address. */
export interface OthersNames {
  isOthersTitle(title: string): boolean;
  /** As an item of its feed may name its origin. */
  isOther(publication: Publication): boolean;
}

/** The document with every borrowed name given back, and every other source credited that its texts name; `feedUrl`: where it was read. */
export function withoutBorrowedNames<T extends Pick<CleanDocument, 'drafts' | 'profile'>>(
  document: T,
  others: OthersNames,
  feedUrl: string,
): T {
  const { profile, drafts } = document;
  return {
    ...document,
    profile: { ...profile, title: profile.title === null ? null : ownName(profile.title, others, feedUrl) },
    drafts: drafts.map((draft) => {
      const { title, name } = headlineAndName(draft.title, others);
      const named = { ...draft, attribution: withCredit(draft, others) };
      const credit = withoutBorrowedCredit(named, others, feedUrl);
      return { ...draft, ...(name === null ? credit : credited(credit, { title: name, url: null })), title };
    }),
  };
}

/** With a credit to another source of ours, which the text names as one names a publication. */
function withCredit({ attribution, mayCredit }: Draft, others: OthersNames): Attribution {
  if (attribution.credited !== null || mayCredit === null) return attribution;
  const named = { title: mayCredit, url: null, feedUrl: null };
  return others.isOther(named) ? { ...attribution, credited: { title: mayCredit, url: null } } : attribution;
}

type Credit = Pick<Article, 'attribution' | 'authors'>;

/** Whose article it is, where it may not be another source's: one that it names as its author is where it has it from. */
export function withoutBorrowedCredit(article: Credit, others: OthersNames, feedUrl: string): Credit {
  const attribution = ownAttribution(article.attribution, others, feedUrl);
  const borrowed = article.authors.find((author) => isOthersName(author.name, others));
  if (borrowed === undefined) return { attribution, authors: article.authors };
  const authors = article.authors.filter((author) => !isOthersName(author.name, others));
  return credited({ attribution, authors }, { title: borrowed.name, url: borrowed.url });
}

function credited({ attribution, authors }: Credit, from: NonNullable<Attribution['credited']>): Credit {
  if (attribution.via !== null || attribution.credited !== null) return { attribution, authors };
  return { attribution: { ...attribution, credited: from }, authors };
}

const BEFORE_NAME = [' - ', ' – ', ' — ', ' | ', ' · '];

/** A headline that ends in another's name, and that name. */
function headlineAndName(title: string, others: OthersNames): { readonly title: string; readonly name: string | null } {
  const end = Math.max(...BEFORE_NAME.map((mark) => title.lastIndexOf(mark)));
  const name = end < 1 ? '' : title.slice(end + 3);
  return name !== '' && isOthersName(name, others) ? { title: title.slice(0, end), name } : { title, name: null };
}

function isOthersName(title: string, others: OthersNames): boolean {
  return others.isOther({ title, url: null, feedUrl: null });
}

function ownAttribution(attribution: Attribution, others: OthersNames, feedUrl: string): Attribution {
  const own = (publication: Publication) => ({ ...publication, title: ownName(publication.title, others, feedUrl) });
  const { publication, via, credited } = attribution;
  if (via === null) return { publication: own(publication), via, credited };
  if (!others.isOther(publication)) return { publication, via: own(via), credited };
  return { publication: own(via), via: null, credited: { title: publication.title, url: publication.url } };
}

function ownName(title: string, others: OthersNames, feedUrl: string): string {
  return (others.isOthersTitle(title) ? bareHost(feedUrl) : null) ?? title;
}

/**
 * Names that a reader takes for one another: only letters and digits count, without spaces, accents and a leading article, and those
 * that look alike are one (Unicode TR 39, the common ones).
 */
export function nameKey(title: string): string {
  const bare = title.normalize('NFKD').replace(/[\u0300-\u036f\p{Default_Ignorable_Code_Point}]/gu, '');
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

/** Cyrillic, Greek and other letters, small as `lettersOnly` leaves them, and the Latin ones that they or their capitals look like. */
const LETTERS = 'авекмнорстухіјѕԁԛԝһӏ' + 'αβεζηικμνορτυχ' + 'ıɑɡ';
const LATIN = 'abekmhopctyxljsdqwhl' + 'abezhlkmnoptyx' + 'lag';
const LOOK_ALIKES = new RegExp(`[${LETTERS}]`, 'g');

/** Fewer letters of a host say nothing. */
const FEWEST = 4;

/** Whether the host of an address has the name in it, or the name has what is registered of the host: `Harbour Dispatch` and `harbour.example`. */
export function isNamedAfter(title: string, url: string): boolean {
  const name = nameKey(title);
  const label = nameKey(siteOf(url)?.split('.')[0] ?? '');
  return label.length >= FEWEST && name.length >= FEWEST && (name.includes(label) || label.includes(name));
}
