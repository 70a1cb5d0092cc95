/** Checks beyond the schema: ids are unique, references resolve, topics can match. */

import type { ConfigProblem } from '../model/errors.js';
import type { Topic, TopicConfig } from '../model/topic.js';
import { kinds } from '../parse/kinds.js';
import { isRecord } from '../text/record.js';
import { type ConfigText, formatPath } from './files.js';
import { requiresOptions } from './kind-options.js';
import { deriveSourceId } from './source-id-of-entry.js';
import { didYouMean } from './suggest.js';
import type { Path } from './yaml.js';

/** Topic lookups, passed in because their tables belong to `tag/`. */
export interface TopicKnowledge {
  /** The problem of an IPTC Media Topic id such as `medtop:20000056`; null: valid. */
  iptcProblem(id: string): string | null;
  /** Id and label of the built-in topic of a place (ISO 3166-1 alpha-2 or a region) or of a top-level Media Topic. */
  readyMadeTopic(topic: Pick<TopicConfig, 'place' | 'iptc'>): Pick<Topic, 'id' | 'label'> | null;
}

/** Page labels, passed in because their tables belong to `write/`. */
export interface LabelKnowledge {
  labelNames(): readonly string[];
  /** The problem of the editor's text for a known label; null: valid. */
  wordProblem(name: string, word: unknown): string | null;
}

export interface ConfigEntry {
  readonly id: string | undefined;
  readonly path: Path;
  readonly value: Readonly<Record<string, unknown>>;
}

/** Accepts values of any shape, so that these problems are reported together with schema errors. */
export function crossCheck(text: ConfigText, knowledge: TopicKnowledge & LabelKnowledge): ConfigProblem[] {
  const { sources, topics } = listSourcesAndTopics(text, knowledge);
  const all = { text, sources, topics };
  return [
    ...sources.flatMap((source) => checkSourceKeys(text, source)),
    ...findDuplicateIds(text, sources),
    ...findDuplicateIds(text, topics),
    ...checkGroups(text, sources),
    ...findTakenFormerIds(text, sources),
    ...findTakenFormerIds(text, topics),
    ...(text.unread.has('topics') ? [] : findUnknownTopics(all)),
    ...(text.unread.has('sources') ? [] : findUnknownSources(all)),
    ...findParentCycles(text, topics),
    ...topics.flatMap((topic) => checkTopicName(text, topic)),
    ...topics.flatMap((topic) => checkPlaces(text, topic, knowledge)),
    ...topics.flatMap((topic) => checkIptc(text, topic, knowledge)),
    ...checkPageLabels(text, knowledge),
    ...checkStoreUrl(text),
    ...checkWorkerRole(text),
  ];
}

function checkGroups(text: ConfigText, sources: readonly ConfigEntry[]): ConfigProblem[] {
  const groups = listEntries(text.value, 'groups', () => undefined);
  const known = { groups: collectIds(groups) };
  const named = sources.flatMap((one) => findReference(one.value, 'group', one.path));
  return [
    ...findDuplicateIds(text, groups),
    ...named.flatMap(([path, id]) => checkReference(text, path, 'groups', id, known)),
  ];
}

function checkWorkerRole(text: ConfigText): ConfigProblem[] {
  const role = readTextKey(readSectionKey(text.value, 'worker'), 'role');
  if (
    (role !== 'fetch' && role !== 'publish') ||
    readTextKey(readSectionKey(text.value, 'store'), 'kind') === 'postgres'
  )
    return [];
  return [
    text.problem(['worker', 'role'], `"${role}" needs store.kind: postgres; with sqlite, one process does everything`),
  ];
}

function checkStoreUrl(text: ConfigText): ConfigProblem[] {
  const store = readSectionKey(text.value, 'store');
  if (store.kind !== 'postgres' || store.url !== undefined) return [];
  const message = `postgres needs store.url, the address of the database: url: "\${DATABASE_URL}"`;
  return [text.problem(['store', 'kind'], message)];
}

