/** One source, from its server into our store. Between the awaits, everything is pure. */
import { createHash } from 'node:crypto';
import type { ArticleRef, Draft, TopicTag } from '../model/article.js';
import type { CleanContext, DocumentMemory } from '../model/document.js';
import { NewsloomError, ParseError } from '../model/errors.js';
import type { FetchResult } from '../model/fetch.js';
import type { KnownArticle } from '../model/identity.js';
import type { FetchState, HostState, Source, SourceId } from '../model/source.js';
import { isApart } from '../normalize/apart.js';
import { type Before, type Identified, identify, keysToAsk, type Standing } from '../normalize/identify.js';
import { sightings } from '../normalize/sightings.js';
import { stillMissing } from '../normalize/vanished.js';
import { afterFailure, afterFresh, afterNotModified } from '../politeness/answer.js';
import { currentState } from '../politeness/ask.js';
import { scheduleWarning } from '../politeness/schedule.js';
import type { ChangedArticle, NewArticle, SourceChanges, Store } from '../ports.js';
import type { ReadDocument, ReadTask } from './read-here.js';
import { fingerprintOf, type Learnt, marksOf, standingIn, toRemember } from './recall.js';
import { type Tagger, type Tagging, toTag } from './tagging.js';
import { itsOwn, type SpeaksFor } from './taken-back.js';

/** Bytes and where they came from, made a clean document: inline or in a worker. Rejects with `ParseError` for a bad one. */
export type Read = (task: ReadTask) => Promise<ReadDocument>;

export interface IngestDeps {
  readonly store: Store;
  readonly read: Read;
  readonly tagging: Tagging;
  readonly credits: readonly string[];
  /** Articles that a source other than this one still carries. */
  readonly stays: (source: Source, ref: ArticleRef) => boolean;
  readonly speaksFor: SpeaksFor;
  /** What names the rules by which documents are read: other ones read anew what stands as it stood. */
  readonly rules: string;
  readonly now: Date;
}

export interface Counts {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly withdrawn: number;
}

export interface Ingested {
  readonly kind: 'fetched' | 'not-modified' | 'failed';
  readonly state: FetchState;
  /** Where the host asked to be left alone. */
  readonly host: HostState | null;
  readonly counts: Counts;
  /** Articles that were taken back, or are back again. */
  readonly turned: readonly ArticleRef[];
  readonly warnings: readonly string[];
}

const NOTHING: Counts = { added: 0, updated: 0, unchanged: 0, skipped: 0, withdrawn: 0 };

/** What an answer means, and what it holds, into the store: state and articles in one transaction. Rejects with `StoreError` alone. */
export async function ingest(
  source: Source,
  state: FetchState | null,
  answer: FetchResult,
  deps: IngestDeps,
): Promise<Ingested> {
  if (answer.kind === 'failed') return failed(source, state, answer, deps);
  if (answer.kind === 'not-modified') return notModified(source, state, answer, deps);
  const bodyHash = createHash('sha256').update(answer.body).digest('hex');
  if (currentState(state, source).bodyHash === bodyHash) {
    return notModified(source, state, answer, deps);
  }
  try {
    return await fresh(source, state, answer, bodyHash, deps);
  } catch (error) {
    if (!(error instanceof NewsloomError) || !error.code.startsWith('PARSE_')) throw error;
    return failed(source, state, { ...answer, error }, deps);
  }
}

type Fresh = Extract<FetchResult, { kind: 'fresh' }>;

