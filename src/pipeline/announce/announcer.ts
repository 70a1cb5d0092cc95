/** Adds news to the outbox when an edition is published, and sends them once it is live. */
import { collectProfiles } from '../../compose/channel-metadata.js';
import { createEntries } from '../../compose/entry.js';
import type { Entry } from '../../model/channel.js';
import type { AnnouncementReport, BuildReport } from '../../model/report.js';
import type { Poster } from '../../ports/fetcher.js';
import type { DirtyDocument } from '../../ports/store/channels.js';
import type { OutboxChanges } from '../../ports/store/outbox.js';
import type { Store } from '../../ports/store/store.js';
import { readLeadRules } from '../organize/apply-desk.js';
import { composeFailureFeed } from '../publish/pages/failure-feed.js';
import { findTargetTroubles } from '../publish/pages/target-troubles.js';
import { findMinutesAhead } from '../publish/pages/zone-offsets.js';
import type { CurrentRun, RunContext, RunSettings, SourceStates } from '../run-context.js';
import { findNews, hasChanges } from './find-news.js';
import { createPictureLoader } from './load-picture.js';
import { previewOutbox, type SendDeps, sendOutbox } from './send-outbox.js';

export interface Announcer {
  news(dirty: readonly DirtyDocument[]): Promise<OutboxChanges | null>;
  send(signal: AbortSignal): Promise<readonly AnnouncementReport[]>;
  preview(): Promise<readonly AnnouncementReport[]>;
}

export async function createAnnouncer(
  { settings, store, clock, reading: { fetcher }, publishing }: RunContext,
  { options, pacing }: CurrentRun,
  poster: Poster,
  states: SourceStates,
): Promise<Announcer> {
  const { now, unannounced } = options;
  const failures = await loadFailures(settings, store, states, now);
  const find = async (dirty: readonly DirtyDocument[]) => {
    const changes = await findNews({ store, settings, states, failures: failures.map(({ id }) => id), now }, dirty);
    return unannounced === true ? { ...changes, rows: [] } : changes;
  };
  const { sink, pictures } = publishing;
  const prepareSending = async (): Promise<SendDeps> => ({
    store,
    settings,
    entryOf: createEntries(settings),
    leads: await readLeadRules(settings, store),
    failures,
    poster,
    loadPicture: createPictureLoader({ settings, store, sink, fetcher, pictures, clock, pacing, now }),
    clock,
    now,
    ahead: findMinutesAhead(settings.site.timezone, now),
  });
  return {
    news: async (dirty) => {
      const changes = await find(dirty);
      return hasChanges(changes) ? changes : null;
    },
    send: async (signal) => sendOutbox(await prepareSending(), signal),
    preview: async () => {
      const waiting = await store.announcements(['waiting']);
      const { rows } = await find(await store.dirty());
      return previewOutbox([...waiting, ...rows.map((row) => ({ ...row, at: now }))], await prepareSending());
    },
  };
}

/** Used when no target is configured: discards waiting messages, and a target added later starts from scratch. */
export function endAnnouncing(ended: OutboxChanges['ended'], at: Date): Announcer {
  const none = async () => [];
  return { news: async () => ({ at, begun: [], ended, announced: [], rows: [] }), send: none, preview: none };
}

export function announcementWarnings(reports: readonly AnnouncementReport[]): BuildReport['warnings'] {
  return reports.flatMap(({ target, error, waiting, unknown }) => {
    if (error === null && unknown === 0) return [];
    const lost = unknown === 0 ? '' : `; delivery unknown: ${unknown}`;
    return [
      {
        sourceId: `announce.${target}`,
        message: `${error ?? 'the last run was interrupted'}; messages waiting: ${waiting}${lost}`,
      },
    ];
  });
}

/** Empty if no target announces failures. */
async function loadFailures(
  settings: RunSettings,
  store: Store,
  states: SourceStates,
  now: Date,
): Promise<readonly Entry[]> {
  if (!settings.announce.some(({ of }) => of.includes('failures'))) return [];
  const troubles = await findTargetTroubles(store, settings.announce, now);
  return (await composeFailureFeed({ settings, profiles: collectProfiles(states), states }, troubles)).entries;
}