function listSourcesAndTopics(
  text: ConfigText,
  knowledge: TopicKnowledge,
): Record<'sources' | 'topics', ConfigEntry[]> {
  return {
    sources: listEntries(text.value, 'sources', (value, path) =>
      deriveSourceId(value, (rest) => text.written([...path, ...rest])),
    ),
    topics: listEntries(text.value, 'topics', (value) => deriveTopicId(value, knowledge)),
  };
}

interface CheckedEntries {
  readonly text: ConfigText;
  readonly sources: readonly ConfigEntry[];
  readonly topics: readonly ConfigEntry[];
}

type DeriveId = (value: ConfigEntry['value'], path: Path) => string | undefined;

/** `key`: name of the id in an entry. */
export function listEntries(value: unknown, part: string, idOf: DeriveId, key = 'id'): ConfigEntry[] {
  return readListKey(value, part).flatMap((one, index) => {
    const path = [part, index];
    return isRecord(one) ? [{ id: readTextKey(one, key) ?? idOf(one, path), path, value: one }] : [];
  });
}

function deriveTopicId(value: ConfigEntry['value'], knowledge: TopicKnowledge): string | undefined {
  return knowledge.readyMadeTopic({ place: listTopicPlaces(value)[0], iptc: readTextKey(value, 'iptc') })?.id;
}

export function findDuplicateIds(text: ConfigText, all: readonly ConfigEntry[], key = 'id'): ConfigProblem[] {
  const first = new Map<string, ConfigEntry>();
  return all.flatMap((one) => {
    const before = one.id === undefined ? undefined : first.get(one.id);
    if (before === undefined) {
      if (one.id !== undefined) first.set(one.id, one);
      return [];
    }
    const given = readTextKey(one.value, key) !== undefined;
    const advice = given ? '' : `; give this entry its own ${key}`;
    const path = given ? [...one.path, key] : one.path;
    return [text.problem(path, `${formatPath(before.path)} already has the ${key} "${one.id}"${advice}`)];
  });
}

/** The editor's own files need a `path`, and an `id`, because it must not change with the path. */
function checkSourceKeys(text: ConfigText, source: ConfigEntry): ConfigProblem[] {
  const { value, path } = source;
  const kind = kinds.find(({ name }) => name === (value.kind ?? 'feed'));
  if (kind === undefined) return [];
  const own = kind.place === 'path';
  const [needed, alien] = own ? (['path', ['url', 'feeds']] as const) : (['url', ['path']] as const);
  const missing = (key: string) => text.problem([...path, key], 'required, but missing');
  return [
    ...(needed in value || (!own && 'feeds' in value) ? [] : [missing(needed)]),
    ...(own && !('id' in value) ? [missing('id')] : []),
    ...alien
      .filter((key) => key in value)
      .map((key) => {
        const message = `not allowed with kind: ${kind.name}, which uses ${needed}`;
        return text.problem([...path, key], message, 'key');
      }),
    ...(requiresOptions(kind) && !(kind.name in value) ? [missing(kind.name)] : []),
    ...kinds
      .filter(({ name }) => name !== kind.name && name in value)
      .map(({ name }) => text.problem([...path, name], `allowed only with kind: ${name}`, 'key')),
    ...(own ? [] : checkFeedAddresses(text, source)),
    ...checkArticlePages(text, source, own),
  ];
}

function checkArticlePages(text: ConfigText, { value, path }: ConfigEntry, own: boolean): ConfigProblem[] {
  if (value.fetch !== 'article' || (!own && resolveContent(value, text) === 'full')) return [];
  const message = own
    ? `not allowed with kind: ${value.kind}, because your own articles are complete already`
    : 'needs content: full; use it only if the publisher lets you publish whole articles';
  return [text.problem([...path, 'fetch'], message)];
}

function resolveContent(source: ConfigEntry['value'], text: ConfigText): unknown {
  return source.content ?? (isRecord(text.value) ? text.value.content : undefined);
}

function checkFeedAddresses(text: ConfigText, { value, path }: ConfigEntry): ConfigProblem[] {
  if ('url' in value && 'feeds' in value)
    return [
      text.problem(
        [...path, 'feeds'],
        'both "url" and "feeds" are present: move the address of "url" to "feeds"',
        'key',
      ),
    ];
  return readListKey(value, 'feeds').flatMap((url, i, all) =>
    all.indexOf(url) === i ? [] : [text.problem([...path, 'feeds', i], 'duplicate address in this list')],
  );
}

