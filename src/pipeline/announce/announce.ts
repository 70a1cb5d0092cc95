/** Last step of a run: notifies the hub and the announcement targets of the live edition. */
import type { BuildReport } from '../../model/report.js';
import type { WrittenEdition } from '../publish/written-edition.js';
import type { CurrentRun, RunContext, SourceStates } from '../run-context.js';
import type { Published } from '../run-counts.js';
import type { Announcer } from './announcer.js';
import { notifyHub } from './hub.js';

/** Call before publishing: news enter the outbox together with the edition. null: nothing to announce. */
export async function openAnnouncer(
  context: RunContext,
  current: CurrentRun,
  states: SourceStates,
): Promise<Announcer | null> {
  const { settings, store, announcing } = context;
  const poster = settings.announce.length === 0 ? null : announcing.poster;
  const ended = poster === null ? await store.outboxBegins() : [];
  if (poster === null && ended.length === 0) return null;
  const { createAnnouncer, endAnnouncing } = await import('./announcer.js');
  if (poster === null) return endAnnouncing(ended, current.options.now);
  return await createAnnouncer(context, current, poster, states);
}

/** Call once the edition is live. Each failed notification gives a warning. */
export async function announceEdition(
  { settings, announcing }: RunContext,
  { options, signal }: CurrentRun,
  edition: WrittenEdition,
  announcer: Announcer | null,
): Promise<Published> {
  if (options.dryRun) return { ...edition, warnings: [], announcements: (await announcer?.preview()) ?? null };
  // Concurrent, so that a slow hub does not delay messages. Waits for both, because both may write to the store.
  const [hub, sent] = await Promise.allSettled([
    hubWarnings(announcing.hub, settings.publish.hub, edition.changedFeeds, signal),
    announcer === null ? null : announcer.send(signal),
  ]);
  if (hub.status === 'rejected') throw hub.reason;
  if (sent.status === 'rejected') throw sent.reason;
  if (sent.value === null) return { ...edition, warnings: hub.value };
  const { announcementWarnings } = await import('./announcer.js');
  return { ...edition, announcements: sent.value, warnings: [...hub.value, ...announcementWarnings(sent.value)] };
}

async function hubWarnings(
  hub: RunContext['announcing']['hub'],
  hubUrl: string | null,
  feedUrls: readonly string[],
  signal: AbortSignal,
): Promise<BuildReport['warnings']> {
  if (hub === null || hubUrl === null) return [];
  const messages = await notifyHub(hub, hubUrl, feedUrls, signal);
  return messages.map((message) => ({ sourceId: 'publish.hub', message }));
}
