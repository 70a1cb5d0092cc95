/** Adds sources to the config and removes them. Each URL is added once, with a unique id. */
import {
  addToLists,
  changeListEntry,
  type NewSource,
  type NewTopic,
  removeFromList,
} from '../../config/edit/edit-list.js';
import { withFileLock } from '../../config/edit/file-lock.js';
import { feedSource } from '../../config/schema.js';
import { isHttpUrl } from '../../config/values.js';
import { isAddress } from '../../model/address.js';
import { ConfigError } from '../../model/errors.js';
import type { Settings } from '../../model/settings.js';
import { chooseNewUrl, type SourceId } from '../../model/source.js';
import { listFeeds } from '../../model/source-feeds.js';
import { recordRemovedSource } from '../../pipeline/organize/removed-sources.js';
import { assignFolderTopics, type OpmlFolder } from '../../text/opml-folders.js';
import { plainLine } from '../../text/plain.js';
import { redactUrl } from '../../text/url/redact-url.js';
import { suggestSourceId } from '../../text/url/source-id.js';
import { urlKey } from '../../text/url/url.js';
import { openStore, readStore } from '../open-store.js';

/** Default id: from the URL, or from the name if the host gives none. Default title: from the feed. */
export type RequestedSource = Omit<NewSource, 'id' | 'title'> & {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly named?: string | undefined;
};

export interface AddedSources {
  /** Path of the changed file; null: nothing was added. */
  readonly file: string | null;
  readonly added: readonly NewSource[];
  /** Topics added for the sources, from OPML folders. */
  readonly topics: readonly NewTopic[];
  readonly leftOut: readonly { readonly url: string; readonly why: string }[];
}

type KnownSettings = Pick<Settings, 'sources' | 'topics'>;

/**
 * URLs with the same canonical form are duplicates. An id in use gets a number. Calls `load` once under the file lock, and again
 * to verify the result. Throws ConfigError and restores all files if the result is invalid or an edit would lose content.
 */
export async function addSources(
  configPath: string,
  load: () => Promise<KnownSettings>,
  wanted: readonly RequestedSource[],
  folders: readonly OpmlFolder[] = [],
): Promise<AddedSources> {
  return await withFileLock(configPath, async () => {
    const settings = await load();
    const sorted = assignFolderTopics({ value: wanted, folders }, settings.topics);
    const { added, leftOut } = selectNewSources(settings, sorted.sources);
    const topics = selectUsedTopics(added, sorted.added);
    const lists = [['topics', topics] as const, ['sources', added] as const];
    const file = added.length === 0 ? null : await addToLists(configPath, lists, load);
    return { file, added, topics, leftOut };
  });
}

