/** Is it an article that we know? Holds one clean document against what the store knows of it. */
import type { ArticleRef, Draft } from '../model/article.js';
import type { CleanDocument } from '../model/document.js';
import type { ArticleKey, KnownArticle } from '../model/identity.js';
import type { Tombstone } from '../model/item.js';
import type { ReadEntry, SourceId, WithdrawnPolicy } from '../model/source.js';
import { urlKey } from '../text/url.js';
import { buildStamps, type FirstDate, firstDate } from './first-date.js';
import type { IdentifiedItem, IdentifiedItems } from './identified-items.js';
import { type Revision, revise } from './revision.js';
import { vanished } from './vanished.js';

/** What identity must know of a stored article. */
export type Known = Pick<
  KnownArticle,
  | 'ref'
  | 'id'
  | 'sourceId'
  | 'alsoIn'
  | 'guid'
  | 'url'
  | 'title'
  | 'summary'
  | 'contentHtml'
  | 'language'
  | 'contentHash'
  | 'publishedAt'
  | 'updatedAt'
  | 'withdrawnAt'
  | 'matched'
>;

/** How this source was read before. */
export interface Before {
  readonly sourceId: SourceId;
  readonly withdrawn: WithdrawnPolicy;
  readonly lastRead: readonly ReadEntry[];
  readonly guidsUnusable: boolean;
  /** RFC 3229: the document is a part, what is missing from it says nothing. */
  readonly partial: boolean;
  /** Whether another source still carries an article. */
  readonly stays: (ref: ArticleRef) => boolean;
  /** Of the document's items those that stand in it as they stood in the last one, and need not be looked at: none of `drafts` is one of them. */
  readonly unchanged: readonly UnchangedItem[];
}

/** An item that says what it said the last time, and whose article is what it was then. */
export interface UnchangedItem extends Pick<ReadEntry, 'ref' | 'publishedAt'> {
  readonly place: number;
  readonly claimedPublishedAt: Date | null;
}

interface Arrival extends FirstDate {
  readonly ref: ArticleRef;
  readonly draft: Draft;
  readonly keys: readonly ArticleKey[];
  readonly mintOnly: boolean;
}

export interface Identified {
  readonly added: readonly Arrival[];
  readonly changed: readonly {
    readonly known: Known;
    readonly draft: Draft;
    readonly revision: Exclude<Revision, { kind: 'none' }>;
  }[];
  readonly unchanged: number;
  /** Whether any article of the document was known before. */
  readonly known: boolean;
  readonly aliases: readonly { readonly ref: ArticleRef; readonly keys: readonly ArticleKey[] }[];
  /** Articles of other sources that this one carries too, newly. */
  readonly alsoIn: readonly ArticleRef[];
  readonly withdrawn: readonly ArticleRef[];
  readonly restored: readonly ArticleRef[];
  readonly guidsUnusable: boolean;
  readonly warnings: readonly string[];
  /** All that was held against the store, in the order of the document. */
  readonly items: readonly { readonly sighting: IdentifiedItem; readonly ref: ArticleRef }[];
  /** What the next read is held against. */
  readonly lastRead: readonly ReadEntry[];
}

/** Which of a document's items are articles that we know; each of the others is a new one. */
export interface MatchedItems {
  readonly matches: ReadonlyMap<IdentifiedItem, Known>;
  /** New ones under a guid that another article had before. */
  readonly reused: ReadonlySet<IdentifiedItem>;
}

/** Every key by which an item of the document may be known; ask the store for these. */
export function keysToAsk(
  seen: IdentifiedItems,
  tombstones: readonly Tombstone[],
  sourceId: SourceId,
): readonly ArticleKey[] {
  const taken = tombstones.map(({ ref }): ArticleKey => ({ kind: 'guid', sourceId, value: ref }));
  return [...seen.items.flatMap(({ keys }) => keys), ...taken];
}

/**
 * @param seen the sightings of the document's drafts
 * @param known what the store found under `keysToAsk`
 * @param matched `matchItems` of these
 * @param firstRef of the refs reserved for what is new, which follow each other
 */
