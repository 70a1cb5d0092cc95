/** A site's store → its published folder, then the hub is told. */
import { topicLabel } from '../compose/label.js';
import { readTheme } from '../config/theme.js';
import type { HubOptions } from '../fetch/hub.js';
import type { OutputFile } from '../model/edition.js';
import type { Theme } from '../model/page.js';
import type { Settings } from '../model/settings.js';
import type { SourceFacts, SourceId } from '../model/source.js';
import { newestMultiSourceStories } from '../pipeline/publish/multi-source-stories.js';
import { publish } from '../pipeline/publish/publish.js';
import type { Published } from '../pipeline/run.js';
import { siteFiles } from '../pipeline/site/site.js';
import { type SourcesNow, sourceStatuses } from '../pipeline/site/status-files.js';
import type { Store } from '../ports/store/store.js';
import { createDirectorySink } from '../sink/directory.js';
import { TEMPLATE_NAMES } from '../write/html/template-names.js';
import type { RunWatch } from './run-watch.js';
import { userAgent } from './user-agent.js';
import { writersOf } from './writers.js';

export interface PublishSiteOptions {
  readonly now: Date;
  readonly dryRun: boolean;
  /** Past the gate. */
  readonly forcePublish: boolean;
  readonly resolve?: HubOptions['resolve'];
  readonly signal: AbortSignal;
  readonly watch: Pick<RunWatch, 'meter' | 'published'>;
}

/** `states`: of each source at its configured address. Rejects as `publish` does. */
export async function publishSite(
  settings: Settings,
  store: Store,
  states: ReadonlyMap<SourceId, SourceFacts>,
  options: PublishSiteOptions,
): Promise<Published> {
  const began = performance.now();
  const told = (outcome: 'changed' | 'unchanged' | 'failed') =>
    options.watch.meter?.published(performance.now() - began, outcome);
  const profiles = new Map(
    [...states].flatMap(([id, { profile }]) => (profile === null ? [] : [[id, profile] as const])),
  );
  const { prefer } = settings.stories;
  const theme = await themeOf(settings);
  const channels = new Map((await store.channels()).map((each) => [each.channel, each]));
  const about = { store, settings, profiles, channels, now: options.now };
  const { parts, health } = await siteFiles({ ...about, states, prefer, theme });
  const result = await publish(
    {
      ...about,
      sink: createDirectorySink(settings.publish.dir),
      writers: await writersOf(settings.publish.formats),
      stories: (limit) => newestMultiSourceStories(store, prefer, limit),
      parts,
      health: [...health, ...(await failureFeed(settings, { settings, profiles, states }))],
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
  const [{ composeFailures }, { writeAtom }] = await Promise.all([
    import('../compose/failures.js'),
    import('../write/atom/atom.js'),
  ]);
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
  { resolve, signal }: PublishSiteOptions,
): Promise<Published['warnings']> {
  const { hub: hubUrl } = settings.publish;
  if (hubUrl === null || feedUrls.length === 0) return [];
  const [{ createHub }, { tellHub }] = await Promise.all([
    import('../fetch/hub.js'),
    import('../pipeline/publish/websub.js'),
  ]);
  const hub = createHub({
    ...settings.fetch,
    userAgent: userAgent(settings),
    ...(resolve === undefined ? {} : { resolve }),
  });
  try {
    const messages = await tellHub(hub, hubUrl, feedUrls, signal);
    return messages.map((message) => ({ sourceId: 'publish.hub', message }));
  } finally {
    await hub.close();
  }
}
