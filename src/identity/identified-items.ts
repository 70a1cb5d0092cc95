/** Converts the drafts of one document to distinct items with their identifying keys. */
import type { Draft } from '../model/article.js';
import type { ArticleKey } from '../model/identity.js';
import type { SourceId } from '../model/source.js';
import { collapse, withoutZeroWidth } from '../text/plain.js';

export interface IdentifiedItem {
  readonly draft: Draft;
  /** null: missing, or not unique in this document. */
  readonly guid: string | null;
  /** Keys of canonical addresses that no other item of the document has. */
  readonly urlKeys: readonly string[];
  /** Title and date; undated: title and address, else guid, else the title alone. May repeat in the document. */
  readonly titleKey: string;
  /** Its guid must not become its id. */
  readonly mintOnly: boolean;
  /** Keys for all of these, guid first. Repeated title keys are numbered from the second on. */
  readonly keys: readonly ArticleKey[];
}

export interface IdentifiedItems {
  readonly items: readonly IdentifiedItem[];
  /** More than 5 % of the guids are duplicate or empty: from now on addresses identify the source's items. */
  readonly guidsUnusable: boolean;
}

/** Share of bad guids in a document above which none is trusted (as in FreshRSS). */
const BAD_GUIDS = 0.05;

/** @param guidsUnusable whether the source had unusable guids before, which is permanent. */
export function identifyItems(drafts: readonly Draft[], sourceId: SourceId, guidsUnusable: boolean): IdentifiedItems {
  const distinct = removeRepeats(drafts);
  const shared = findSharedGuids(distinct);
  const unusable = guidsUnusable || hasTooManyBadGuids(distinct, shared);
  const urls = countUrlKeys(distinct);
  const titles = new Map<string, number>();
  return {
    guidsUnusable: unusable,
    items: distinct.map((draft) => {
      const bad = unusable || (draft.guid !== null && shared.has(draft.guid));
      const names = {
        guid: bad ? null : draft.guid,
        urlKeys: draft.urlKeys.filter((key) => urls.get(key) === 1),
        titleKey:
          titleKey(draft.title, draft.claimedPublishedAt) ??
          `${draftAddress(draft) || (draft.guid ?? '')} ${draft.title}`,
      };
      return { draft, ...names, mintOnly: bad, keys: createArticleKeys(names, sourceId, titles) };
    }),
  };
}

/** @param titles number of items with each title key so far */
function createArticleKeys(
  { guid, urlKeys, titleKey }: Pick<IdentifiedItem, 'guid' | 'urlKeys' | 'titleKey'>,
  sourceId: SourceId,
  titles: Map<string, number>,
): ArticleKey[] {
  const keys: ArticleKey[] = urlKeys.map((value) => ({ kind: 'url', value }));
  if (guid !== null) keys.unshift({ kind: 'guid', sourceId, value: guid });
  const number = (titles.get(titleKey) ?? 0) + 1;
  titles.set(titleKey, number);
  keys.push({ kind: 'title', sourceId, value: number === 1 ? titleKey : `${titleKey}\n${number}` });
  return keys;
}

/** Undated items give null, because a title alone ("Morning briefing") does not identify. */
export function titleKey(title: string, publishedAt: Date | null): string | null {
  if (publishedAt === null) return null;
  return `${publishedAt.getTime()} ${collapse(withoutZeroWidth(title).toLowerCase()).trim()}`;
}

/** Of items with the same guid and address, keeps the one with the newest `updated`, at the position of the first. */
function removeRepeats(drafts: readonly Draft[]): Draft[] {
  const byIdentity = new Map<string, Draft>();
  for (const draft of drafts) {
    const key = toIdentity(draft);
    const earlier = byIdentity.get(key);
    if (earlier === undefined) byIdentity.set(key, draft);
    else if (toNewness(draft) > toNewness(earlier)) byIdentity.set(key, { ...draft, place: earlier.place });
  }
  return [...byIdentity.values()];
}

function toIdentity(draft: Draft): string {
  const url = draftAddress(draft);
  if (draft.guid !== null) return `g ${draft.guid}\n${url}`;
  return `u ${url}\n${titleKey(draft.title, draft.claimedPublishedAt) ?? draft.title}`;
}

/** Empty: missing. */
function draftAddress({ urlKeys, url }: Draft): string {
  return urlKeys[0] ?? url ?? '';
}

function toNewness(draft: Draft): number {
  return (draft.claimedUpdatedAt ?? draft.claimedPublishedAt)?.getTime() ?? 0;
}

function findSharedGuids(drafts: readonly Draft[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const several = new Set<string>();
  for (const { guid } of drafts) {
    if (guid === null) continue;
    if (seen.has(guid)) several.add(guid);
    seen.add(guid);
  }
  return several;
}

/** False for a source without any guids, and for a single bad one. */
function hasTooManyBadGuids(drafts: readonly Draft[], shared: ReadonlySet<string>): boolean {
  const withGuid = drafts.filter((draft) => draft.guid !== null);
  if (withGuid.length === 0) return false;
  const bad = drafts.length - withGuid.length + withGuid.filter((draft) => shared.has(draft.guid as string)).length;
  return bad >= 2 && bad / drafts.length > BAD_GUIDS;
}

function countUrlKeys(drafts: readonly Draft[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const draft of drafts) for (const key of new Set(draft.urlKeys)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
