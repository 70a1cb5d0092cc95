/** Validated config → complete settings: defaults that depend on other keys filled in, paths absolute. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { AnnounceTarget } from '../model/announcing.js';
import type { DeskSettings } from '../model/desk.js';
import type { Reservation } from '../model/reservation.js';
import type { PublishSettings, Settings, SiteSettings, StoreSettings } from '../model/settings.js';
import type { OwnSource, Source } from '../model/source.js';
import { nameFromId, type Topic } from '../model/topic.js';
import { kindNamed } from '../parse/kinds.js';
import { sourceIdOf } from '../text/url/source-id.js';
import { preferredFeedFormat } from '../write/formats.js';
import { resolvedChannel, resolvedDigest, resolvedLanguages } from './channels/resolve.js';
import { resolvedRules } from './editing/resolve-rules.js';
import { resolvedCommand } from './enrich/resolve.js';
import { secretsInAddress, secretsOf } from './environment.js';
import { kindOptions } from './fields/kind-options.js';
import { resolvedBucket } from './fields/s3.js';
import type { ConfigText } from './files.js';
import { ownUrl, rootOf, sourceUrl } from './paths.js';
import { parseDuration, parseQuiet, parseSize } from './quantities.js';
import type { TopicKnowledge } from './rules.js';
import type { WrittenConfig, WrittenDeskEntry, WrittenSource, WrittenTarget, WrittenTopic } from './schema.js';
import { isHttpUrl } from './values.js';

/** `fetch.concurrency: auto` */
const AUTO = { least: 32, most: 512 };

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The config must have passed all checks. */
export function resolveSettings(
  config: WrittenConfig,
  about: {
    readonly configPath: string;
    readonly text: Pick<
      ConfigText,
      'files' | 'deskFile' | 'deskIn' | 'line' | 'readFrom' | 'environment' | 'written' | 'problem'
    >;
    readonly knowledge: TopicKnowledge;
    readonly withoutEffect: readonly string[];
  },
): Settings {
  const { configPath, text, knowledge, withoutEffect } = about;
  const root = rootOf(configPath);
  const { sources, fetch } = config;
  const site = siteSettings(config.site, root);
  const topics = includedList(config.topics).map((topic) => resolvedTopic(topic, knowledge, root));
  return {
    configPath: resolve(configPath),
    configFiles: text.files.map((file) => resolve(file)),
    readFrom: text.readFrom,
    root,
    site,
    sources: includedList(sources).map((source, index) => {
      const [first = ''] = source.feeds ?? [source.url ?? ''];
      const path = ['sources', index, ...(source.feeds === undefined ? ['url'] : ['feeds', 0])];
      const id = source.id ?? sourceIdOf(text.written(path) ?? first);
      const secrets = secretsInAddress(text.environment, index);
      const resolved = resolvedSource(source, id, root, config);
      const own = ownSource(source, id, { site, topics, formats: config.publish.formats });
      return {
        ...resolved,
        ...(secrets.length > 0 && { secrets }),
        ...(source.rules.length > 0 && { rules: resolvedRules(source.rules, ['sources', index, 'rules'], text, root) }),
        ...(own !== null && { ...OWN_LIMITS, own }),
        ...readingOf(source),
        ...(own?.kind === 'posts' && { title: resolved.title ?? site.title, content: 'full' as const }),
      };
    }),
    topics,
    ...(config.rules.length > 0 && { rules: resolvedRules(config.rules, ['rules'], text, root) }),
    desk: deskSettings(includedList(config.desk), text),
    publish: publishOf(config.publish, root),
    images: config.images,
    store: storeSettings(config.store, root),
    fetch: {
      timeoutMs: ms(fetch.timeout),
      maxBytes: parseSize(fetch.maxBytes) ?? 0,
      concurrency: fetch.concurrency === 'auto' ? AUTO : fetch.concurrency,
      perHost: fetch.perHost,
      spacingMs: ms(fetch.spacing),
      allowPrivateAddresses: fetch.allowPrivateAddresses,
    },
    duplicates: config.duplicates,
    stories: config.stories,
    ...(config.channels.length > 0 && { channels: config.channels.map(resolvedChannel) }),
    ...(config.languages.length > 0 && { languages: resolvedLanguages(config.languages) }),
    ...(config.digests.length > 0 && { digests: config.digests.map(resolvedDigest) }),
    credits: config.credits,
    retentionDays: ms(config.retention) / DAY,
    schedule: config.schedule,
    worker: {
      port: config.worker.port,
      publicUrl: folderOrNull(config.worker.publicUrl),
      role: config.worker.role,
      leaseMs: ms(config.worker.lease),
    },
    announce: config.announce.map((target) => announceTarget(target, fetch.allowPrivateAddresses)),
    ...(config.enrich.length > 0 && {
      enrich: config.enrich.map((command) => resolvedCommand(command, root, site.language)),
    }),
    withoutEffect,
    secrets: secretsOf(text.environment),
  };
}

