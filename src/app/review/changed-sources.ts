/** Which sources a change of the config brings, moves and removes, and what those that it brings hold. */
import { pathToFileURL } from 'node:url';
import { profilesOf, sourceTitle } from '../../compose/channel-metadata.js';
import type { Settings, StoreSettings } from '../../model/settings.js';
import type { FetchState, Licence, Source, SourceError, SourceId } from '../../model/source.js';
import { redactUrl } from '../../text/url/redact-url.js';
import { usualFix } from '../add-source/check-live.js';
import { readStore } from '../open-store.js';
import { type ExampleArticle, examplesOf } from './examples.js';
import { whyNotAsked } from './harmless-settings.js';
import type { StoreSnapshot } from './store-snapshot.js';

/** Addresses; a change that brings more is looked at in parts, or no review would come to an end. */
const MOST_ASKED = 50;

export interface ReviewedSource {
  readonly id: SourceId;
  readonly state: 'new' | 'moved';
  readonly title: string;
  /** Without anything that may be secret. */
  readonly url: string;
  readonly answer: 'read' | 'failed' | 'not-asked';
  /** Why it was not asked, or what is wrong with it; null: nothing. */
  readonly problem: string | null;
  /** Error code; null: none. */
  readonly code: string | null;
  /** What the editor can do about it; null: no suggestion. */
  readonly fix: string | null;
  /** Of its articles, those that readers would see. */
  readonly articles: number;
  readonly examples: readonly ExampleArticle[];
  /** ISO 8601; null: it has no articles. */
  readonly newestAt: string | null;
  /** Sources that it names, of a list; null: it is none. */
  readonly names: number | null;
  readonly rights: {
    /** What the config takes. */
    readonly content: Licence;
    /** What its feed says of its rights; null: nothing. */
    readonly said: string | null;
    /** Whether it reserves text and data mining, by the config or its server. */
    readonly reserved: boolean;
    /** Address of the terms; null: none are offered. */
    readonly policy: string | null;
  };
}

export interface SourceChange {
  readonly added: readonly (readonly [source: Source, state: 'new' | 'moved', problem: string | null])[];
  readonly gone: readonly Source[];
  /** Those that are asked: of what is new, what may be; and what the editor writes, which git may have changed. */
  readonly asked: readonly Source[];
  /** What the editor writes and may not be read: neither its texts nor its pictures. */
  readonly unreadable: ReadonlySet<SourceId>;
}

/** The sources of a section, and its root. */
type SourcesOf = Pick<Settings, 'sources' | 'root'>;

/** `was` null: unknown. */
export async function changedSources(was: SourcesOf | null, is: SourcesOf): Promise<SourceChange> {
  const before = new Map(was?.sources.map((source) => [source.id, source]));
  const asOf = (source: Source, { root }: SourcesOf) => askedAlike(source).replaceAll(pathToFileURL(root).href, '');
  const added: (readonly [Source, 'new' | 'moved', string | null])[] = [];
  const asked: Source[] = [];
  const unreadable = new Set<SourceId>();
  const kept = new Set<SourceId>();
  let requests = 0;
  for (const source of is.sources) {
    const old = [source.id, ...(source.formerly ?? [])].flatMap((id) => before.get(id) ?? [])[0];
    if (old !== undefined) kept.add(old.id);
    const isSame = old !== undefined && (source.own !== undefined || asOf(old, was!) === asOf(source, is));
    const problem = isSame && source.own === undefined ? null : await whyNot(source, is.root, requests);
    if (!isSame) added.push([source, old === undefined ? 'new' : 'moved', problem]);
    if (source.own !== undefined && problem !== null) unreadable.add(source.id);
    if ((isSame && source.own === undefined) || problem !== null) continue;
    asked.push(source);
    requests += addressesOf(source);
  }
  return { added, gone: (was?.sources ?? []).filter(({ id }) => !kept.has(id)), asked, unreadable };
}

async function whyNot(source: Source, root: string, before: number): Promise<string | null> {
  const isTooMuch = before + addressesOf(source) > MOST_ASKED;
  return isTooMuch ? `a review asks no more than ${MOST_ASKED} addresses` : await whyNotAsked(source, root);
}

function addressesOf({ moreFeeds = [] }: Source): number {
  return 1 + moreFeeds.length;
}

/** What decides which document a source is. */
function askedAlike({ url, moreFeeds = [], headers, reading }: Source): string {
  return JSON.stringify([url, moreFeeds, headers, reading ?? null]);
}

/** Throws StoreError. */
export async function reviewedSources(
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
  const profiles = profilesOf(states);
  const titleOf = (source: Source) => sourceTitle(source, profiles);
  const members = (id: SourceId) => after.members.get(`sources/${id}`) ?? [];
  const examples = await examplesOf(new Map(added.map(([{ id }]) => [id, members(id)])), at);
  return {
    added: added.map(([source, state, problem]) => ({
      id: source.id,
      state,
      title: titleOf(source),
      url: redactUrl(source.url),
      ...answerOf(states.get(source.id), problem),
      articles: members(source.id).length,
      examples: examples.get(source.id) ?? [],
      ...factsOf(source, states.get(source.id)),
    })),
    gone: gone.map((source) => ({
      id: source.id,
      title: titleOf(source),
      articles: before.bySource.get(source.id) ?? 0,
    })),
  };
}

/** Of an address that was not reached at all, no state is kept. */
const UNREACHED: SourceError = {
  code: 'FETCH_NETWORK',
  message: 'it could not be reached, or its host asks to be left alone',
  status: null,
};

function answerOf(
  state: FetchState | undefined,
  notAsked: string | null,
): Pick<ReviewedSource, 'answer' | 'problem' | 'code' | 'fix'> {
  if (notAsked !== null) return { answer: 'not-asked', problem: notAsked, code: null, fix: null };
  const error = state === undefined ? UNREACHED : state.error;
  if (error === null) return { answer: 'read', problem: null, code: null, fix: null };
  const fix = error.code === 'FETCH_FORBIDDEN' ? PRIVATE_FIX : usualFix(error);
  return { answer: 'failed', problem: error.message, code: error.code, fix };
}

const PRIVATE_FIX = 'a review requests private addresses only with --allow-private-addresses';

function factsOf(
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
