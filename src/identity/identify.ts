/** Identifies the items of a clean document: finds new, changed and withdrawn articles. */
import type { ArticleRef, Draft } from '../model/article.js';
import type { CleanDocument, SnapshotItem } from '../model/document.js';
import type { ArticleKey, NamedArticle } from '../model/identity.js';
import type { Tombstone } from '../model/item.js';
import type { ReadEntry, SourceId, WithdrawnPolicy } from '../model/source.js';
import { urlKey } from '../text/url/url.js';
import type { IdentifiedItem, IdentifiedItems } from './identified-items.js';
import { canReclaim, type IdentifiableArticle, type Matches } from './match.js';
import { decidePublicationDate, findBuildStamps, type PublicationDate, spreadBacklog } from './publication-date.js';
import { type Revision, revise } from './revision.js';
import type { SiteOwnership } from './site-ownership.js';
import { findDeletedEntries, findVanished, type Vanished } from './vanished.js';

export interface Before {
  readonly sourceId: SourceId;
  readonly withdrawn: WithdrawnPolicy;
  readonly lastRead: readonly ReadEntry[];
  readonly guidsUnusable: boolean;
  /** Meaning of an item that is missing from the document. `deleted`: editor's files. `nothing`: incomplete lists. */
  readonly absence: 'vanished' | 'deleted' | 'nothing';
  /** RFC 3229: the document is partial, so missing items mean nothing. */
  readonly partial: boolean;
  readonly ownership: SiteOwnership;
  /** Whether another source still carries an article, at an address that is not foreign to it. */
  readonly isCarriedElsewhere: (ref: ArticleRef) => boolean;
  /** Items unchanged since the last document, which are not in `drafts`. */
  readonly unchanged: readonly UnchangedItem[];
}

export interface UnchangedItem extends Pick<SnapshotItem, 'ref' | 'claimedPublishedAt' | 'pictures' | 'lines'> {
  readonly place: number;
  readonly publishedAt: ReadEntry['publishedAt'];
}

interface Arrival extends PublicationDate {
  readonly ref: ArticleRef;
  readonly draft: Draft;
  readonly keys: readonly ArticleKey[];
  readonly mintOnly: boolean;
}

/** Another source's article that moves to this source, which has the better claim to its address. */
interface Reclaimed extends Pick<PublicationDate, 'publishedAt' | 'publishedAtFrom'> {
  readonly ref: ArticleRef;
  readonly known: IdentifiableArticle;
  readonly draft: Draft;
  /** When its text became this source's; null: both texts are equal. */
  readonly updatedAt: Date | null;
}

export interface Identified {
  readonly added: readonly Arrival[];
  readonly reclaimed: readonly Reclaimed[];
  readonly changed: readonly {
    readonly known: IdentifiableArticle;
    readonly draft: Draft;
    readonly revision: Exclude<Revision, { kind: 'none' }>;
  }[];
  readonly unchanged: number;
  readonly known: boolean;
  readonly aliases: readonly NamedArticle[];
  /** Articles of other sources that this one now carries too. */
  readonly alsoIn: readonly ArticleRef[];
  readonly withdrawn: readonly ArticleRef[];
  readonly restored: readonly ArticleRef[];
  readonly guidsUnusable: boolean;
  readonly warnings: readonly string[];
  /** All identified items, in document order. */
  readonly items: readonly { readonly item: IdentifiedItem; readonly ref: ArticleRef }[];
  readonly lastRead: readonly ReadEntry[];
}

/** All keys of the document's items, to look up in the store. */
export function listKeys(
  seen: IdentifiedItems,
  tombstones: readonly Tombstone[],
  sourceId: SourceId,
): readonly ArticleKey[] {
  const taken = tombstones.map(({ ref }): ArticleKey => ({ kind: 'guid', sourceId, value: ref }));
  return [...seen.items.flatMap(({ keys }) => keys), ...taken];
}

/**
 * @param seen the document's identified items
 * @param known stored articles with keys from `listKeys`
 * @param matched the result of `matchItems`
 * @param firstRef the first of consecutive refs reserved for new articles
 */
