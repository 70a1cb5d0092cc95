/** The one place that picks: settings → adapters → pipeline. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from './app/open-store.js';
import { type RestoreReport, restoreLost } from './app/restore-site.js';
import { composeFailures } from './compose/failures.js';
import { topicLabel } from './compose/label.js';
import { loadSettings } from './config/load.js';
import { readTheme } from './config/theme.js';
import { createHttpFetcher, type HttpFetcherOptions } from './fetch/http.js';
import { createHub } from './fetch/hub.js';
import type { ArticleRef } from './model/article.js';
import type { OutputFile } from './model/edition.js';
import type { Theme } from './model/page.js';
import type { Settings, StoreSettings } from './model/settings.js';
import type { FetchState, SourceHealth, SourceId } from './model/source.js';
import { version } from './observe/version.js';
import { clusterNew } from './pipeline/cluster.js';
import type { Ingested, Read } from './pipeline/ingest.js';
import { ping } from './pipeline/ping.js';
import { publish } from './pipeline/publish.js';
import { createReader } from './pipeline/read.js';
import { type Published, type RunResult, run, type Settled } from './pipeline/run.js';
import { sectionFiles } from './pipeline/section.js';
import { mintNew, placeArticles, retagStale } from './pipeline/settle.js';
import { type SourcesNow, sourceStatuses } from './pipeline/status-files.js';
import type { Tagging, TagSetup } from './pipeline/tagging.js';
import { newestStories, withCopies } from './pipeline/told-stories.js';
import { machineClock } from './pipeline/turns.js';
import { currentState } from './politeness/ask.js';
import type { Fetcher, Store } from './ports.js';
import { createDirectorySink } from './sink/directory.js';
import { topicsFingerprint } from './tag/fingerprint.js';
import { iptcProblem } from './tag/iptc.js';
import { placeTopic } from './tag/place.js';
import { createTagger } from './tag/tag.js';
import { formats } from './write/formats.js';
import { TEMPLATE_NAMES } from './write/html/template-names.js';

/** Told what happens while a run goes on; results come back as its report. */
export interface RunWatch {
  /** `asked`: the sources whose turn will come in this run. */
  start(total: number, asked: readonly SourceId[]): void;
  done(sourceId: SourceId, result: Ingested | 'held'): void;
  /** All that could be read was read: what came in is sorted and published now. */
  publishing?(): void;
  /** `topics`: labels of those whose feeds are new, in the order of the config. */
  published(topics: readonly string[]): void;
  /** The store was lost: it was made anew from what is published. */
  restored?(report: RestoreReport): void;
  readonly meter?: RunMeter;
}

/** Told how long things took, in milliseconds. */
export interface RunMeter {
  /** `bytes` on the wire. */
  fetched(ms: number, bytes: number): void;
  parsed(ms: number, format: string): void;
  published(ms: number, outcome: 'changed' | 'unchanged' | 'failed'): void;
}

export interface RunSiteOptions {
  readonly now: Date;
  readonly force: boolean;
  readonly only: ReadonlySet<SourceId> | null;
  readonly offline: boolean;
  readonly dryRun: boolean;
  readonly forcePublish: boolean;
  /** What becomes of an empty store where an edition of this site is published; `auto` (default): restored from it first. */
  readonly restore?: 'auto' | 'never';
  readonly resolve?: HttpFetcherOptions['resolve'];
  readonly signal: AbortSignal;
  readonly watch: RunWatch;
}

type States = ReadonlyMap<SourceId, FetchState>;

/** @throws ConfigError with every mistake at once. */
export function loadSite(configPath: string, env: Readonly<Record<string, string | undefined>>): Promise<Settings> {
  return loadSettings(configPath, env, { iptcProblem, placeTopic });
}

/** One run of a site: everything opened, used and closed again. Rejects as `run` does, and where the store is held by another. */
export async function runSite(settings: Settings, options: RunSiteOptions): Promise<RunResult> {
  const dryRun = options.dryRun ? await copyOfStore(settings.store) : null;
  const store = dryRun?.settings ?? settings.store;
  try {
    const site = await openSite({ ...settings, store }, options);
    return await site.run(settings, options).finally(() => site.close());
  } finally {
    await dryRun?.remove();
  }
}

/** A store that was lost must not make old news new again. */
async function restoreFirst(
  settings: Settings,
  { restore = 'auto', signal, watch }: Pick<RunSiteOptions, 'restore' | 'signal' | 'watch'>,
): Promise<void> {
  const report = restore === 'auto' ? await restoreLost(settings, signal) : null;
  if (report !== null) watch.restored?.(report);
}

/** A site whose store is open: as long as it stands, no other newsloom writes to that store. */
export interface OpenSite {
  /** One run at a time. Rejects as `run` does. */
  run(settings: Settings, options: RunSiteOptions): Promise<RunResult>;
  /** How many of the configured sources are in each state. */
  health(settings: Settings): Promise<ReadonlyMap<SourceHealth, number>>;
  /** Also in the middle of a run, which then fails. */
  close(): Promise<void>;
}