function deskSettings(
  written: readonly WrittenDeskEntry[],
  text: Pick<ConfigText, 'deskFile' | 'deskIn' | 'line'>,
): DeskSettings {
  const entries = written.map((entry, index) => ({ ...entry, line: text.line(['desk', index, 'article']) }));
  const digest = createHash('sha256').update(JSON.stringify(entries)).digest('base64url').slice(0, 22);
  return { path: resolve(text.deskFile), file: text.deskFile, writtenIn: text.deskIn, digest, entries };
}

/** Included files are merged by now: a remaining name is of a file that could not be read. */
function includedList<T>(written: readonly T[] | string): readonly T[] {
  return typeof written === 'string' ? [] : written;
}

function ms(duration: string): number {
  return parseDuration(duration) ?? 0;
}

function siteSettings(site: WrittenConfig['site'], root: string): SiteSettings {
  const url = folder(site.url);
  return {
    title: site.title.trim(),
    url,
    feedsUrl: folder(site.feedsUrl ?? `${url}feeds/`),
    description: (site.description ?? site.title).trim(),
    ...(site.parent !== undefined && {
      parent: { title: site.parent.title.trim(), url: new URL(site.parent.url).href },
    }),
    language: canonicalLanguage(site.language),
    timezone: site.timezone,
    contact: site.contact ?? null,
    comments: site.comments ?? null,
    ...reservationOf(site.reservation),
    ...(site.icon !== undefined && { icon: resolve(root, site.icon) }),
  };
}

/** `tdm`: without terms. */
function reservationOf(written: string | undefined): { reservation?: Reservation } {
  return written === undefined ? {} : { reservation: { policy: written === 'tdm' ? null : new URL(written).href } };
}

function folder(url: string): string {
  const { href } = new URL(url);
  return href.endsWith('/') ? href : `${href}/`;
}

function folderOrNull(url: string | undefined): string | null {
  return url === undefined ? null : folder(url);
}

function announceTarget(target: WrittenTarget, allowPrivateAddresses: boolean): AnnounceTarget {
  const { id, to, token, account, secret, quiet } = target;
  return {
    ...target,
    id: id ?? to,
    of: [...new Set(target.of)],
    token: token ?? null,
    account: account ?? null,
    secret: secret ?? null,
    quiet: quiet === undefined ? null : parseQuiet(quiet),
    allowPrivateAddresses: target.allowPrivateAddresses ?? allowPrivateAddresses,
  };
}

function canonicalLanguage(tag: string): string {
  return Intl.getCanonicalLocales(tag)[0] ?? tag;
}

function resolvedSource(
  source: WrittenSource,
  id: string,
  root: string,
  {
    content,
    fetch,
    every,
    retention,
    review,
  }: Pick<WrittenConfig, 'content' | 'fetch' | 'every' | 'retention' | 'review'>,
): Source {
  const [url = '', ...moreFeeds] = addressesOf(source, root);
  const wish = source.every ?? (url.startsWith('file:') ? undefined : every);
  return {
    id,
    url,
    ...(moreFeeds.length > 0 && { moreFeeds }),
    title: source.title?.trim() ?? null,
    ...(source.formerly && { formerly: source.formerly }),
    topics: source.topics,
    content: source.content ?? content,
    ...(source.fetch === 'article' && { articlePages: true as const }),
    ...(source.images !== undefined && { images: source.images }),
    ...(source.icon !== undefined && { icon: iconOf(source.icon, root) }),
    ...reservationOf(source.reservation),
    every: wish === undefined ? null : ms(wish) / MINUTE,
    headers: source.headers,
    proxy: source.proxy ?? null,
    allowPrivateAddresses: source.allowPrivateAddresses ?? fetch.allowPrivateAddresses,
    withdrawn: source.withdrawn,
    review: source.review ?? review,
    perDay: source.perDay,
    maxAgeDays: ms(source.maxAge ?? retention) / DAY,
    mayBeginOld: source.maxAge === undefined,
  };
}