/** A former id belongs to one entry only, and is not in use as a current id. */
export function findTakenFormerIds(text: ConfigText, all: readonly ConfigEntry[]): ConfigProblem[] {
  const owners = new Map<string, Path>(all.flatMap(({ id, path }) => (id === undefined ? [] : [[id, path]])));
  return all.flatMap((one) =>
    listReferences(one, 'formerly').flatMap(([path, id]) => {
      const owner = owners.get(id);
      if (owner === undefined) owners.set(id, one.path);
      return owner === undefined ? [] : [text.problem(path, `${formatPath(owner)} already has the id "${id}"`)];
    }),
  );
}

function findUnknownTopics({ text, sources, topics }: CheckedEntries): ConfigProblem[] {
  const known = { topics: collectIds(topics) };
  const named = [
    ...sources.flatMap((one) => listReferences(one, 'topics')),
    ...topics.flatMap((one) => findReference(one.value, 'parent', one.path)),
    ...listSignedTopics(text.value, 'desk', []),
    ...listSignedTopics(text.value, 'rules', []),
    ...sources.flatMap((one) => listSignedTopics(one.value, 'rules', one.path)),
    ...listReferences({ value: readSectionKey(text.value, 'publish'), path: ['publish'] }, 'menu'),
  ];
  return named.flatMap(([path, id]) => checkReference(text, path, 'topics', id, known));
}

/** Topics with a sign in the entries of a list. */
function listSignedTopics(value: unknown, list: string, at: Path): [Path, string][] {
  return readListKey(value, list).flatMap((entry, index) => {
    const path = [...at, list, index];
    const topics = readSectionKey(entry, 'topics');
    const signed = [
      ...(isRecord(entry) ? listReferences({ value: entry, path }, 'topics') : []),
      ...listReferences({ value: topics, path: [...path, 'topics'] }, 'set'),
    ];
    return signed.flatMap(([one, id]): [Path, string][] => (/^[+-]./.test(id) ? [[one, id.slice(1)]] : []));
  });
}

function findUnknownSources({ text, sources, topics }: CheckedEntries): ConfigProblem[] {
  const known = { sources: collectIds(sources) };
  const stories = readSectionKey(text.value, 'stories');
  const named = [
    ...topics.flatMap((one) =>
      readListKey(one.value, 'map').flatMap((map, index) =>
        isRecord(map) ? findReference(map, 'source', [...one.path, 'map', index]) : [],
      ),
    ),
    ...listReferences({ value: stories, path: ['stories'] }, 'prefer'),
  ];
  return named.flatMap(([path, id]) => checkReference(text, path, 'sources', id, known));
}

/** Ids by folder of published files; null if their file is not readable. */
export interface KnownIds {
  readonly topics: readonly string[] | null;
  readonly sources: readonly string[] | null;
  readonly channels: readonly string[];
}

export function collectKnownIds(text: ConfigText, knowledge: TopicKnowledge): KnownIds {
  const { sources, topics } = listSourcesAndTopics(text, knowledge);
  return {
    topics: text.unread.has('topics') ? null : collectIds(topics),
    sources: text.unread.has('sources') ? null : collectIds(sources),
    channels: collectIds(listEntries(text.value, 'channels', () => undefined)),
  };
}

export function checkReference(
  text: ConfigText,
  path: Path,
  folder: keyof KnownIds | 'groups',
  id: string,
  { [folder]: known }: Readonly<Partial<Record<keyof KnownIds | 'groups', readonly string[] | null>>>,
): ConfigProblem[] {
  if (known == null || known.includes(id)) return [];
  return [text.problem(path, `unknown ${folder.slice(0, -1)} "${id}"${didYouMean(id, known)}`)];
}

function listReferences(one: Pick<ConfigEntry, 'value' | 'path'>, key: string): [Path, string][] {
  return readListKey(one.value, key).flatMap((id, index): [Path, string][] =>
    typeof id === 'string' ? [[[...one.path, key, index], id]] : [],
  );
}

