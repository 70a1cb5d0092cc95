/** The name of a configured publication is given by its own feeds alone: in another's feed it is the one that an item refers to. */
import type { Attribution, Publication } from '../model/article.js';
import type { CleanDocument } from '../model/document.js';
import { lettersOnly } from '../text/plain.js';
import { bareHost } from '../text/url/url.js';

/** What a source may not call itself or another, since it is another source's name or address. */
export interface OthersNames {
  isOthersTitle(title: string): boolean;
  /** As an item of its feed may name its origin. */
  isOther(publication: Publication): boolean;
}

/** The document with every borrowed name given back; `feedUrl`: where it was read. */
export function withoutBorrowedNames<T extends Pick<CleanDocument, 'drafts' | 'profile'>>(
  document: T,
  others: OthersNames,
  feedUrl: string,
): T {
  const { profile, drafts } = document;
  const host = bareHost(feedUrl);
  const ownName = (title: string) => (host !== null && others.isOthersTitle(title) ? host : title);
  const ownPublication = (own: Publication) => ({ ...own, title: ownName(own.title) });
  const attributed = ({ publication, via, credited }: Attribution): Attribution => {
    if (via === null) return { publication: ownPublication(publication), via, credited };
    if (!others.isOther(publication)) return { publication, via: ownPublication(via), credited };
    const { title, url } = publication;
    return { publication: ownPublication(via), via: null, credited: { title, url } };
  };
  return {
    ...document,
    profile: { ...profile, title: profile.title === null ? null : ownName(profile.title) },
    drafts: drafts.map((draft) => ({ ...draft, attribution: attributed(draft.attribution) })),
  };
}

/** Names that a reader takes for one another: only letters and digits count, without spaces and a leading article. */
export function nameKey(title: string): string {
  return lettersOnly(title.replace(/[\u200B-\u200D\u2060\u00AD]/g, ''))
    .replace(/^the /, '')
    .replaceAll(' ', '');
}