async function fresh(
  source: Source,
  state: FetchState | null,
  answer: Fresh,
  bodyHash: string,
  deps: IngestDeps,
): Promise<Ingested> {
  const { store, now } = deps;
  const before = currentState(state, source);
  const looked = await look(source, before, answer, deps);
  const { document, standing, seen, known } = looked;
  if (!document.complete && document.drafts.length + document.skipped === 0) {
    throw new ParseError('PARSE_MALFORMED', 'the document is cut off before its first item ends');
  }
  const found = identify(document, seen, known, beforeOf(source, before, answer, standing, deps), now);
  const withdrawn = await itsOwn(found.withdrawn, source, deps);
  const first = found.added.length === 0 ? 0 : await store.reserveRefs(found.added.length);
  const refs = found.added.map((_, i) => first + i);
  const facts = {
    document: { ...document, drafts: [...document.drafts, ...standing] },
    bodyHash,
    added: found.added.length,
    items: found.known ? ('known' as const) : ('unknown' as const),
  };
  const next: FetchState = {
    ...afterFresh(state, source, answer, facts, now),
    lastRead: found.lastRead(refs),
    guidsUnusable: found.guidsUnusable,
    readAs: source.content,
  };
  const tagsOf = taggingOf(document, source, await deps.tagging.load());
  const memory = answer.partial ? null : toRemember(looked, found, refs, bodyHash);
  await store.saveFetch(next, { ...changesOf(found, refs, source, tagsOf, deps), memory });
  return {
    kind: 'fetched',
    state: next,
    host: null,
    counts: {
      added: found.added.length,
      updated: found.changed.filter(({ revision }) => revision.kind === 'visible').length,
      unchanged: found.unchanged + found.changed.filter(({ revision }) => revision.kind === 'quiet').length,
      skipped: document.skipped,
      withdrawn: withdrawn.length,
    },
    turned: [...withdrawn, ...found.restored],
    warnings: [...found.warnings, ...said(scheduleWarning(next, source))],
  };
}

/** A document, and what the store knows of those of its items that had to be read. */
interface Looked extends Learnt {
  readonly known: readonly KnownArticle[];
}

/** Only at what is new, where that has nothing to do with what stands as it stood; else at everything. */
async function look(source: Source, before: FetchState, answer: Fresh, deps: IngestDeps): Promise<Looked> {
  const context = contextOf(source, answer, deps.credits);
  const readBy = fingerprintOf(deps.rules, context);
  const task = {
    body: answer.body,
    about: { contentType: answer.contentType, url: answer.finalUrl },
    context,
    news: before.lastRead.length === 0 ? ('most' as const) : ('some' as const),
  };
  const all = async (document: ReadDocument) => ({
    ...(await lookedUp(document, source, before, deps)),
    standing: [],
    readBy,
    guids: null,
  });
  const memory = await memoryOf(source, before, answer, readBy, deps);
  if (memory === null) return all(await deps.read({ ...task, last: null }));
  const document = await deps.read({ ...task, last: marksOf(memory) });
  if (document.read === 'all') return all(document);
  const standing = standingIn(document, memory, before.lastRead);
  const { guids } = memory;
  if (standing !== null) {
    const looked = await lookedUp(document, source, before, deps);
    const others = { refs: new Set(standing.map(({ ref }) => ref)), guids };
    if (isApart(looked.seen, document.drafts.length, looked.known, others))
      return { ...looked, standing, readBy, guids };
  }
  return all(await deps.read({ ...task, last: null }));
}

/** Of the last document; null where it says nothing of this one. */
async function memoryOf(
  source: Source,
  before: FetchState,
  answer: Fresh,
  readBy: string,
  { store }: IngestDeps,
): Promise<DocumentMemory | null> {
  if (answer.partial || before.lastRead.length === 0) return null;
  const memory = await store.remembered(source.id);
  return memory !== null && memory.bodyHash === before.bodyHash && memory.readBy === readBy ? memory : null;
}

async function lookedUp(document: ReadDocument, source: Source, before: FetchState, { store }: IngestDeps) {
  const seen = sightings(document.drafts, source.id, before.guidsUnusable);
  const known = await store.known(keysToAsk(seen, document.tombstones, source.id));
  return { document, seen, known };
}

function beforeOf(
  source: Source,
  { lastRead, guidsUnusable }: FetchState,
  { partial }: Fresh,
  standing: readonly Standing[],
  deps: IngestDeps,
): Before {
  const { id: sourceId, withdrawn } = source;
  const stays = (ref: ArticleRef) => deps.stays(source, ref);
  return { sourceId, withdrawn, lastRead, guidsUnusable, partial, stays, standing };
}

function said(warning: string | null): string[] {
  return warning === null ? [] : [warning];
}

