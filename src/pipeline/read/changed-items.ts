/** Reads new and changed items of a document and finds their stored articles. */
import { restoreBorrowedNames } from '../../clean/attribution/borrowed-names.js';
import { findRecurringPictures, listPictureKeys, selectOwnPicture } from '../../clean/recurring-pictures.js';
import { areIndependent } from '../../identity/are-independent.js';
import { type IdentifiedItems, identifyItems } from '../../identity/identified-items.js';
import { listKeys } from '../../identity/identify.js';
import { createMintedKey } from '../../identity/mint.js';
import { type SiteOwnership, selectOwnAddresses } from '../../identity/site-ownership.js';
import type { CleanContext, DocumentSnapshot } from '../../model/document.js';
import type { FetchResult } from '../../model/fetch.js';
import type { KnownArticle } from '../../model/identity.js';
import type { FetchState, Source } from '../../model/source.js';
import { toFeedKey } from '../../model/source-feeds.js';
import type { Store } from '../../ports/store/store.js';
import { findFurniture } from '../../text/furniture.js';
import type { OthersNamesLookup } from '../facts/names-of-others.js';
import { type DocumentReading, findUnchangedItems, hashRules, listItemHashes } from './document-snapshot.js';
import type { Read, ReadResult } from './reader/read-document.js';

export interface ChangedItemsDeps {
  readonly store: Store;
  readonly reading: DocumentReader;
  readonly ownership: SiteOwnership;
  readonly othersNames: OthersNamesLookup;
}

interface DocumentReader {
  readonly read: Read;
  /** When it changes, unchanged items are read again. */
  readonly readerVersion: string;
  readonly credits: readonly string[];
}

export type FreshResponse = Extract<FetchResult, { kind: 'fresh' }>;

export interface ChangedItems extends DocumentReading {
  readonly known: readonly KnownArticle[];
  /** Includes the home page in this document. */
  readonly ownership: SiteOwnership;
  /** Keys of pictures that many items share, for `FetchState`. */
  readonly recurringPictures: readonly string[];
}

export interface SourceResponse {
  readonly source: Source;
  readonly before: FetchState;
  readonly answer: FreshResponse;
}

/** Reads only changed items if they are independent of unchanged ones. Rejects with `ParseError` or `StoreError`. */
export async function readChangedItems(response: SourceResponse, deps: ChangedItemsDeps): Promise<ChangedItems> {
  const { source, before, answer } = response;
  const { read, readerVersion, credits } = deps.reading;
  const context = createCleanContext(source, before, answer, credits);
  const rulesHash = hashRules(readerVersion, context);
  const { body, contentType, finalUrl: url } = answer;
  const task = { body, about: { contentType, url }, context };
  const snapshot = await readMatchingSnapshot(response, rulesHash, deps);
  const document = await read({ ...task, last: snapshot === null ? null : listItemHashes(snapshot) });
  if (snapshot !== null && document.read === 'new') {
    const changed = await readIndependentItems(document, snapshot, response, deps);
    if (changed !== null) return changed;
  }
  const whole = document.read === 'all' ? document : await read({ ...task, last: null });
  // A partial document does not show how many items share a picture.
  const recurring = answer.partial
    ? before.recurringPictures
    : findRecurringPictures(whole.drafts.map(listPictureKeys), before.recurringPictures);
  const { commonParameters, titleEnding, usualLanguage } = whole;
  return {
    ...(await identifyDrafts(whole, recurring, response, deps)),
    unchanged: [],
    rulesHash: hashRules(readerVersion, { ...context, commonParameters, titleEnding, usualLanguage }),
    guids: null,
  };
}