function iconOf(icon: string, root: string): NonNullable<Source['icon']> {
  return isHttpUrl(icon) ? { url: new URL(icon).href } : { file: resolve(root, icon) };
}

/** Of a feed, or several; of what the editor writes, the address of its file or folder. */
function addressesOf({ kind, url = '', feeds, path = '' }: WrittenSource, root: string): string[] {
  if (kindNamed(kind).place === 'path') return [ownUrl(path, kind, root)];
  return (feeds ?? [url]).map((one) => sourceUrl(one, root));
}

/** Nothing for a feed, and for what the editor writes. */
function readingOf(source: WrittenSource): Pick<Source, 'reading'> {
  const kind = kindNamed(source.kind);
  if (kind.name === 'feed' || kind.place === 'path') return {};
  const { name, absence, robots, accept = null, lists } = kind;
  const options = kindOptions(kind, source);
  return { reading: { kind: name, options, absence, robots, accept, ...(lists && { lists }) } };
}

/** What the editor writes is wanted, however much and however old. */
const OWN_LIMITS = { perDay: 100_000, maxAgeDays: 36_525, mayBeginOld: true };

/** null: a publisher's feed. */
function ownSource(
  source: WrittenSource,
  id: string,
  about: Pick<Settings, 'site' | 'topics'> & { readonly formats: readonly string[] },
): OwnSource | null {
  const { kind, path = '' } = source;
  if (kind !== 'posts' && kind !== 'links') return null;
  const at = kind === 'posts' ? (kindOptions(kindNamed(kind), source) as { at: string | null }).at : null;
  const { url: homeUrl, feedsUrl, language } = about.site;
  const format = preferredFeedFormat(about.formats) ?? 'rss';
  return {
    kind,
    path: path.replace(/\/+$/, ''),
    homeUrl,
    feedUrl: `${feedsUrl}sources/${id}.${format}`,
    imagesUrl: `${feedsUrl}posts/${id}/`,
    ...(at !== null && { at }),
    language,
    topics: about.topics.map((topic) => topic.id),
  };
}

function resolvedTopic({ icon, ...topic }: WrittenTopic, knowledge: TopicKnowledge, root: string): Topic {
  const ready = topic.id === undefined || topic.label === undefined ? knowledge.readyMadeTopic(topic) : null;
  const id = topic.id ?? ready?.id ?? '';
  return {
    ...topic,
    id,
    label: topic.label ?? ready?.label ?? nameFromId(id),
    ...(icon !== undefined && { icon: resolve(root, icon) }),
  };
}

function publishOf(publish: WrittenConfig['publish'], root: string): PublishSettings {
  const { dir, s3, hub, menu, templates, ...rest } = publish;
  return {
    ...rest,
    formats: [...new Set(rest.formats)],
    embed: [...new Set(rest.embed)],
    dir: resolve(root, dir),
    ...(s3 !== undefined && { s3: resolvedBucket(s3) }),
    hub: hub ?? null,
    menu: menu === undefined ? null : [...new Set(menu)],
    templates: templates === undefined ? null : resolve(root, templates),
  };
}

function storeSettings({ kind, path, url, schema }: WrittenConfig['store'], root: string): StoreSettings {
  const places: readonly StoreSettings[] = [
    { kind: 'sqlite', path: resolve(root, path ?? '.newsloom/newsloom.db'), url: null },
    { kind: 'postgres', path: null, url: url ?? null, schema },
    { kind: 'memory', path: null, url: null },
  ];
  const here = places.find((place) => place.kind === kind)!;
  return { ...here, others: places.filter((place) => place !== here && place.kind !== 'memory') };
}
