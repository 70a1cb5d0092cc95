/** Announcing in a run: what is news goes into the outbox as the edition is published, and out of it once that is live. */
import { profilesOf } from '../../compose/channel-metadata.js';
import { createEntries } from '../../compose/entry.js';
import type { Entry } from '../../model/channel.js';
import type { AnnouncementReport, BuildReport } from '../../model/report.js';
import type { Settings } from '../../model/settings.js';
import type { SourceFacts, SourceId } from '../../model/source.js';
import type { Poster } from '../../ports/fetcher.js';
import type { DirtyDocument } from '../../ports/store/channels.js';
import type { OutboxChanges } from '../../ports/store/outbox.js';
import type { Store } from '../../ports/store/store.js';
import { leadRules } from '../organize/apply-desk.js';
import { failureEntries } from '../publish/pages/failure-feed.js';
import { targetTroubles } from '../publish/pages/target-troubles.js';
import { minutesAhead } from '../publish/pages/zone-offsets.js';
import { findNews, hasChanges } from './find-news.js';
import { type AnnouncedPictureDeps, createPictureLoader } from './load-picture.js';
import { previewOutbox, sendOutbox } from './send-outbox.js';

export interface AnnouncerDeps extends Omit<AnnouncedPictureDeps, 'settings' | 'store'> {
  readonly store: Store;
  readonly settings: Pick<
    Settings,
    'site' | 'sources' | 'topics' | 'publish' | 'stories' | 'announce' | 'images' | 'fetch'
  >;
  readonly poster: Poster;
  readonly states: ReadonlyMap<SourceId, SourceFacts>;
  /** See `RunOptions.unannounced`. */
  readonly unannounced: boolean;
}

export interface Announcer {
  /** null: nothing to save. */
  news(dirty: readonly DirtyDocument[]): Promise<OutboxChanges | null>;
  send(signal: AbortSignal): Promise<readonly AnnouncementReport[]>;
  /** What this run would announce, for a dry run. */
  preview(): Promise<readonly AnnouncementReport[]>;
}

export async function createAnnouncer(deps: AnnouncerDeps): Promise<Announcer> {
  const { store, settings, now } = deps;
  const failures = await failuresNow(deps);
  const find = async (dirty: readonly DirtyDocument[]) => {
    const changes = await findNews({ ...deps, failures: failures.map(({ id }) => id) }, dirty);
    return deps.unannounced ? { ...changes, rows: [] } : changes;
  };
  const common = async () => ({
    ...deps,
    announce: settings.announce,
    ahead: minutesAhead(settings.site.timezone, now),
    failures,
    entryOf: createEntries(settings),
    leads: await leadRules(settings.stories, store),
    loadPicture: createPictureLoader(deps),
  });
  return {
    news: async (dirty) => {
      const changes = await find(dirty);
      return hasChanges(changes) ? changes : null;
    },
    send: async (signal) => sendOutbox(await common(), signal),
    preview: async () => {
      const waiting = await store.announcements(['waiting']);
      const { rows } = await find(await store.dirty());
      return previewOutbox([...waiting, ...rows.map((row) => ({ ...row, at: now }))], await common());
    },
  };
}

/** Where no target is left: nothing waits for one any more, and one that comes back begins anew. */
export function endAnnouncing(ended: OutboxChanges['ended'], at: Date): Announcer {
  const none = async () => [];
  return { news: async () => ({ at, begun: [], ended, told: [], rows: [] }), send: none, preview: none };
}

/** As warnings of the run: what did not go out. */
export function announcementWarnings(reports: readonly AnnouncementReport[]): BuildReport['warnings'] {
  return reports.flatMap(({ target, error, waiting, unknown }) => {
    if (error === null && unknown === 0) return [];
    const lost = unknown === 0 ? '' : `; nobody knows whether ${unknown} of its messages arrived`;
    return [
      { sourceId: `announce.${target}`, message: `${error ?? 'the last run was interrupted'}; ${waiting} wait${lost}` },
    ];
  });
}

/** Only where a target hears of them. */
async function failuresNow({ settings, states, store, now }: AnnouncerDeps): Promise<readonly Entry[]> {
  if (!settings.announce.some(({ of }) => of.includes('failures'))) return [];
  const troubles = await targetTroubles(store, settings.announce, now);
  return await failureEntries({ settings, profiles: profilesOf(states), states }, troubles);
}