/** null: identifying the changed items requires the unchanged ones. */
async function readIndependentItems(
  document: ReadResult,
  snapshot: DocumentSnapshot,
  response: SourceResponse,
  deps: ChangedItemsDeps,
): Promise<ChangedItems | null> {
  const { before } = response;
  const unchanged = findUnchangedItems(document, snapshot, before.lastRead);
  if (unchanged === null) return null;
  const { guids, rulesHash } = snapshot;
  // A common parameter that a new link lacks was stripped from unchanged items: they must be read again.
  if (document.commonParameters?.length !== before.commonParameters?.length) return null;
  const pictures = [...unchanged.map((item) => item.pictures), ...document.drafts.map(listPictureKeys)];
  const recurring = findRecurringPictures(pictures, before.recurringPictures);
  // A picture that starts or stops recurring affects unchanged items too.
  if (recurring.join() !== before.recurringPictures.join()) return null;
  const news = document.drafts.map(({ title, lines }) => ({ headline: title, lines }));
  const texts = [...unchanged.map(({ ref, lines }) => ({ headline: `${ref}`, lines })), ...news];
  const furniture = before.furniture ?? [];
  if (findFurniture(texts, furniture).join() !== furniture.join()) return null;
  const identified = await identifyDrafts(document, recurring, response, deps);
  const others = { refs: new Set(unchanged.map(({ ref }) => ref)), guids };
  const independent = areIndependent(identified.seen, document.drafts.length, identified.known, others);
  return independent ? { ...identified, unchanged, rulesHash, guids } : null;
}

/** Snapshot of the last document; null: none, or made under other rules. */
async function readMatchingSnapshot(
  { source, before, answer }: SourceResponse,
  rulesHash: string,
  { store }: ChangedItemsDeps,
): Promise<DocumentSnapshot | null> {
  // The title ending and the usual language are derived from all items.
  const isUnlearned = before.titleEnding === null || before.usualLanguage == null;
  if (answer.partial || before.lastRead.length === 0 || isUnlearned) return null;
  const snapshot = await store.documentSnapshot(toFeedKey(source));
  return snapshot?.bodyHash === before.bodyHash && snapshot?.rulesHash === rulesHash ? snapshot : null;
}

async function identifyDrafts(
  read: ReadResult,
  recurring: readonly string[],
  { source, before, answer }: SourceResponse,
  deps: ChangedItemsDeps,
) {
  const ownership = deps.ownership.withHome(source.id, read.profile.homeUrl);
  const shared = new Set(recurring);
  const drafts = read.drafts.map((found) => {
    const draft = selectOwnPicture(found, shared);
    const by = { url: draft.url, sourceId: source.id };
    return { ...draft, urlKeys: selectOwnAddresses(draft.urlKeys, by, ownership) };
  });
  const document = restoreBorrowedNames({ ...read, drafts }, deps.othersNames(source), answer.finalUrl);
  const seen = withMintedKeys(identifyItems(document.drafts, source.id, before.guidsUnusable), source);
  const known = await deps.store.findByKeys(listKeys(seen, document.tombstones, source.id));
  return { document, seen, known, ownership, recurringPictures: recurring };
}

function withMintedKeys(seen: IdentifiedItems, { id, own }: Source): IdentifiedItems {
  if (own === undefined) return seen;
  const items = seen.items.map((item) => ({
    ...item,
    keys: item.guid === null ? item.keys : [createMintedKey(id, item.guid), ...item.keys],
  }));
  return { ...seen, items };
}

export function createCleanContext(
  source: Source,
  before: FetchState,
  answer: FreshResponse,
  credits: readonly string[],
): CleanContext {
  return {
    source: {
      id: source.id,
      title: source.title,
      content: source.content,
      ...(source.secrets && { secrets: source.secrets }),
      ...(source.aggregator && { aggregator: true }),
      ...(source.own && { own: source.own }),
      ...(source.reading && { reading: source.reading }),
      ...(source.text && { text: source.text }),
    },
    documentUrl: answer.finalUrl,
    contentLanguage: answer.headers['content-language'] ?? null,
    credits,
    commonParameters: before.commonParameters,
    titleEnding: before.titleEnding,
    furniture: before.furniture ?? [],
    usualLanguage: before.usualLanguage ?? null,
  };
}