/** Keeps the new topics that the sources use, and their parents. */
export function selectUsedTopics(sources: readonly NewSource[], topics: readonly NewTopic[]): NewTopic[] {
  const used = new Set(sources.flatMap((source) => source.topics ?? []));
  for (const { id, parent } of [...topics].reverse()) if (used.has(id) && parent !== undefined) used.add(parent);
  return topics
    .filter(({ id }) => used.has(id))
    .map((topic) => ({ ...topic, label: plainLine(topic.label).replace(/^[!~_*#]+\s*/, '') || topic.id }));
}

export function selectNewSources(
  settings: KnownSettings,
  wanted: readonly RequestedSource[],
): Pick<AddedSources, 'added' | 'leftOut'> {
  const known = new Map<string, SourceId>(settings.sources.flatMap(listFeeds).map(({ id, url }) => [urlKey(url), id]));
  const ids = new Set(settings.sources.flatMap(({ id, formerly = [] }) => [id, ...formerly]));
  const added: NewSource[] = [];
  const leftOut: { url: string; why: string }[] = [];
  for (const { url: given, id, title: said, named, ...more } of wanted) {
    // Other programs write spaces and line breaks into URLs.
    const url = /[\s\p{C}]/u.test(given) && isAddress(given) ? new URL(given).href : given;
    const title = plainLine(said ?? '') || undefined;
    const own = findFreeId(id ?? suggestSourceId(url, title ?? named ?? null), ids);
    const source = { id: own, url, ...(title === undefined ? {} : { title }), ...more };
    const why = explainLeftOut(url, known) ?? findConfigProblem(source);
    if (why !== null) {
      leftOut.push({ url: (!isAddress(url) && title) || redactUrl(url), why });
      continue;
    }
    ids.add(own);
    known.set(urlKey(url), own);
    added.push(source);
  }
  return { added, leftOut };
}

function explainLeftOut(url: string, known: ReadonlyMap<string, SourceId>): string | null {
  if (!isHttpUrl(url)) return 'not an absolute http(s) URL';
  const id = known.get(urlKey(url));
  return id === undefined ? null : `already a source: "${id}"`;
}

/** Finds values that the config rejects: unsupported proxies, JSON without paths, invalid ids. */
function findConfigProblem(source: NewSource): string | null {
  const [issue] = feedSource.safeParse(source).error?.issues ?? [];
  if (issue === undefined) return null;
  return `invalid ${issue.path.join('.')}: ${issue.message.replace(/^Invalid input.*/, 'required, but missing')}`;
}

function findFreeId(wish: string, taken: ReadonlySet<SourceId>): SourceId {
  if (!taken.has(wish)) return wish;
  for (let n = 2; ; n++) if (!taken.has(`${wish}-${n}`)) return `${wish}-${n}`;
}

export interface RemovedSource {
  readonly id: SourceId;
  readonly file: string;
  readonly withArticles: boolean;
}

/**
 * Removes a source from the config; null: unknown id. `withArticles`: the next run also removes its articles. Throws ConfigError if
 * the file cannot be edited or the result is invalid, and STORE_LOCKED if the store is in use. Errors change nothing.
 */
export async function removeSource(
  configPath: string,
  load: () => Promise<Settings>,
  id: SourceId,
  withArticles: boolean,
): Promise<RemovedSource | null> {
  return await withFileLock(configPath, async () => {
    const settings = await load();
    const index = settings.sources.findIndex((source) => source.id === id);
    if (index < 0) return null;
    const store = withArticles ? await openStore(settings.store, 'write') : null;
    try {
      // Noted first: the note has no effect while the source is still in the config.
      if (store !== null) await recordRemovedSource(store, id);
      const file = await removeFromList(configPath, 'sources', index, async () => {
        const left = await load();
        if (left.sources.some((source) => source.id === id)) throw createPackError(configPath, id);
      });
      return { id, file, withArticles };
    } finally {
      await store?.close();
    }
  });
}

/** Pauses (`true`, or until a day) or resumes (null) a source. Returns the changed file. Throws ConfigError; errors change nothing. */
export async function pauseSource(
  configPath: string,
  load: () => Promise<Settings>,
  id: SourceId,
  paused: true | string | null,
): Promise<string> {
  const message = `"${id}" is paused by its group or pack; write "paused: false" into an entry with its id`;
  return await changeSource(configPath, load, id, { key: 'paused', value: paused, message });
}

/** Changes its address. Its id and articles stay. Returns and throws as above. */
export async function moveSource(
  configPath: string,
  load: () => Promise<Settings>,
  id: SourceId,
  url: string,
): Promise<string> {
  const message = `"${id}" has an address that newsloom cannot change; edit it by hand`;
  return await changeSource(configPath, load, id, { key: 'url', value: url, message });
}

/** The target of its permanent redirect, or the feed that its site names; null: none. */
export async function readProposedUrl({ store }: Settings, id: SourceId): Promise<string | null> {
  const state = (await readStore(store, (one) => one.fetchStates())).get(id);
  return state === undefined ? null : chooseNewUrl(state);
}

/** `message`: the problem if the config has another value after the change. */
async function changeSource(
  configPath: string,
  load: () => Promise<Settings>,
  id: SourceId,
  { key, value, message }: { readonly key: 'paused' | 'url'; readonly value: unknown; readonly message: string },
): Promise<string> {
  return await withFileLock(configPath, async () => {
    const index = (await load()).sources.findIndex((source) => source.id === id);
    return await changeListEntry(configPath, 'sources', { index, id }, { [key]: value }, async () => {
      const changed = (await load()).sources.find((source) => source.id === id);
      if ((changed?.[key] ?? null) === value) return;
      throw new ConfigError('CONFIG_INVALID', [{ file: configPath, line: 0, column: 0, path: 'sources', message }]);
    });
  });
}

function createPackError(file: string, id: SourceId): ConfigError {
  const message = `"${id}" is part of a pack; to remove it, add its id to "without" of "extends"`;
  return new ConfigError('CONFIG_INVALID', [{ file, line: 0, column: 0, path: 'extends', message }]);
}