export function identify(
  document: CleanDocument,
  seen: IdentifiedItems,
  known: readonly Known[],
  { matches, reused }: MatchedItems,
  firstRef: ArticleRef,
  before: Before,
  now: Date,
): Identified {
  const stamps = buildStamps([...document.drafts, ...before.unchanged], document.builtAt, now);
  const arrivals = arrivalsOf(seen.items, matches, reused, stamps, now).map((arrival, i) => ({
    ...arrival,
    ref: firstRef + i,
  }));
  const met = meet(seen.items, matches, before.sourceId, now);
  const buried = buriedBy(document.tombstones, known, matches, before);
  const carried = [...matches.values()].filter((article) => article.sourceId !== before.sourceId);
  const silent = before.withdrawn === 'keep';
  const stays = (ref: ArticleRef) => buried.has(ref) || before.stays(ref);

  const news = new Map(arrivals.map((arrival) => [arrival.item, arrival]));
  const present = presentEntries(seen.items, matches, news, before.unchanged).filter(({ ref }) => !buried.has(ref));
  const partial = before.partial || !document.complete;
  const gone = partial
    ? { withdrawn: [], lastRead: merged(before.lastRead, present), refused: null }
    : vanished(before.lastRead, present, stays);

  return {
    added: arrivals,
    changed: met.changed,
    unchanged: met.unchanged + before.unchanged.length,
    known: matches.size + before.unchanged.length > 0,
    aliases: met.aliases,
    alsoIn: carried.filter((article) => !article.alsoIn.includes(before.sourceId)).map((article) => article.ref),
    withdrawn: silent ? [] : [...new Set([...notYet(buried, known), ...gone.withdrawn])],
    restored: [...matches.values()]
      .filter(
        (article) => article.withdrawnAt !== null && article.sourceId === before.sourceId && !buried.has(article.ref),
      )
      .map((article) => article.ref),
    guidsUnusable: seen.guidsUnusable,
    warnings: warningsOf(seen, arrivals, document, before, gone.refused),
    items: seen.items.map((sighting) => ({ sighting, ref: (matches.get(sighting) ?? news.get(sighting)!).ref })),
    lastRead: gone.lastRead,
  };
}

const NO_MATCH = { matches: new Map<IdentifiedItem, Known>(), reused: new Set<IdentifiedItem>() };

/** Guid, then address, then title with date; each article is met once, and our own before another source's. */
export function matchItems(
  items: readonly IdentifiedItem[],
  known: readonly Known[],
  sourceId: SourceId,
): MatchedItems {
  if (known.length === 0) return NO_MATCH;
  const index = new Map<string, Known>();
  for (const article of known) for (const key of article.matched) index.set(keyName(key), article);
  const matches = new Map<IdentifiedItem, Known>();
  const met = new Set<ArticleRef>();
  const claim = (item: IdentifiedItem, found: Known | undefined): void => {
    if (found === undefined || met.has(found.ref) || matches.has(item)) return;
    matches.set(item, found);
    met.add(found.ref);
  };
  const byGuid = (item: IdentifiedItem) =>
    item.guid === null ? undefined : index.get(keyName({ kind: 'guid', sourceId, value: item.guid }));
  const byUrl = (item: IdentifiedItem) =>
    item.urlKeys.map((value) => index.get(keyName({ kind: 'url', value }))).find((found) => found !== undefined);
  const byTitle = (item: IdentifiedItem) =>
    item.titleKey === null ? undefined : index.get(keyName({ kind: 'title', sourceId, value: item.titleKey }));

  const own = (found: Known | undefined) => (found?.sourceId === sourceId ? found : undefined);
  const minted = (found: Known | undefined) => (found?.id == null ? undefined : found);
  const reused = new Set(items.filter((item) => republished(item, byGuid(item))));
  const rest = items.filter((item) => !reused.has(item));
  for (const item of rest) claim(item, byGuid(item));
  for (const item of rest) claim(item, own(byUrl(item)));
  for (const item of rest) claim(item, own(byTitle(item)));
  // Two new articles of one run that share an address are settled when all sources are in (mint.ts).
  for (const item of rest) claim(item, minted(byUrl(item)));
  return { matches, reused };
}

/** One text for each key, and no two alike. */
function keyName(key: ArticleKey): string {
  return key.kind === 'url' ? `u ${key.value}` : `${key.kind} ${key.sourceId} ${key.value}`;
}

const DAY = 86_400_000;

/** A guid that is used again for another piece: address and title both new, published more than a day later. */
function republished(item: IdentifiedItem, known: Known | undefined): boolean {
  if (known === undefined) return false;
  const claimed = item.draft.claimedPublishedAt;
  if (claimed === null || claimed.getTime() - known.publishedAt.getTime() <= DAY) return false;
  const sameUrl = known.matched.some((key) => key.kind === 'url' && item.urlKeys.includes(key.value));
  return !sameUrl && item.urlKeys.length > 0 && item.draft.url !== known.url && item.draft.title !== known.title;
}

function arrivalsOf(
  items: readonly IdentifiedItem[],
  matches: ReadonlyMap<IdentifiedItem, Known>,
  reused: ReadonlySet<IdentifiedItem>,
  stamps: ReadonlySet<number>,
  now: Date,
): (Omit<Arrival, 'ref'> & { readonly item: IdentifiedItem })[] {
  const news = items.filter((item) => !matches.has(item));
  return news.map((item) => ({
    item,
    draft: item.draft,
    keys: item.keys,
    mintOnly: item.mintOnly || reused.has(item),
    ...firstDate(item.draft, stamps, now),
  }));
}