/** @throws StoreError STORE_LOCKED where another newsloom holds the store. */
export async function openSite(
  settings: Settings,
  options: Pick<RunSiteOptions, 'restore' | 'signal' | 'watch'>,
): Promise<OpenSite> {
  await restoreFirst(settings, options);
  const store = await openStore(settings.store, 'write');
  const tools = new Set<{ close(): Promise<void> }>();
  const closeTools = async () => {
    const open = [...tools];
    tools.clear();
    await Promise.all(open.map((tool) => tool.close()));
  };
  return {
    run: (settings, options) => runWith(store, settings, options, tools).finally(closeTools),
    health: async (settings) => sourceHealth(settings, await store.fetchStates()),
    close: async () => {
      await Promise.all([closeTools(), store.close()]);
    },
  };
}

/** `tools`: what the run opens, for whoever must close it. */
async function runWith(
  store: Store,
  settings: Settings,
  options: RunSiteOptions,
  tools: Set<{ close(): Promise<void> }>,
): Promise<RunResult> {
  const now = wholeSeconds(options.now);
  const { meter } = options.watch;
  const fetcher = createHttpFetcher({
    ...settings.fetch,
    userAgent: userAgent(settings),
    ...(options.resolve === undefined ? {} : { resolve: options.resolve }),
  });
  const reader = createReader({ tags: tagSetup(settings) });
  tools.add(fetcher).add(reader);
  const tagging = createTagging(settings);
  return await run(
    {
      sources: settings.sources,
      store,
      fetcher: meter === undefined ? fetcher : meteredFetcher(fetcher, meter),
      limits: settings.fetch,
      read: meter === undefined ? reader.read : meteredRead(reader.read, meter),
      tagging,
      credits: settings.credits,
      settle: (states, turned) => {
        options.watch.publishing?.();
        return settle(settings, store, states, tagging, turned);
      },
      publish: (states, signal) => publishSite(settings, store, states, { ...options, now, signal }),
      clock: machineClock,
      progress: options.watch,
    },
    { ...options, now },
    options.signal,
  );
}

function meteredFetcher(fetcher: Fetcher, meter: RunMeter): Fetcher {
  return {
    ...fetcher,
    fetch: async (request, signal) => {
      const began = performance.now();
      const answer = await fetcher.fetch(request, signal);
      meter.fetched(performance.now() - began, answer.wireBytes);
      return answer;
    },
  };
}

function meteredRead(read: Read, meter: RunMeter): Read {
  return async (...task) => {
    const began = performance.now();
    const document = await read(...task);
    meter.parsed(performance.now() - began, document.format);
    return document;
  };
}

function sourceHealth({ sources }: Settings, states: States): Map<SourceHealth, number> {
  const counts = new Map<SourceHealth, number>();
  for (const source of sources) {
    const { health } = currentState(states.get(source.id) ?? null, source);
    counts.set(health, (counts.get(health) ?? 0) + 1);
  }
  return counts;
}

async function settle(
  settings: Settings,
  store: Store,
  states: States,
  tagging: Tagging,
  turned: readonly ArticleRef[],
): Promise<Settled> {
  const siteHost = new URL(settings.site.url).hostname;
  await mintNew(store, { siteHost, hosts: sourceHosts(settings, states) });
  await retagStale(store, tagging);
  const { stands } = await clusterNew(store, { siteHost });
  const plan = {
    topics: new Set(settings.topics.map(({ id }) => id)),
    sources: new Set(settings.sources.map(({ id }) => id)),
    duplicates: settings.duplicates,
  };
  await placeArticles(store, plan, [...stands, ...(await withCopies(store, turned))]);
  return { stories: await store.countStories() };
}

/** Where each source lives: on the host of its address, and of its home page. */
function sourceHosts(settings: Settings, states: States): Map<SourceId, string[]> {
  return new Map(
    settings.sources.map(({ id, url }) => {
      const homeUrl = states.get(id)?.profile?.homeUrl;
      return [id, [url, ...(homeUrl == null ? [] : [homeUrl])].map((one) => new URL(one).hostname)];
    }),
  );
}

type PublishOptions = Pick<RunSiteOptions, 'dryRun' | 'forcePublish' | 'now' | 'resolve' | 'signal' | 'watch'>;

