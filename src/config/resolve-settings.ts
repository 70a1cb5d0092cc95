/** Resolves a validated config into settings: dependent defaults and absolute paths. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { DeskSettings } from '../model/desk.js';
import type { EnrichCommand } from '../model/machine.js';
import type { PublishSettings, Settings, SiteSettings, StoreSettings } from '../model/settings.js';
import type { OwnSource, Source } from '../model/source.js';
import { type Topic, toTopicName } from '../model/topic.js';
import { findKind } from '../parse/kinds.js';
import { preferredFeedFormat } from '../write/formats.js';
import type { TopicKnowledge } from './cross-checks.js';
import { resolveRules } from './editor-rules.js';
import { listAddressSecrets, listSecrets } from './environment.js';
import type { ConfigText } from './files.js';
import { listGroupDifferences } from './groups.js';
import { findSiteRoot, resolveSourceUrl, STORE_FILE, toOwnFileUrl } from './paths.js';
import type { WrittenConfig, WrittenSource, WrittenTopic } from './schema.js';
import { deriveSourceId } from './source-id-of-entry.js';

/** The config must have passed all checks. */
export function resolveSettings(
  config: WrittenConfig,
  about: {
    readonly configPath: string;
    readonly text: ConfigText;
    readonly knowledge: TopicKnowledge;
    readonly withoutEffect: readonly string[];
  },
): Settings {
  const { configPath, text, knowledge, withoutEffect } = about;
  const root = findSiteRoot(configPath);
  const site = resolveSite(config.site, root);
  const topics = toIncludedList(config.topics).map((topic) => resolveTopic(topic, knowledge, root));
  const { timeout: timeoutMs, spacing: spacingMs, shared, ...fetch } = config.fetch;
  const { lease: leaseMs, ...worker } = config.worker;
  const { images, duplicates, stories, credits, schedule, channels, languages, digests } = config;
  return {
    configPath: resolve(configPath),
    configFiles: text.files.map((file) => resolve(file)),
    readFrom: text.readFrom,
    root,
    site,
    sources: toIncludedList(config.sources).map((source, index) =>
      resolveSource(source, index, { config, site, topics, text, root }),
    ),
    topics,
    desk: resolveDesk(config.desk, text),
    publish: resolvePublish(config.publish, root),
    images,
    store: resolveStore(config.store, root),
    fetch: { ...fetch, timeoutMs, spacingMs, ...(shared !== undefined && { shared: resolve(root, shared) }) },
    duplicates,
    stories,
    ...omitEmptyLists({
      rules: resolveRules(config.rules, ['rules'], text, root),
      channels,
      languages,
      digests,
      enrich: config.enrich.map((command) => resolveCommand(command, root, site.language)),
    }),
    credits,
    retentionDays: config.retention,
    schedule,
    worker: { ...worker, leaseMs },
    announce: config.announce.map((target) => ({
      ...target,
      allowPrivateAddresses: target.allowPrivateAddresses ?? fetch.allowPrivateAddresses,
    })),
    withoutEffect,
    secrets: listSecrets(text.environment),
  };
}

function omitEmptyLists<T extends Readonly<Record<string, readonly unknown[]>>>(lists: T): Partial<T> {
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)) as Partial<T>;
}

/** Included files are merged already. A remaining name belongs to an unreadable file. */
function toIncludedList<T>(written: readonly T[] | string): readonly T[] {
  return typeof written === 'string' ? [] : written;
}

function resolveDesk(written: WrittenConfig['desk'], text: ConfigText): DeskSettings {
  const entries = toIncludedList(written).map((entry, index) => ({
    ...entry,
    line: text.line(['desk', index, 'article']),
  }));
  const digest = createHash('sha256').update(JSON.stringify(entries)).digest('base64url').slice(0, 22);
  return { path: resolve(text.deskFile), file: text.deskFile, writtenIn: text.deskIn, digest, entries };
}

function resolveSite({ icon, logo, ...site }: WrittenConfig['site'], root: string): SiteSettings {
  return {
    ...site,
    feedsUrl: site.feedsUrl ?? `${site.url}feeds/`,
    description: site.description ?? site.title,
    ...(icon !== undefined && { icon: resolve(root, icon) }),
    ...(logo !== undefined && {
      logo: { light: resolve(root, logo.light), ...(logo.dark !== undefined && { dark: resolve(root, logo.dark) }) },
    }),
  };
}

interface SourceContext {
  readonly config: WrittenConfig;
  readonly site: SiteSettings;
  readonly topics: readonly Topic[];
  readonly text: ConfigText;
  readonly root: string;
}