export function identify(
  document: CleanDocument,
  seen: IdentifiedItems,
  known: readonly IdentifiableArticle[],
  { matches, reused, newKeys }: Matches,
  firstRef: ArticleRef,
  before: Before,
  now: Date,
): Identified {
  const stamps = findBuildStamps([...document.drafts, ...before.unchanged], document.builtAt, now);
  const isFirst = before.lastRead.length + before.unchanged.length === 0;
  const dated = createArrivals(seen.items, { matches, reused, newKeys }, stamps, now);
  const arrivals = (isFirst ? spreadBacklog(dated) : dated).map((arrival, i) => ({
    ...arrival,
    ref: firstRef + i,
  }));
  const isReclaimed = (article: IdentifiableArticle) => canReclaim(article, before.sourceId, before.ownership);
  const reclaimed = new Map(
    [...matches].flatMap(([item, article]) =>
      isReclaimed(article) ? [[item, createReclaimed(item.draft, article, stamps, now)]] : [],
    ),
  );
  const met = compareWithKnown(seen.items, matches, newKeys, before.sourceId, now);
  const deleted = findDeleted(document.tombstones, known, matches, before);
  const carried = [...matches.values()].filter(
    (article) => article.sourceId !== before.sourceId && !isReclaimed(article),
  );
  const keepsWithdrawn = before.withdrawn === 'keep';
  const isCarriedElsewhere = (ref: ArticleRef) => deleted.has(ref) || before.isCarriedElsewhere(ref);

  const news = new Map(arrivals.map((arrival) => [arrival.item, arrival]));
  const present = listPresentEntries(
    seen.items,
    matches,
    new Map<IdentifiedItem, Arrival | Reclaimed>([...news, ...reclaimed]),
    before.unchanged,
  ).filter(({ ref }) => !deleted.has(ref));
  const partial = before.partial || !document.complete;
  const removal = partial
    ? { withdrawn: [], lastRead: mergeEntries(before.lastRead, present), refused: null }
    : findRemoved(before, present, isCarriedElsewhere);

  return {
    added: arrivals,
    reclaimed: [...reclaimed.values()],
    changed: met.changed,
    unchanged: met.unchanged + before.unchanged.length,
    known: matches.size + before.unchanged.length > 0,
    aliases: met.aliases,
    alsoIn: carried.filter((article) => !article.alsoIn.includes(before.sourceId)).map((article) => article.ref),
    withdrawn: keepsWithdrawn ? [] : [...new Set([...selectNotWithdrawn(deleted, known), ...removal.withdrawn])],
    restored: [...matches.values()]
      .filter(
        (article) => article.withdrawnAt !== null && article.sourceId === before.sourceId && !deleted.has(article.ref),
      )
      .map((article) => article.ref),
    guidsUnusable: seen.guidsUnusable,
    warnings: listWarnings(seen, arrivals, document, before, removal.refused),
    items: seen.items.map((item) => ({ item, ref: (matches.get(item) ?? news.get(item)!).ref })),
    lastRead: removal.lastRead,
  };
}

function findRemoved(
  { absence, lastRead }: Before,
  present: readonly ReadEntry[],
  isCarriedElsewhere: (ref: ArticleRef) => boolean,
): Vanished {
  if (absence === 'nothing') return { withdrawn: [], lastRead: present, refused: null };
  return absence === 'deleted'
    ? findDeletedEntries(lastRead, present)
    : findVanished(lastRead, present, isCarriedElsewhere);
}

function createArrivals(
  items: readonly IdentifiedItem[],
  { matches, reused, newKeys }: Matches,
  stamps: ReadonlySet<number>,
  now: Date,
): (Omit<Arrival, 'ref'> & { readonly item: IdentifiedItem })[] {
  const news = items.filter((item) => !matches.has(item));
  return news.map((item) => ({
    item,
    draft: item.draft,
    keys: newKeys.get(item) ?? [],
    mintOnly: item.mintOnly || reused.has(item),
    ...decidePublicationDate(item.draft, stamps, now),
  }));
}

function createReclaimed(draft: Draft, known: IdentifiableArticle, stamps: ReadonlySet<number>, now: Date): Reclaimed {
  const sameText = known.contentHash === draft.contentHash;
  const date = decidePublicationDate(draft, stamps, now);
  // The same undated text again: the first date stays.
  const kept = sameText && date.publishedAtFrom === 'first-seen' && known.publishedAtFrom === 'first-seen';
  const { publishedAt, publishedAtFrom } = kept ? known : date;
  const claimed = draft.claimedUpdatedAt;
  const updatedAt = claimed !== null && claimed > publishedAt && claimed <= now ? claimed : now;
  return { ref: known.ref, known, draft, publishedAt, publishedAtFrom, updatedAt: sameText ? null : updatedAt };
}

function compareWithKnown(
  items: readonly IdentifiedItem[],
  matches: ReadonlyMap<IdentifiedItem, IdentifiableArticle>,
  newKeys: Matches['newKeys'],
  sourceId: SourceId,
  now: Date,
) {
  const changed: { known: IdentifiableArticle; draft: Draft; revision: Exclude<Revision, { kind: 'none' }> }[] = [];
  const aliases: { ref: ArticleRef; keys: readonly ArticleKey[] }[] = [];
  let unchanged = 0;
  for (const item of items) {
    const known = matches.get(item);
    if (known === undefined) continue;
    const keys = newKeys.get(item) ?? [];
    if (keys.length > 0) aliases.push({ ref: known.ref, keys });
    const sameAddress = known.url !== null && urlKey(known.url) === item.draft.urlKeys[0];
    const revision: Revision =
      known.sourceId === sourceId ? revise(item.draft, known, sameAddress, now) : { kind: 'none' };
    if (revision.kind === 'none') unchanged++;
    else changed.push({ known, draft: item.draft, revision });
  }
  return { changed, aliases, unchanged };
}