async function publishSite(
  settings: Settings,
  store: Store,
  states: States,
  options: PublishOptions,
): Promise<Published> {
  const began = performance.now();
  const told = (outcome: 'changed' | 'unchanged' | 'failed') =>
    options.watch.meter?.published(performance.now() - began, outcome);
  const chosen = formats.filter(({ name }) => settings.publish.formats.includes(name));
  const profiles = new Map(
    [...states].flatMap(([id, { profile }]) => (profile === null ? [] : [[id, profile] as const])),
  );
  const { prefer } = settings.stories;
  const theme = await themeOf(settings);
  const { parts, health } = await sectionFiles({ store, settings, profiles, states, prefer, theme, now: options.now });
  const result = await publish(
    {
      store,
      sink: createDirectorySink(settings.publish.dir),
      writers: await Promise.all(chosen.map(({ load }) => load())),
      settings,
      profiles,
      stories: (limit) => newestStories(store, prefer, limit),
      parts,
      health: [...health, ...(await failureFeed(settings, { settings, profiles, states }))],
      now: options.now,
      mode: options.dryRun ? 'dry-run' : 'publish',
      gate: options.forcePublish ? 'force' : 'check',
    },
    options.signal,
  ).catch((error: unknown) => {
    told('failed');
    throw error;
  });
  told(result.changed ? 'changed' : 'unchanged');
  options.watch.published(topicsIn(result.written, settings));
  const warnings = options.dryRun ? [] : await tellHub(settings, result.changedFeeds, options);
  return { files: result.files, changed: result.changed, warnings };
}

function topicsIn(written: readonly string[], { topics, site }: Settings): string[] {
  const ids = new Set(written.flatMap((path) => /^topics\/([^./]+)\.(?:rss|atom|json)$/.exec(path)?.[1] ?? []));
  return topics.filter(({ id }) => ids.has(id)).map((topic) => topicLabel(topic, site.language));
}

/** For the editor, where it is wanted. */
async function failureFeed({ publish: { failures } }: Settings, about: SourcesNow): Promise<OutputFile[]> {
  if (!failures) return [];
  const { writeAtom } = await import('./write/atom/atom.js');
  return [{ path: 'failures.atom', bytes: writeAtom(composeFailures(about.settings, sourceStatuses(about))) }];
}

/** null: the site publishes no pages. */
async function themeOf({ publish: { formats: chosen, templates } }: Settings): Promise<Theme | null> {
  if (!chosen.includes('html')) return null;
  return templates === null ? { templates: {}, stylesheet: '' } : await readTheme(templates, TEMPLATE_NAMES);
}

/** WebSub, once the files are live. No source is to blame where it fails. */
async function tellHub(
  settings: Settings,
  feedUrls: readonly string[],
  { resolve, signal }: PublishOptions,
): Promise<Published['warnings']> {
  const { hub: hubUrl } = settings.publish;
  if (hubUrl === null || feedUrls.length === 0) return [];
  const hub = createHub({
    ...settings.fetch,
    userAgent: userAgent(settings),
    ...(resolve === undefined ? {} : { resolve }),
  });
  try {
    const messages = await ping(hub, hubUrl, feedUrls, signal);
    return messages.map((message) => ({ sourceId: 'publish.hub', message }));
  } finally {
    await hub.close();
  }
}

function tagSetup({ topics, sources }: Settings): TagSetup {
  return { topics, defaults: new Map(sources.map((source) => [source.id, source.topics])) };
}

function createTagging(settings: Settings): Tagging {
  const { topics, defaults } = tagSetup(settings);
  const tagger = createTagger(topics, { defaults });
  const asked = phrasesByTopic(topics);
  return {
    fingerprint: topicsFingerprint(topics, defaults),
    tag: (input) => tagger.tag(input),
    stillGives: ({ topicId, because }) =>
      because.every(({ phrase, field }) => field !== 'content' || asked.get(topicId)?.has(phrase)),
  };
}

/** What each topic asks for, those below it included. */
function phrasesByTopic(topics: Settings['topics']): Map<string, Set<string>> {
  const byTopic = new Map(
    topics.map(({ id, any = [], all = [], near = [] }) => [id, new Set([...any, ...all, ...near.flat()])]),
  );
  for (const { id, parent } of topics) {
    const seen = new Set([id]);
    for (
      let above = parent;
      above !== undefined && !seen.has(above);
      above = topics.find((one) => one.id === above)?.parent
    ) {
      seen.add(above);
      for (const phrase of byTopic.get(id) ?? []) byTopic.get(above)?.add(phrase);
    }
  }
  return byTopic;
}

/** A dry run does all its work on a copy, so that it can write nothing by mistake. */
async function copyOfStore(settings: StoreSettings): Promise<{ settings: StoreSettings; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'newsloom-dry-run-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  if (settings.path === null) return { settings, remove };
  const path = join(folder, 'newsloom.db');
  for (const tail of ['', '-wal']) await copyFile(`${settings.path}${tail}`, `${path}${tail}`).catch(ignoreMissing);
  return { settings: { ...settings, path }, remove };
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** Fetcher etiquette: who asks, and where to complain. */
function userAgent({ site }: Settings): string {
  return `newsloom/${version}${site.contact === null ? '' : ` (+${site.contact})`}`;
}

/** RSS knows no finer time, and all formats must say the same. */
function wholeSeconds(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 1000) * 1000);
}
