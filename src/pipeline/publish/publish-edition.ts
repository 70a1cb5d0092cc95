/** Publishes what the store holds: collects the parts of an edition, and has them published. */
import { type Profiles, profilesOf } from '../../compose/channel-metadata.js';
import { topicLabel } from '../../compose/label.js';
import type { OutputFile } from '../../model/edition.js';
import type { Store } from '../../ports/store/store.js';
import { isFeedHead } from '../../write/formats.js';
import { newestMultiSourceStories } from '../facts/multi-source-stories.js';
import { withReservations } from '../facts/reservations.js';
import { leadRules, pinnedArticles } from '../organize/apply-desk.js';
import type { CurrentRun, RunContext, RunSettings, SourceStates } from '../run-context.js';
import type { PublishResult } from './commit-edition.js';
import { publishedDigests } from './digests/digests.js';
import { EDITION, readState, silentSources } from './edition-state.js';
import { failureFeed } from './pages/failure-feed.js';
import { isPublished } from './pages/page-memory.js';
import { postImages } from './pages/post-images.js';
import { siteFiles } from './pages/site.js';
import { tdmFile } from './pages/tdm-file.js';
import { channelIconFiles } from './pictures/channel-icon-files.js';
import { iconFiles } from './pictures/icon-files.js';
import { pictureFiles } from './pictures/picture-files.js';
import { publish } from './publish.js';
import type { PublishDeps } from './publish-deps.js';
import type { VerifiedFolder } from './verify-folder.js';

export interface WrittenEdition extends PublishResult {
  /** Ids of the topics that it has no files of, in the order of the config. */
  readonly emptyTopics: readonly string[];
}

interface EditionInputs {
  readonly states: SourceStates;
  /** As this run found it. */
  readonly folder: VerifiedFolder;
  /** Its news enter the outbox with the edition; null: nothing is announced. */
  readonly announcer: { news: NonNullable<PublishDeps['news']> } | null;
}

/** The store → the published folder. */
export async function publishEdition(
  { settings: configured, store, reading, publishing, observer, clock }: RunContext,
  { options: { now, dryRun, forcePublish }, signal }: CurrentRun,
  { states, folder, announcer }: EditionInputs,
): Promise<WrittenEdition> {
  const { sink, writers, theme, icons } = publishing;
  const began = clock.elapsed();
  const silent = silentSources(readState(await store.meta(EDITION)), configured.sources);
  const settings = { ...configured, silent, sources: withReservations(configured.sources, states) };
  const tdm = tdmFile(settings);
  let outcome: 'changed' | 'unchanged' | 'failed' = 'failed';
  try {
    const profiles = profilesOf(states);
    const pins = await pinnedArticles(store);
    const leads = await leadRules(settings.stories, store);
    const digests = await publishedDigests({ store, settings, writers, theme, leads });
    const channels = new Map((await store.channels()).map((each) => [each.channel, each]));
    const { duplicates } = settings;
    const { parts, pages, health } = await siteFiles({
      store,
      settings,
      duplicates,
      writers,
      profiles,
      channels,
      states,
      leads,
      pins,
      theme,
      now,
    });
    const failures = settings.publish.failures ? [await failureFile(store, settings, { profiles, states, now })] : [];
    const result = await publish(
      {
        store,
        sink,
        writers,
        settings,
        profiles,
        channels,
        stories: (limit) => newestMultiSourceStories(store, leads, limit),
        parts: [
          ...parts,
          ...postImages(settings.sources, states, reading.fetcher),
          ...digests.parts,
          ...(tdm === null ? [] : [tdm]),
          ...(icons.channels.length === 0 ? [] : [channelIconFiles(icons.channels)]),
          ...(theme === null
            ? []
            : [pictureFiles({ settings, store, sink }), await iconFiles(settings, store, icons.sources)]),
        ],
        pages,
        digests: digests.digests,
        folder,
        health: [...health, ...failures],
        news: announcer?.news ?? null,
        now,
        boot: clock.boot(),
        mode: dryRun ? 'dry-run' : 'publish',
        gate: forcePublish ? 'force' : 'check',
      },
      signal,
    );
    if (!dryRun) await store.dropKeptCopies();
    outcome = result.changed ? 'changed' : 'unchanged';
    observer.published(changedTopics(result.written, settings), result);
    const emptyTopics = settings.topics.flatMap(({ id }) => (isPublished(channels.get(`topics/${id}`)) ? [] : id));
    return { ...result, emptyTopics };
  } finally {
    observer.meter?.published(clock.elapsed() - began, outcome);
  }
}

async function failureFile(
  store: Store,
  settings: RunSettings,
  { profiles, states, now }: { readonly profiles: Profiles; readonly states: SourceStates; readonly now: Date },
): Promise<OutputFile> {
  const { announce } = settings;
  const troubles =
    announce.length === 0
      ? []
      : await (await import('./pages/target-troubles.js')).targetTroubles(store, announce, now);
  return await failureFeed({ settings, profiles, states }, troubles);
}

/** Labels of the topics whose feeds were written, in the order of the config. */
function changedTopics(written: readonly string[], { topics, site }: RunSettings): string[] {
  const ids = new Set(written.filter(isFeedHead).map((path) => /^topics\/([^./]+)/.exec(path)?.[1]));
  return topics.filter(({ id }) => ids.has(id)).map((topic) => topicLabel(topic, site.language));
}