function meet(
  items: readonly IdentifiedItem[],
  matches: ReadonlyMap<IdentifiedItem, Known>,
  sourceId: SourceId,
  now: Date,
) {
  const changed: { known: Known; draft: Draft; revision: Exclude<Revision, { kind: 'none' }> }[] = [];
  const aliases: { ref: ArticleRef; keys: ArticleKey[] }[] = [];
  let unchanged = 0;
  for (const item of items) {
    const known = matches.get(item);
    if (known === undefined) continue;
    const names = new Set(known.matched.map(keyName));
    const keys = item.keys.filter((key) => !names.has(keyName(key)));
    if (keys.length > 0) aliases.push({ ref: known.ref, keys });
    const sameAddress = urlKey(known.url) === item.draft.urlKeys[0];
    const revision: Revision =
      known.sourceId === sourceId ? revise(item.draft, known, sameAddress, now) : { kind: 'none' };
    if (revision.kind === 'none') unchanged++;
    else changed.push({ known, draft: item.draft, revision });
  }
  return { changed, aliases, unchanged };
}

/**
 * RFC 6721: a tombstone counts for its own source, and against a present entry only where it is the later of the two; never
 * against another source that carries the article, or who had an address first could take it from its publisher.
 */
function buriedBy(
  tombstones: readonly Tombstone[],
  known: readonly Known[],
  matches: ReadonlyMap<IdentifiedItem, Known>,
  { sourceId, stays }: Before,
): ReadonlySet<ArticleRef> {
  const present = new Map([...matches].map(([item, article]) => [article.ref, item.draft]));
  const buried = new Set<ArticleRef>();
  for (const { ref, when } of tombstones) {
    const article = known.find((one) =>
      one.matched.some((key) => key.kind === 'guid' && key.sourceId === sourceId && key.value === ref),
    );
    if (article === undefined || article.sourceId !== sourceId || stays(article.ref)) continue;
    const draft = present.get(article.ref);
    if (draft === undefined || laterThan(when, draft)) buried.add(article.ref);
  }
  return buried;
}

function laterThan(when: string | null, draft: Draft): boolean {
  const said = draft.claimedUpdatedAt ?? draft.claimedPublishedAt;
  return when !== null && (said === null || new Date(when) >= said);
}

function notYet(buried: ReadonlySet<ArticleRef>, known: readonly Known[]): ArticleRef[] {
  return known
    .filter((article) => buried.has(article.ref) && article.withdrawnAt === null)
    .map((article) => article.ref);
}

/** In the order of the document. */
function presentEntries(
  items: readonly IdentifiedItem[],
  matches: ReadonlyMap<IdentifiedItem, Known>,
  news: ReadonlyMap<IdentifiedItem, Arrival>,
  standing: readonly UnchangedItem[],
): ReadEntry[] {
  const read = items.flatMap((item) => {
    const article = matches.get(item) ?? news.get(item);
    return article === undefined
      ? []
      : [{ place: item.draft.place, ref: article.ref, publishedAt: article.publishedAt.getTime() }];
  });
  const all = standing.length === 0 ? read : [...read, ...standing].sort((a, b) => a.place - b.place);
  return all.map(({ ref, publishedAt }) => ({ ref, publishedAt, missing: 0 }));
}

/** After a partial document: what is new on top of what stood there. */
function merged(previous: readonly ReadEntry[], present: readonly ReadEntry[]): ReadEntry[] {
  const stood = new Set(previous.map((entry) => entry.ref));
  return [...present.filter((entry) => !stood.has(entry.ref)), ...previous];
}

/** Fewer items than this tell nothing about a whole site. */
const MASS = 5;

/** After a pause longer than the document reaches back, all of it is rightly new. */
function areAllLater(arrivals: readonly Arrival[], { lastRead }: Before): boolean {
  const newest = lastRead.reduce((most, { publishedAt }) => Math.max(most, publishedAt), 0);
  return arrivals.every(
    ({ publishedAt, publishedAtFrom }) => publishedAtFrom !== 'first-seen' && publishedAt.getTime() > newest,
  );
}

function warningsOf(
  seen: { readonly items: readonly IdentifiedItem[]; readonly guidsUnusable: boolean },
  arrivals: readonly Arrival[],
  document: CleanDocument,
  before: Before,
  refused: string | null,
): string[] {
  const warnings = [...document.warnings, ...arrivals.flatMap(({ warning }) => warning ?? [])];
  if (seen.guidsUnusable && !before.guidsUnusable)
    warnings.push('its guids are duplicate or empty: articles are known by their addresses');
  const total = seen.items.length + before.unchanged.length;
  if (before.lastRead.length > 0 && total >= MASS && arrivals.length === total && !areAllLater(arrivals, before)) {
    warnings.push(
      `none of its ${total} articles was known: another site under this address, or one that moved without a trace`,
    );
  }
  if (refused !== null) warnings.push(refused);
  return warnings;
}