/** RFC 9110 15.4.5: the document is as it was, so what was missing from it is missing again. */
async function notModified(
  source: Source,
  state: FetchState | null,
  answer: Exclude<FetchResult, { kind: 'failed' }>,
  deps: IngestDeps,
): Promise<Ingested> {
  const gone = stillMissing(currentState(state, source).lastRead, (ref) => deps.stays(source, ref));
  const next: FetchState = { ...afterNotModified(state, source, answer, deps.now), lastRead: gone.lastRead };
  const withdrawn = source.withdrawn === 'keep' ? [] : await itsOwn(gone.withdrawn, source, deps);
  await deps.store.saveFetch(
    next,
    withdrawn.length === 0 ? null : { ...noChanges(deps), withdrawn: taken(withdrawn, source, deps.now) },
  );
  return {
    kind: answer.kind === 'fresh' ? 'fetched' : 'not-modified',
    state: next,
    host: null,
    counts: { ...NOTHING, withdrawn: withdrawn.length },
    turned: withdrawn,
    warnings: [],
  };
}

type Failure = Parameters<typeof afterFailure>[2];

async function failed(source: Source, state: FetchState | null, failure: Failure, deps: IngestDeps): Promise<Ingested> {
  const { state: next, host } = afterFailure(state, source, failure, deps.now);
  await deps.store.saveFetch(next, null);
  return { kind: 'failed', state: next, host, counts: NOTHING, turned: [], warnings: [] };
}

function contextOf(source: Source, answer: Fresh, credits: readonly string[]): CleanContext {
  return {
    source: { id: source.id, title: source.title, content: source.content },
    documentUrl: answer.finalUrl,
    contentLanguage: answer.headers['content-language'] ?? null,
    credits,
  };
}

function noChanges(deps: IngestDeps): SourceChanges {
  const topicsFingerprint = deps.tagging.fingerprint;
  return {
    added: [],
    changed: [],
    aliases: [],
    alsoIn: [],
    withdrawn: [],
    restored: [],
    topicsFingerprint,
    memory: 'as before',
  };
}

function changesOf(
  found: Identified,
  refs: readonly ArticleRef[],
  source: Source,
  tagsOf: TagOf,
  deps: IngestDeps,
): SourceChanges {
  const { now } = deps;
  return {
    ...noChanges(deps),
    added: found.added.map(
      ({ draft, keys, mintOnly, publishedAt, publishedAtFrom }, i): NewArticle => ({
        ...draft,
        ref: refs[i] as ArticleRef,
        sourceId: source.id,
        publishedAt,
        publishedAtFrom,
        firstSeenAt: now,
        topics: tagsOf(draft, []),
        keys,
        mintOnly,
      }),
    ),
    changed: found.changed.map(
      ({ draft, known, revision }): ChangedArticle => ({
        ...draft,
        // A licence that was narrowed is obeyed when we publish; what it allowed once is kept.
        contentHtml: draft.contentHtml ?? (revision.kind === 'quiet' ? known.contentHtml : null),
        ref: known.ref,
        url: revision.url,
        updatedAt: revision.kind === 'visible' ? revision.updatedAt : null,
        topics: tagsOf(draft, known.alsoIn),
      }),
    ),
    aliases: found.aliases,
    alsoIn: found.alsoIn,
    withdrawn: taken(found.withdrawn, source, now),
    restored: found.restored,
  };
}

type TagOf = (draft: Draft, alsoIn: readonly SourceId[]) => readonly TopicTag[];

/** As the reader tagged it, where no other source has a word in it. */
function taggingOf({ drafts, tags }: ReadDocument, source: Source, tagger: Tagger): TagOf {
  const given = tags === null ? null : new Map(drafts.map((draft, i) => [draft, tags[i]!]));
  return (draft, alsoIn) =>
    (alsoIn.length === 0 ? given?.get(draft) : undefined) ?? tagger.tag(toTag(draft, [source.id, ...alsoIn]));
}

function taken(refs: readonly ArticleRef[], source: Source, at: Date): SourceChanges['withdrawn'] {
  const policy = source.withdrawn === 'mark' ? 'mark' : 'remove';
  return refs.map((ref) => ({ ref, at, policy }));
}