/**
 * RFC 6721. A tombstone only counts for an article of its own source that no other source carries. Otherwise a source
 * could withdraw another's article. If the document has the entry, the tombstone must be later.
 */
function findDeleted(
  tombstones: readonly Tombstone[],
  known: readonly IdentifiableArticle[],
  matches: ReadonlyMap<IdentifiedItem, IdentifiableArticle>,
  { sourceId, isCarriedElsewhere }: Before,
): ReadonlySet<ArticleRef> {
  const present = new Map([...matches].map(([item, article]) => [article.ref, item.draft]));
  const listGuids = ({ matched }: IdentifiableArticle) =>
    matched.flatMap((key) => (key.kind === 'guid' && key.sourceId === sourceId ? key.value : []));
  const pairs = known.flatMap((article) => listGuids(article).map((guid) => [guid, article] as const));
  const byGuid = new Map(pairs.reverse()); // the first of two
  const deleted = new Set<ArticleRef>();
  for (const { ref, when } of tombstones) {
    const article = byGuid.get(ref);
    if (article === undefined || article.sourceId !== sourceId || isCarriedElsewhere(article.ref)) continue;
    const draft = present.get(article.ref);
    if (draft === undefined || isNotEarlier(when, draft)) deleted.add(article.ref);
  }
  return deleted;
}

function isNotEarlier(when: string | null, draft: Draft): boolean {
  const claimed = draft.claimedUpdatedAt ?? draft.claimedPublishedAt;
  return when !== null && (claimed === null || new Date(when) >= claimed);
}

function selectNotWithdrawn(deleted: ReadonlySet<ArticleRef>, known: readonly IdentifiableArticle[]): ArticleRef[] {
  return known
    .filter((article) => deleted.has(article.ref) && article.withdrawnAt === null)
    .map((article) => article.ref);
}

function listPresentEntries(
  items: readonly IdentifiedItem[],
  matches: ReadonlyMap<IdentifiedItem, IdentifiableArticle>,
  dated: ReadonlyMap<IdentifiedItem, { readonly publishedAt: Date; readonly ref: ArticleRef }>,
  unchanged: readonly UnchangedItem[],
): ReadEntry[] {
  const read = items.flatMap((item) => {
    const article = dated.get(item) ?? matches.get(item);
    return article === undefined
      ? []
      : [{ place: item.draft.place, ref: article.ref, publishedAt: article.publishedAt.getTime() }];
  });
  const all = unchanged.length === 0 ? read : [...read, ...unchanged].sort((a, b) => a.place - b.place);
  return all.map(({ ref, publishedAt }) => ({ ref, publishedAt, missing: 0 }));
}

/** The limit of a full document. Partial documents alone would grow without end. */
const MOST_REMEMBERED = 2000;

/** The new entries of a partial document, then the previous ones. */
function mergeEntries(previous: readonly ReadEntry[], present: readonly ReadEntry[]): ReadEntry[] {
  const known = new Set(previous.map((entry) => entry.ref));
  const here = new Map(present.map((entry) => [entry.ref, entry]));
  const before = previous.map((entry) => here.get(entry.ref) ?? entry);
  return [...present.filter((entry) => !known.has(entry.ref)), ...before].slice(0, MOST_REMEMBERED);
}

/** Fewer items are not enough evidence about a whole site. */
const MASS = 5;

/** After a pause longer than the document's range, all its items are legitimately new. */
function areAllLater(arrivals: readonly Arrival[], { lastRead }: Before): boolean {
  const newest = lastRead.reduce((most, { publishedAt }) => Math.max(most, publishedAt), 0);
  return arrivals.every(
    ({ publishedAt, publishedAtFrom }) => publishedAtFrom !== 'first-seen' && publishedAt.getTime() > newest,
  );
}

function listWarnings(
  seen: { readonly items: readonly IdentifiedItem[]; readonly guidsUnusable: boolean },
  arrivals: readonly Arrival[],
  document: CleanDocument,
  before: Before,
  refused: string | null,
): string[] {
  const warnings = [...document.warnings, ...arrivals.flatMap(({ warning }) => warning ?? [])];
  if (seen.guidsUnusable && !before.guidsUnusable)
    warnings.push('duplicate or empty guids: articles are identified by their addresses');
  const total = seen.items.length + before.unchanged.length;
  if (before.lastRead.length > 0 && total >= MASS && arrivals.length === total && !areAllLater(arrivals, before)) {
    warnings.push(
      `none of its ${total} articles is known: the address may belong to another site now, or the site moved without redirects`,
    );
  }
  if (refused !== null) warnings.push(refused);
  return warnings;
}
