/** Lists the sources that a change of the config adds, moves and removes, with the content of added ones. */
import { pathToFileURL } from 'node:url';
import { collectProfiles, sourceTitle } from '../../compose/channel-metadata.js';
import type { Settings, StoreSettings } from '../../model/settings.js';
import type { FetchState, Licence, Source, SourceError, SourceId } from '../../model/source.js';
import { redactUrl } from '../../text/url/redact-url.js';
import { suggestUsualFix } from '../add-source/check-live.js';
import { readStore } from '../open-store.js';
import { type ExampleArticle, readExamples } from './examples.js';
import { findRequestObstacle } from './harmless-settings.js';
import { type ChangedEntries, compareEntries, haveSameFiles } from './local-files.js';
import type { StoreSnapshot } from './store-snapshot.js';

const MAX_ADDRESSES = 50;

export interface ReviewedSource {
  readonly id: SourceId;
  /** `changed`: its file, or its posts. */
  readonly state: AddedState;
  readonly title: string;
  /** Without secrets. */
  readonly url: string;
  readonly answer: 'read' | 'failed' | 'not-asked';
  /** Why it was not requested, or its error; null: no problem. */
  readonly problem: string | null;
  readonly code: string | null;
  /** Suggestion for the editor; null: none. */
  readonly fix: string | null;
  readonly articles: number;
  readonly examples: readonly ExampleArticle[];
  /** ISO 8601; null: no articles. */
  readonly newestAt: string | null;
  readonly names: number | null;
  /** Entries of a list in a file; null: another source, or the same entries. */
  readonly entries: ChangedEntries | null;
  readonly rights: {
    readonly content: Licence;
    /** Rights in its feed; null: none. */
    readonly said: string | null;
    readonly reserved: boolean;
    /** Address of the terms; null: none. */
    readonly policy: string | null;
  };
}

type AddedState = 'new' | 'moved' | 'changed';

interface AddedSource {
  readonly source: Source;
  readonly state: AddedState;
  /** Why it is not requested; null: it is. */
  readonly problem: string | null;
  readonly entries: ChangedEntries | null;
}

export interface SourceChange {
  readonly added: readonly AddedSource[];
  readonly gone: readonly Source[];
  /** Sources to read: permitted new ones, and the editor's own content, which may have changed. */
  readonly requested: readonly Source[];
  /** The editor's own content that must not be read. */
  readonly unreadable: ReadonlySet<SourceId>;
}

type SourceSettings = Pick<Settings, 'sources' | 'root'>;

export async function reviewSourceChanges(was: SourceSettings | null, is: SourceSettings): Promise<SourceChange> {
  const before = new Map(was?.sources.map((source) => [source.id, source]));
  const serializeWithoutRoot = (source: Source, { root }: SourceSettings) =>
    serializeRequest(source).replaceAll(pathToFileURL(root).href, '');
  const added: AddedSource[] = [];
  const asked: Source[] = [];
  const unreadable = new Set<SourceId>();
  const kept = new Set<SourceId>();
  let requests = 0;
  for (const source of is.sources) {
    const old = [source.id, ...(source.formerly ?? [])].flatMap((id) => before.get(id) ?? [])[0];
    if (old !== undefined) kept.add(old.id);
    const isAtSameAddress =
      old !== undefined &&
      (source.own !== undefined || serializeWithoutRoot(old, was!) === serializeWithoutRoot(source, is));
    const isLocal = [source.url, ...(source.moreFeeds ?? [])].some((url) => url.startsWith('file:'));
    if (isAtSameAddress && !isLocal) continue;
    const problem = await findExclusion(source, is.root, requests);
    const isSame = isAtSameAddress && problem === null && (await haveSameFiles(old, source));
    if (!isSame) {
      const state = old === undefined ? 'new' : isAtSameAddress ? 'changed' : 'moved';
      const entries = problem === null ? await compareEntries(old ?? null, source) : null;
      added.push({ source, state, problem, entries });
    }
    if (source.own !== undefined && problem !== null) unreadable.add(source.id);
    if ((isSame && source.own === undefined) || problem !== null) continue;
    asked.push(source);
    requests += countAddresses(source);
  }
  return { added, gone: (was?.sources ?? []).filter(({ id }) => !kept.has(id)), requested: asked, unreadable };
}

async function findExclusion(source: Source, root: string, before: number): Promise<string | null> {
  const isTooMuch = before + countAddresses(source) > MAX_ADDRESSES;
  return isTooMuch ? `a review requests at most ${MAX_ADDRESSES} addresses` : await findRequestObstacle(source, root);
}

function countAddresses({ moreFeeds = [] }: Source): number {
  return 1 + moreFeeds.length;
}

function serializeRequest({ url, moreFeeds = [], headers, reading }: Source): string {
  return JSON.stringify([url, moreFeeds, headers, reading ?? null]);
}

export async function describeSources(
  { added, gone }: SourceChange,
  {
    before,
    after,
    store: at,
  }: {
    readonly before: StoreSnapshot;
    readonly after: StoreSnapshot;
    readonly store: StoreSettings;
  },
): Promise<{
  readonly added: readonly ReviewedSource[];
  readonly gone: readonly { readonly id: SourceId; readonly title: string; readonly articles: number }[];
}> {
  const states = await readStore(at, (store) => store.fetchStates());
  const profiles = collectProfiles(states);
  const describeTitle = (source: Source) => sourceTitle(source, profiles);
  const members = (id: SourceId) => after.members.get(`sources/${id}`) ?? [];
  const examples = await readExamples(new Map(added.map(({ source: { id } }) => [id, members(id)])), at);
  return {
    added: added.map(({ source, state, problem, entries }) => ({
      id: source.id,
      state,
      title: describeTitle(source),
      url: redactUrl(source.url),
      ...describeOutcome(states.get(source.id), problem),
      articles: members(source.id).length,
      examples: examples.get(source.id) ?? [],
      ...describeFacts(source, states.get(source.id)),
      entries,
    })),
    gone: gone.map((source) => ({
      id: source.id,
      title: describeTitle(source),
      articles: before.bySource.get(source.id) ?? 0,
    })),
  };
}

/** For unreachable addresses, which have no state. */
const UNREACHED: SourceError = {
  code: 'FETCH_NETWORK',
  message: 'the server is unreachable, or it asked to wait',
  status: null,
};

function describeOutcome(
  state: FetchState | undefined,
  notAsked: string | null,
): Pick<ReviewedSource, 'answer' | 'problem' | 'code' | 'fix'> {
  if (notAsked !== null) return { answer: 'not-asked', problem: notAsked, code: null, fix: null };
  const error = state === undefined ? UNREACHED : state.error;
  if (error === null) return { answer: 'read', problem: null, code: null, fix: null };
  const fix = error.code === 'FETCH_FORBIDDEN' ? PRIVATE_FIX : suggestUsualFix(error);
  return { answer: 'failed', problem: error.message, code: error.code, fix };
}

const PRIVATE_FIX = 'a review requests private addresses only with --allow-private-addresses';

function describeFacts(
  { content, reservation, reading }: Source,
  state: FetchState | undefined,
): Pick<ReviewedSource, 'newestAt' | 'names' | 'rights'> {
  const reserved = reservation ?? state?.reservation ?? null;
  return {
    newestAt: state?.newestArticleAt?.toISOString() ?? null,
    names: reading?.lists === true ? (state?.list?.sources.length ?? 0) : null,
    rights: {
      content,
      said: state?.profile?.rights ?? null,
      reserved: reserved !== null,
      policy: reserved?.policy ?? null,
    },
  };
}
