/** The name of a configured publication is given by its own feeds alone: in another's feed it is the one that an item refers to. */
import type { Attribution, Draft, Publication } from '../../model/article.js';
import type { CleanDocument } from '../../model/document.js';
import { lettersOnly } from '../../text/plain.js';
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
    drafts: drafts.map((draft) => ({
      ...draft,
      attribution: ownAttribution(withCredit(draft, others), others, feedUrl),
    })),
  };
}

/** With a credit to another source of ours, which the text names as one names a publication. */
function withCredit({ attribution, mayCredit }: Draft, others: OthersNames): Attribution {
  if (attribution.credited !== null || mayCredit === null) return attribution;
  const named = { title: mayCredit, url: null, feedUrl: null };
  return others.isOther(named) ? { ...attribution, credited: { title: mayCredit, url: null } } : attribution;
}

/** Whose article it is, where it may not be another source's. */
export function ownAttribution(attribution: Attribution, others: OthersNames, feedUrl: string): Attribution {
  const own = (publication: Publication) => ({ ...publication, title: ownName(publication.title, others, feedUrl) });
  const { publication, via, credited } = attribution;
  if (via === null) return { publication: own(publication), via, credited };
  if (!others.isOther(publication)) return { publication, via: own(via), credited };
  return { publication: own(via), via: null, credited: { title: publication.title, url: publication.url } };
}

function ownName(title: string, others: OthersNames, feedUrl: string): string {
  return (others.isOthersTitle(title) ? bareHost(feedUrl) : null) ?? title;
}

/** Names that a reader takes for one another: only letters and digits count, without spaces and a leading article. */
export function nameKey(title: string): string {
  return lettersOnly(title.replace(/[\u200B-\u200D\u2060\u00AD]/g, ''))
    .replace(/^the /, '')
    .replaceAll(' ', '');
}