function findReference(value: ConfigEntry['value'], key: string, path: Path): [Path, string][] {
  const id = readTextKey(value, key);
  return id === undefined ? [] : [[[...path, key], id]];
}

/** Reported once per cycle, at the parent of its first topic. */
function findParentCycles(text: ConfigText, topics: readonly ConfigEntry[]): ConfigProblem[] {
  const parents = new Map(topics.map((one) => [one.id, readTextKey(one.value, 'parent')]));
  const reported = new Set<string | undefined>();
  return topics.flatMap((topic) => {
    const ring: (string | undefined)[] = [topic.id];
    for (let next = parents.get(topic.id); next !== undefined && !ring.includes(next); next = parents.get(next))
      ring.push(next);
    const closes = topic.id !== undefined && parents.get(ring.at(-1)) === topic.id;
    if (!closes || ring.some((id) => reported.has(id))) return [];
    for (const id of ring) reported.add(id);
    return [text.problem([...topic.path, 'parent'], `circular parents: ${[...ring, topic.id].join(' → ')}`)];
  });
}

function checkTopicName(text: ConfigText, topic: ConfigEntry): ConfigProblem[] {
  const named = topic.id !== undefined || 'id' in topic.value || 'place' in topic.value;
  return named ? [] : [text.problem([...topic.path, 'id'], 'required, but missing')];
}

function checkPlaces(text: ConfigText, topic: ConfigEntry, knowledge: TopicKnowledge): ConfigProblem[] {
  const single = readTextKey(topic.value, 'place') !== undefined;
  return listTopicPlaces(topic.value).flatMap((place, index) => {
    if (!/^(?:[A-Z]{2}|[a-z-]{4,})$/.test(place) || knowledge.readyMadeTopic({ place }) !== null) return [];
    const path = single ? [...topic.path, 'place'] : [...topic.path, 'place', index];
    const kind = place.length === 2 ? 'unknown ISO 3166-1 country code' : 'unknown region';
    return [text.problem(path, `${kind} "${place}"`)];
  });
}

/** The schema reports other shapes. */
function listTopicPlaces(value: ConfigEntry['value']): string[] {
  const single = readTextKey(value, 'place');
  return single === undefined ? readListKey(value, 'place').filter((place) => typeof place === 'string') : [single];
}

function checkIptc(text: ConfigText, topic: ConfigEntry, knowledge: TopicKnowledge): ConfigProblem[] {
  const id = readTextKey(topic.value, 'iptc');
  const wrong = id !== undefined && /^medtop:\d{8}$/.test(id) ? knowledge.iptcProblem(id) : null;
  return wrong === null ? [] : [text.problem([...topic.path, 'iptc'], wrong)];
}

function checkPageLabels(text: ConfigText, { labelNames, wordProblem }: LabelKnowledge): ConfigProblem[] {
  const { words } = readSectionKey(text.value, 'publish');
  if (!isRecord(words)) return [];
  const known = labelNames();
  return Object.entries(words).flatMap(([name, word]) => {
    const path = ['publish', 'words', name];
    if (!known.includes(name)) {
      const advice = didYouMean(name, known) || '; docs/pages.md lists the labels';
      return [text.problem(path, `unknown page label "${name}"${advice}`, 'key')];
    }
    const wrong = wordProblem(name, word);
    return wrong === null ? [] : [text.problem(path, wrong)];
  });
}

export function readListKey(value: unknown, key: string): readonly unknown[] {
  const list = isRecord(value) ? value[key] : undefined;
  return Array.isArray(list) ? list : [];
}

export function readSectionKey(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const section = isRecord(value) ? value[key] : undefined;
  return isRecord(section) ? section : {};
}

export function readTextKey(value: ConfigEntry['value'], key: string): string | undefined {
  const text = value[key];
  return typeof text === 'string' && text !== '' ? text : undefined;
}

function collectIds(all: readonly ConfigEntry[]): string[] {
  return all.flatMap((one) => one.id ?? []);
}
