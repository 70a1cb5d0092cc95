/** Validated config → complete settings: defaults that depend on other keys filled in, paths absolute. */
import { resolve } from 'node:path';
import type { PublishSettings, Settings, SiteSettings, StoreSettings } from '../model/settings.js';
import type { Source } from '../model/source.js';
import type { Topic } from '../model/topic.js';
import { secretsInAddress, secretsOf } from './environment.js';
import type { ConfigText } from './files.js';
import { rootOf, sourceUrl } from './paths.js';
import { parseDuration, parseSize } from './quantities.js';
import type { TopicKnowledge } from './rules.js';
import type { WrittenConfig, WrittenSource, WrittenTopic } from './schema.js';
import { sourceIdOf } from './source-id.js';
import { isBuilt } from './without-effect.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The config must have passed all checks. */
export function resolveSettings(
  config: WrittenConfig,
  about: {
    readonly configPath: string;
    readonly text: Pick<ConfigText, 'files' | 'readFrom' | 'environment' | 'written'>;
    readonly knowledge: TopicKnowledge;
    readonly withoutEffect: readonly string[];
  },
): Settings {
  const { configPath, text, knowledge, withoutEffect } = about;
  const root = rootOf(configPath);
  const { sources, topics, fetch } = config;
  return {
    configPath: resolve(configPath),
    configFiles: text.files.map((file) => resolve(file)),
    readFrom: text.readFrom,
    root,
    site: siteSettings(config.site),
    sources: includedList(sources).map((source, index) => {
      const [first = ''] = source.feeds ?? [source.url ?? ''];
      const path = ['sources', index, ...(source.feeds === undefined ? ['url'] : ['feeds', 0])];
      const id = source.id ?? sourceIdOf(text.written(path) ?? first);
      const secrets = secretsInAddress(text.environment, index);
      return {
        ...resolvedSource(source, id, root, fetch.allowPrivateAddresses, config),
        ...(secrets.length > 0 && { secrets }),
      };
    }),
    topics: includedList(topics).map((topic) => resolvedTopic(topic, knowledge)),
    publish: publishOf(config.publish, root),
    store: storeSettings(config.store, root),
    fetch: {
      timeoutMs: ms(fetch.timeout),
      maxBytes: parseSize(fetch.maxBytes) ?? 0,
      concurrency: fetch.concurrency,
      perHost: fetch.perHost,
      spacingMs: ms(fetch.spacing),
      allowPrivateAddresses: fetch.allowPrivateAddresses,
    },
    duplicates: config.duplicates,
    stories: config.stories,
    credits: config.credits,
    retentionDays: ms(config.retention) / DAY,
    schedule: config.schedule,
    worker: config.worker,
    withoutEffect,
    secrets: secretsOf(text.environment),
  };
}

/** Included files are merged by now: a remaining name is of a file that could not be read. */
function includedList<T>(written: readonly T[] | string): readonly T[] {
  return typeof written === 'string' ? [] : written;
}

function ms(duration: string): number {
  return parseDuration(duration) ?? 0;
}

function siteSettings(site: WrittenConfig['site']): SiteSettings {
  const url = folder(site.url);
  return {
    title: site.title.trim(),
    url,
    feedsUrl: folder(site.feedsUrl ?? `${url}feeds/`),
    description: (site.description ?? site.title).trim(),
    language: canonicalLanguage(site.language),
    contact: site.contact ?? null,
    comments: site.comments ?? null,
  };
}

function folder(url: string): string {
  const { href } = new URL(url);
  return href.endsWith('/') ? href : `${href}/`;
}

function canonicalLanguage(tag: string): string {
  return Intl.getCanonicalLocales(tag)[0] ?? tag;
}

function resolvedSource(
  source: WrittenSource,
  id: string,
  root: string,
  privateAddresses: boolean,
  { every, retention }: Pick<WrittenConfig, 'every' | 'retention'>,
): Source {
  const [url = '', ...moreFeeds] = (source.feeds ?? [source.url ?? '']).map((one) => sourceUrl(one, root));
  const wish = source.every ?? (url.startsWith('file:') ? undefined : every);
  return {
    id,
    url,
    ...(moreFeeds.length > 0 && { moreFeeds }),
    title: source.title?.trim() ?? null,
    ...(source.formerly && { formerly: source.formerly }),
    topics: source.topics,
    content: source.content,
    every: wish === undefined ? null : ms(wish) / MINUTE,
    headers: source.headers,
    proxy: source.proxy ?? null,
    allowPrivateAddresses: source.allowPrivateAddresses ?? privateAddresses,
    withdrawn: source.withdrawn,
    perDay: source.perDay,
    maxAgeDays: ms(source.maxAge ?? retention) / DAY,
    mayBeginOld: source.maxAge === undefined,
  };
}

function resolvedTopic(topic: WrittenTopic, knowledge: TopicKnowledge): Topic {
  const ready = topic.id === undefined || topic.label === undefined ? knowledge.readyMadeTopic(topic) : null;
  const id = topic.id ?? ready?.id ?? '';
  return { ...topic, id, label: topic.label ?? ready?.label ?? id };
}

function publishOf(publish: WrittenConfig['publish'], root: string): PublishSettings {
  const { dir, hub, templates, ...rest } = publish;
  return {
    ...rest,
    formats: [...new Set(rest.formats)],
    dir: resolve(root, dir),
    hub: hub ?? null,
    templates: templates === undefined ? null : resolve(root, templates),
  };
}

/** A planned backend has no effect yet: sqlite is used. */
function storeSettings(store: WrittenConfig['store'], root: string): StoreSettings {
  const kind = isBuilt(store.kind) ? store.kind : 'sqlite';
  const path = kind === 'sqlite' ? resolve(root, store.path ?? '.newsloom/newsloom.db') : null;
  return { kind, path, url: store.url ?? null };
}
