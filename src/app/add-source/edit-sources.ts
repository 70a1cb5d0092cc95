/** Adds sources to the config of a site (no address twice, each with a unique id), and removes them. */

import { addToLists, type NewSource, type NewTopic, removeFromList } from '../../config/edit/edit-list.js';
import { withFileLock } from '../../config/edit/file-lock.js';
import { feedSource } from '../../config/schema.js';
import { isHttpUrl } from '../../config/values.js';
import { isAddress } from '../../model/address.js';
import { ConfigError } from '../../model/errors.js';
import type { Settings } from '../../model/settings.js';
import type { SourceId } from '../../model/source.js';
import { feedsOf } from '../../model/source-feeds.js';
import { noteRemovedSource } from '../../pipeline/organize/removed-sources.js';
import { type OpmlFolder, sortedByFolder } from '../../text/opml.js';
import { plainLine } from '../../text/plain.js';
import { redactUrl } from '../../text/url/redact-url.js';
import { namedSourceIdOf } from '../../text/url/source-id.js';
import { urlKey } from '../../text/url/url.js';
import { openStore } from '../open-store.js';

/** Default id: derived from the address, or from the name where its host has none; default title: the feed's own. */
export type WantedSource = Omit<NewSource, 'id' | 'title'> & {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  /** What the feed calls itself, for the id. */
  readonly named?: string | undefined;
};

export interface AddedSources {
  /** Path of the changed file; null: nothing was added. */
  readonly file: string | null;
  readonly added: readonly NewSource[];
  /** Topics that were added for them: folders of an OPML file. */
  readonly topics: readonly NewTopic[];
  readonly leftOut: readonly { readonly url: string; readonly why: string }[];
}

type KnownSettings = Pick<Settings, 'sources' | 'topics'>;

/**
 * Addresses with the same canonical form count as one. An id in use gets a number. `load` is called once the file lock is ours, since
 * another process may be adding sources too, and once more to read back what was written: where that is a mistake, or a file cannot be edited without losing something, it
 * throws ConfigError, and all files are as they were.
 */
export async function addSources(
  configPath: string,
  load: () => Promise<KnownSettings>,
  wanted: readonly WantedSource[],
  folders: readonly OpmlFolder[] = [],
): Promise<AddedSources> {
  return await withFileLock(configPath, async () => {
    const settings = await load();
    const sorted = sortedByFolder({ value: wanted, folders }, settings.topics);
    const { added, leftOut } = newSources(settings, sorted.sources);
    const topics = topicsOf(added, sorted.added);
    const lists = [['topics', topics] as const, ['sources', added] as const];
    const file = added.length === 0 ? null : await addToLists(configPath, lists, load);
    return { file, added, topics, leftOut };
  });
}

/** Of the new topics those that the sources have, with their parents. */
export function topicsOf(sources: readonly NewSource[], topics: readonly NewTopic[]): NewTopic[] {
  const used = new Set(sources.flatMap((source) => source.topics ?? []));
  for (const { id, parent } of [...topics].reverse()) if (used.has(id) && parent !== undefined) used.add(parent);
  return topics
    .filter(({ id }) => used.has(id))
    .map((topic) => ({ ...topic, label: plainLine(topic.label).replace(/^[!~_*#]+\s*/, '') || topic.id }));
}

/** Those that may be added, with ids of their own, and why the others may not. */
export function newSources(
  settings: KnownSettings,
  wanted: readonly WantedSource[],
): Pick<AddedSources, 'added' | 'leftOut'> {
  const known = new Map<string, SourceId>(settings.sources.flatMap(feedsOf).map(({ id, url }) => [urlKey(url), id]));
  const ids = new Set(settings.sources.flatMap(({ id, formerly = [] }) => [id, ...formerly]));
  const added: NewSource[] = [];
  const leftOut: { url: string; why: string }[] = [];
  for (const { url: given, id, title: said, named, ...more } of wanted) {
    const url = writableUrl(given);
    const title = plainLine(said ?? '') || undefined;
    const own = freeId(id ?? namedSourceIdOf(url, title ?? named ?? null), ids);
    const source = { id: own, url, ...(title === undefined ? {} : { title }), ...more };
    const why = whyLeftOut(url, known) ?? whyRefused(source);
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

/** As a config may hold it: other programs write addresses with spaces, line ends and worse in them. */
function writableUrl(url: string): string {
  return /[\s\p{C}]/u.test(url) && isAddress(url) ? new URL(url).href : url;
}

function whyLeftOut(url: string, known: ReadonlyMap<string, SourceId>): string | null {
  if (!isHttpUrl(url)) return 'it is no absolute http(s) address';
  const id = known.get(urlKey(url));
  return id === undefined ? null : `it is read already, as "${id}"`;
}

/** Other programs take what a config does not: proxies of other kinds, JSON without paths, ids that no file can have. */
function whyRefused(source: NewSource): string | null {
  const [issue] = feedSource.safeParse(source).error?.issues ?? [];
  if (issue === undefined) return null;
  return `a config does not take its ${issue.path.join('.')}: ${issue.message.replace(/^Invalid input.*/, 'required, but missing')}`;
}

function freeId(wish: string, taken: ReadonlySet<SourceId>): SourceId {
  if (!taken.has(wish)) return wish;
  for (let n = 2; ; n++) if (!taken.has(`${wish}-${n}`)) return `${wish}-${n}`;
}

export interface RemovedSource {
  readonly id: SourceId;
  /** Path of the changed file. */
  readonly file: string;
  /** Whether its articles go too: with the next run. */
  readonly withArticles: boolean;
}

/**
 * Takes a source out of the config; null: none has this id. `withArticles`: notes in the store that the next run takes its articles
 * down. Throws ConfigError where the file cannot be edited or the config would be wrong without the source, StoreError STORE_LOCKED
 * where another process has the store; nothing is changed then.
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
      // First: a note of a source that is still in the config has no effect.
      if (store !== null) await noteRemovedSource(store, id);
      const file = await removeFromList(configPath, 'sources', index, async () => {
        const left = await load();
        if (left.sources.some((source) => source.id === id)) throw stillInPack(configPath, id);
      });
      return { id, file, withArticles };
    } finally {
      await store?.close();
    }
  });
}

function stillInPack(file: string, id: SourceId): ConfigError {
  const message = `without this entry "${id}" is as a pack has it: write its id into "without" of "extends"`;
  return new ConfigError('CONFIG_INVALID', [{ file, line: 0, column: 0, path: 'extends', message }]);
}
