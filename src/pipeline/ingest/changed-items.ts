/** What an answer brings, and what we know of it: the document is read, and the store asked for its articles. */

import { areIndependent } from '../../identity/are-independent.js';
import { identifyItems } from '../../identity/identified-items.js';
import { keysToAsk } from '../../identity/identify.js';
import type { CleanContext, DocumentSnapshot } from '../../model/document.js';
import type { FetchResult } from '../../model/fetch.js';
import type { KnownArticle } from '../../model/identity.js';
import type { FetchState, Source } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';
import type { Read, ReadDocument } from '../reader/read-document.js';
import { type DocumentReading, itemHashesOf, rulesHashOf, unchangedItemsIn } from './document-snapshot.js';

export interface ChangedItemsDeps {
  readonly store: Store;
  readonly read: Read;
  readonly credits: readonly string[];
  /** What names the rules by which documents are read: other ones read anew what stands as it stood. */
  readonly rules: string;
}

export type FreshResponse = Extract<FetchResult, { kind: 'fresh' }>;

/** A document, and what the store knows of those of its items that had to be read. */
export interface ChangedItems extends DocumentReading {
  readonly known: readonly KnownArticle[];
}

/** Only at what is new, where that has nothing to do with what stands as it stood; else at everything. Rejects with `ParseError` and `StoreError`. */
export async function readChangedItems(
  source: Source,
  before: FetchState,
  answer: FreshResponse,
  deps: ChangedItemsDeps,
): Promise<ChangedItems> {
  const context = contextOf(source, answer, deps.credits);
  const rulesHash = rulesHashOf(deps.rules, context);
  const task = {
    body: answer.body,
    about: { contentType: answer.contentType, url: answer.finalUrl },
    context,
  };
  const all = async (document: ReadDocument) => ({
    ...(await lookedUp(document, source, before, deps)),
    unchanged: [],
    rulesHash,
    guids: null,
  });
  const memory = await memoryOf(source, before, answer, rulesHash, deps);
  if (memory === null) return all(await deps.read({ ...task, last: null }));
  const document = await deps.read({ ...task, last: itemHashesOf(memory) });
  if (document.read === 'all') return all(document);
  const unchanged = unchangedItemsIn(document, memory, before.lastRead);
  const { guids } = memory;
  if (unchanged !== null) {
    const looked = await lookedUp(document, source, before, deps);
    const others = { refs: new Set(unchanged.map(({ ref }) => ref)), guids };
    if (areIndependent(looked.seen, document.drafts.length, looked.known, others))
      return { ...looked, unchanged, rulesHash, guids };
  }
  return all(await deps.read({ ...task, last: null }));
}

/** Of the last document; null where it says nothing of this one. */
async function memoryOf(
  source: Source,
  before: FetchState,
  answer: FreshResponse,
  rulesHash: string,
  { store }: ChangedItemsDeps,
): Promise<DocumentSnapshot | null> {
  if (answer.partial || before.lastRead.length === 0) return null;
  const memory = await store.documentSnapshot(source.id);
  return memory !== null && memory.bodyHash === before.bodyHash && memory.rulesHash === rulesHash ? memory : null;
}

async function lookedUp(document: ReadDocument, source: Source, before: FetchState, { store }: ChangedItemsDeps) {
  const seen = identifyItems(document.drafts, source.id, before.guidsUnusable);
  const known = await store.known(keysToAsk(seen, document.tombstones, source.id));
  return { document, seen, known };
}

function contextOf(source: Source, answer: FreshResponse, credits: readonly string[]): CleanContext {
  return {
    source: { id: source.id, title: source.title, content: source.content },
    documentUrl: answer.finalUrl,
    contentLanguage: answer.headers['content-language'] ?? null,
    credits,
  };
}
