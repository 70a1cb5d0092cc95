/** The one place that picks: settings → adapters → pipeline. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RestoreReport, restoreLost } from './app/restore-site.js';
import { loadSettings } from './config/load.js';
import { readTheme } from './config/theme.js';
import { createHttpFetcher, type HttpFetcherOptions } from './fetch/http.js';
import { StoreError } from './model/errors.js';
import type { Theme } from './model/page.js';
import type { Settings, StoreSettings } from './model/settings.js';
import type { FetchState, SourceId } from './model/source.js';
import { version } from './observe/version.js';
import { clusterNew } from './pipeline/cluster.js';
import type { Ingested } from './pipeline/ingest.js';
import { publish } from './pipeline/publish.js';
import { createReader } from './pipeline/read.js';
import { type Published, type RunResult, run, type Settled } from './pipeline/run.js';
import { mintNew, placeArticles, retagStale } from './pipeline/settle.js';
import type { Tagging } from './pipeline/tagging.js';
import { sectionFiles } from './pipeline/section.js';
import { newestStories } from './pipeline/told-stories.js';
import { machineClock } from './pipeline/turns.js';
import type { Store } from './ports.js';
import { createDirectorySink } from './sink/directory.js';
import { backends } from './store/backends.js';
import { topicsFingerprint } from './tag/fingerprint.js';
import { iptcProblem } from './tag/iptc.js';
import { placeTopic } from './tag/place.js';
import { createTagger } from './tag/tag.js';
import { formats } from './write/formats.js';
import { TEMPLATE_NAMES } from './write/html/template-names.js';

/** Told what happens while a run goes on; results come back as its report. */
export interface RunWatch {
  start(total: number): void;
  done(sourceId: SourceId, result: Ingested | 'held'): void;
  published(): void;
  /** The store was lost: it was made anew from what is published. */
  restored?(report: RestoreReport): void;
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
    await restoreFirst({ ...settings, store }, options);
    return await runWith(store, settings, options);
  } finally {
    await dryRun?.remove();
  }
}

/** A store that was lost must not make old news new again. */
async function restoreFirst(settings: Settings, { restore = 'auto', signal, watch }: RunSiteOptions): Promise<void> {
  const report = restore === 'auto' ? await restoreLost(settings, signal) : null;
  if (report !== null) watch.restored?.(report);
}

async function runWith(storeSettings: StoreSettings, settings: Settings, options: RunSiteOptions): Promise<RunResult> {
  const now = wholeSeconds(options.now);
  const store = await openStore(storeSettings);
  const fetcher = createHttpFetcher({
    ...settings.fetch,
    userAgent: userAgent(settings),
    ...(options.resolve === undefined ? {} : { resolve: options.resolve }),
  });
  const reader = createReader();
  const tagging = createTagging(settings);
  try {
    return await run(
      {
        sources: settings.sources,
        store,
        fetcher,
        limits: settings.fetch,
        read: reader.read,
        tagging,
        credits: settings.credits,
        settle: (states) => settle(settings, store, states, tagging),
        publish: (states, signal) => publishSite(settings, store, states, { ...options, now, signal }),
        clock: machineClock,
        progress: options.watch,
      },
      { ...options, now },
      options.signal,
    );
  } finally {
    await Promise.all([reader.close(), fetcher.close(), store.close()]);
  }
}

async function settle(settings: Settings, store: Store, states: States, tagging: Tagging): Promise<Settled> {
  const siteHost = new URL(settings.site.url).hostname;
  await mintNew(store, { siteHost, hosts: sourceHosts(settings, states) });
  await retagStale(store, tagging);
  const { stands } = await clusterNew(store, { siteHost });
  const plan = {
    topics: new Set(settings.topics.map(({ id }) => id)),
    sources: new Set(settings.sources.map(({ id }) => id)),
    duplicates: settings.duplicates,
  };
  await placeArticles(store, plan, stands);
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

async function publishSite(
  settings: Settings,
  store: Store,
  states: States,
  options: Pick<RunSiteOptions, 'dryRun' | 'forcePublish' | 'now' | 'signal' | 'watch'>,
): Promise<Published> {
  const chosen = formats.filter(({ name }) => settings.publish.formats.includes(name));
  const profiles = new Map(
    [...states].flatMap(([id, { profile }]) => (profile === null ? [] : [[id, profile] as const])),
  );
  const { prefer } = settings.stories;
  const result = await publish(
    {
      store,
      sink: createDirectorySink(settings.publish.dir),
      writers: await Promise.all(chosen.map(({ load }) => load())),
      settings,
      profiles,
      stories: (limit) => newestStories(store, prefer, limit),
      ...(await sectionFiles({ store, settings, profiles, states, prefer, theme: await themeOf(settings), now: options.now })),
      now: options.now,
      mode: options.dryRun ? 'dry-run' : 'publish',
      gate: options.forcePublish ? 'force' : 'check',
    },
    options.signal,
  );
  options.watch.published();
  return { files: result.files, changed: result.changed, warnings: [] };
}

/** null: the site publishes no pages. */
async function themeOf({ publish: { formats: chosen, templates } }: Settings): Promise<Theme | null> {
  if (!chosen.includes('html')) return null;
  return templates === null ? { templates: {}, stylesheet: '' } : await readTheme(templates, TEMPLATE_NAMES);
}

function createTagging({ topics, sources }: Settings): Tagging {
  const defaults = new Map(sources.map((source) => [source.id, source.topics]));
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

async function openStore(settings: StoreSettings): Promise<Store> {
  const backend = backends.find(({ name }) => name === settings.kind);
  if (backend === undefined) throw new StoreError('STORE_DRIVER', `there is no store of kind "${settings.kind}"`);
  return (await backend.load()).open(settings, 'write');
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
