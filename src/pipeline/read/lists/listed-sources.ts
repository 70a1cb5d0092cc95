/** Expands the sources of a site: adds sources of lists (`kind: opml`) and documents of indexes (`kind: sitemap`). */
import { createHash } from 'node:crypto';
import { toNameKey } from '../../../clean/attribution/borrowed-names.js';
import type { Settings } from '../../../model/settings.js';
import type { FetchState, Source, SourceId } from '../../../model/source.js';
import { createPartSource, parseSourceId, toFeedKey } from '../../../model/source-feeds.js';
import type { ListMember } from '../../../model/source-list.js';
import { assignFolderTopics } from '../../../text/opml-folders.js';
import { bareHost, urlKey } from '../../../text/url/url.js';

type Listing = Pick<Settings, 'sources' | 'topics' | 'lists'>;
type KnownStates = ReadonlyMap<SourceId, Pick<FetchState, 'configuredUrl' | 'list' | 'parts'> & Partial<Pick<FetchState, 'profile'>>>; // biome-ignore format: one type

/** Maximum number of additional documents per source. */
const MOST_PARTS = 10;
/** Index documents may list further index documents. */
const DEEPEST_INDEX = 2;

/**
 * Moves lists to `lists`, appends their sources, and appends folders that are not topics yet. A source that is configured, by id or
 * URL, takes precedence. No side effects.
 */
export function expandListedSources<S extends Listing>(settings: S, states: KnownStates): S {
  const lists = settings.sources.filter(isList);
  const own = settings.sources.filter((source) => !isList(source)).map((source) => addParts(source, states));
  if (lists.length === 0)
    return own.some(({ parts }) => parts !== undefined) ? { ...settings, sources: own } : settings;
  const ids = new Set(settings.sources.map(({ id }) => id));
  const addresses = new Set(
    settings.sources.flatMap(({ url, moreFeeds = [] }) => [url, ...moreFeeds].map((one) => urlKey(one))),
  );
  const names = listNames(own, states);
  const topics = new Map(settings.topics.map((topic) => [topic.id, topic]));
  const members = lists.flatMap((list) => {
    const known = states.get(list.id)?.list;
    if (known == null) return [];
    const mine = known.sources.filter(({ id, url }) => !ids.has(id) && !addresses.has(urlKey(url)));
    for (const { id, url } of mine) {
      ids.add(id);
      addresses.add(urlKey(url));
    }
    const sorted = assignFolderTopics({ value: mine, folders: known.folders }, [...topics.values()]);
    for (const topic of sorted.added) topics.set(topic.id, topic);
    return sorted.sources.map((source) =>
      toMember(list, source.title !== null && names.has(toNameKey(source.title)) ? { ...source, title: null } : source),
    );
  });
  return { ...settings, sources: [...own, ...members], lists, topics: [...topics.values()] };
}

/** Names and hosts of configured sources, as keys: a list of others must not give them away. */
function listNames(sources: readonly Source[], states: KnownStates): ReadonlySet<string> {
  const names = sources.flatMap(({ id, title, url }) => [title, states.get(id)?.profile?.title, bareHost(url)]);
  return new Set(names.flatMap((name) => (name ? toNameKey(name) : [])));
}

/** False: neither a list nor an index, so `expandListedSources` does not change it. */
export function mayAddSources({ reading }: Pick<Source, 'reading'>): boolean {
  return reading !== undefined;
}

export function isList({ reading }: Pick<Source, 'reading'>): boolean {
  return reading?.lists === true;
}

/** Inherits the options of the list, except its trust, and its headers and secrets, which other hosts must not get. */
function toMember(list: Source, { id, url, title, topics, left }: ListMember): Source {
  const { reading, secrets, formerly, sites, aggregator, ...common } = list;
  return {
    ...common,
    id,
    url,
    title,
    topics: [...new Set([...list.topics, ...topics])],
    headers: {},
    every: null,
    listedBy: list.id,
    ...(left && { delisted: true }),
  };
}

/** A source found by the list or index `by`, with the options needed to fetch it. */
export function toFoundSource(by: Source, feedId: string, url: string): Source {
  if (parseSourceId(feedId) === by.id) return createPartSource(by, { url, feedId });
  return toMember(by, { id: feedId, url, title: null, topics: [], left: false });
}

function addParts(source: Source, states: KnownStates): Source {
  const parts = new Map<string, string>();
  let level = [{ url: source.url, feedId: source.id }];
  for (let depth = 0; depth < DEEPEST_INDEX; depth++) {
    level = level.flatMap(({ url, feedId }) => {
      const state = states.get(feedId);
      return state?.configuredUrl === url ? (state.parts ?? []).map((part) => createPart(source.id, part)) : [];
    });
    for (const { url, feedId } of level) if (url !== source.url && parts.size < MOST_PARTS) parts.set(url, feedId);
  }
  return parts.size === 0 ? source : { ...source, parts: [...parts].map(([url, feedId]) => ({ url, feedId })) };
}

/** Milliseconds after which a document that no index lists is deleted. */
const FORGOTTEN_AFTER = 30 * 86_400_000;
const PART = /\.[0-9a-f]{8}$/;

/** `feeds`: all current feeds. */
export function findExpiredParts(
  states: ReadonlyMap<SourceId, Pick<FetchState, 'lastAttemptAt'>>,
  feeds: readonly Source[],
  now: Date,
): readonly SourceId[] {
  const named = new Set(feeds.map(toFeedKey));
  const isOld = (at: Date | null) => at !== null && now.getTime() - at.getTime() > FORGOTTEN_AFTER;
  return [...states].flatMap(([id, { lastAttemptAt }]) =>
    PART.test(id) && !named.has(id) && isOld(lastAttemptAt) ? [id] : [],
  );
}

function createPart(id: SourceId, url: string): { readonly url: string; readonly feedId: string } {
  return { url, feedId: `${id}.${createHash('sha256').update(url).digest('hex').slice(0, 8)}` };
}