function resolveSource(written: WrittenSource, index: number, context: SourceContext): Source {
  const { config, site, text, root } = context;
  const {
    kind: kindName,
    url: _,
    feeds: __,
    path: ___,
    fetch,
    icon,
    rules,
    maxAge,
    paused,
    authors,
    group,
    options,
    ...same
  } = written;
  const id = same.id ?? deriveSourceId(written, (rest) => text.written(['sources', index, ...rest])) ?? '';
  const kind = findKind(kindName);
  const [url = '', ...moreFeeds] = resolveSourceAddresses(written, root);
  const source = {
    ...same,
    id,
    url,
    content: same.content ?? config.content,
    ...(paused !== undefined && { paused }),
    ...(authors !== undefined && { authors }),
    ...(group !== undefined && { group: { id: group, differs: listGroupDifferences(text.value, index) } }),
    ...(fetch === 'article' && { articlePages: true as const }),
    ...(icon !== undefined && { icon: 'file' in icon ? { file: resolve(root, icon.file) } : icon }),
    every: same.every ?? (url.startsWith('file:') ? null : (config.every ?? null)),
    allowPrivateAddresses: same.allowPrivateAddresses ?? config.fetch.allowPrivateAddresses,
    review: same.review ?? config.review,
    maxAgeDays: maxAge ?? config.retention,
    mayBeginOld: maxAge === undefined,
    ...omitEmptyLists({
      moreFeeds,
      secrets: listAddressSecrets(text.environment, index),
      rules: resolveRules(rules, ['sources', index, 'rules'], text, root),
    }),
  };
  if (kind.place === 'path') {
    const own = resolveOwnSource(written, id, context);
    const posts = own.kind === 'posts' && { title: source.title ?? site.title, content: 'full' as const };
    return { ...source, ...posts, ...OWN_LIMITS, own };
  }
  if (kind.name === 'feed') return source;
  const { name, absence, robots, accept = null, lists } = kind;
  return { ...source, reading: { kind: name, options, absence, robots, accept, ...(lists && { lists }) } };
}

function resolveSourceAddresses({ kind, url = '', feeds = [url], path = '' }: WrittenSource, root: string): string[] {
  if (findKind(kind).place === 'path') return [toOwnFileUrl(path, kind, root)];
  return feeds.map((one) => resolveSourceUrl(one, root));
}

/** The editor's own articles have no limit of number or age. */
const OWN_LIMITS = { perDay: 100_000, maxAgeDays: 36_525, mayBeginOld: true };

function resolveOwnSource(written: WrittenSource, id: string, { config, site, topics }: SourceContext): OwnSource {
  const { kind, path = '', options } = written;
  const { at = null } = (options ?? {}) as { readonly at?: string | null };
  const format = preferredFeedFormat(config.publish.formats) ?? 'rss';
  return {
    kind: kind as OwnSource['kind'],
    path: path.replace(/\/+$/, ''),
    homeUrl: site.url,
    feedUrl: `${site.feedsUrl}sources/${id}.${format}`,
    imagesUrl: `${site.feedsUrl}posts/${id}/`,
    ...(at !== null && { at }),
    language: site.language,
    topics: topics.map((topic) => topic.id),
  };
}

function resolveTopic({ icon, ...topic }: WrittenTopic, knowledge: TopicKnowledge, root: string): Topic {
  const ready = topic.id === undefined || topic.label === undefined ? knowledge.readyMadeTopic(topic) : null;
  const id = topic.id ?? ready?.id ?? '';
  return {
    ...topic,
    id,
    label: topic.label ?? ready?.label ?? toTopicName(id),
    ...(icon !== undefined && { icon: resolve(root, icon) }),
  };
}

function resolveCommand(command: WrittenConfig['enrich'][number], root: string, siteLanguage: string): EnrichCommand {
  const { timeout: timeoutMs, ...written } = command;
  const [program = '', ...args] = written.run;
  return {
    ...written,
    run: [/[/\\]/.test(program) ? resolve(root, program) : program, ...args],
    language: written.language ?? (written.as === 'translation' ? siteLanguage : null),
    timeoutMs,
  };
}

function resolvePublish({ dir, templates, ...publish }: WrittenConfig['publish'], root: string): PublishSettings {
  return {
    ...publish,
    dir: resolve(root, dir),
    templates: templates === undefined ? null : resolve(root, templates),
  };
}

function resolveStore({ kind, path, url, schema }: WrittenConfig['store'], root: string): StoreSettings {
  const places: readonly StoreSettings[] = [
    { kind: 'sqlite', path: resolve(root, path ?? STORE_FILE), url: null },
    { kind: 'postgres', path: null, url: url ?? null, schema },
    { kind: 'memory', path: null, url: null },
  ];
  const here = places.find((place) => place.kind === kind)!;
  return { ...here, others: places.filter((place) => place !== here && place.kind !== 'memory') };
}
