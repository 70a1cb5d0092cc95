/** The last step of an edition: places in the archive, the files, and the store's memory of them, in the order that survives an end at any moment. */
import { MANIFEST } from '../../compose/manifest.js';
import { lastArchive } from '../../model/archive.js';
import { type ChannelPath, STORIES } from '../../model/channel.js';
import type { BuildReport } from '../../model/report.js';
import type { Publishing, SinkResult } from '../../ports/sink.js';
import type { DirtyDocument } from '../../ports/store/channels.js';
import { isFeedHead } from '../../write/formats.js';
import { forgetRelisted } from '../facts/relisted.js';
import { type PublishedNote, savePublishedNote, unsettledFiles } from './commit-note.js';
import { type ChannelState, EDITION, type EditionState, metadataFingerprint } from './edition-state.js';
import { isHealth } from './health-files.js';
import { PUBLISHING } from './plan.js';
import type { PublishDeps } from './publish-deps.js';
import type { StagedChannel } from './stage-channel.js';
import type { StagedEdition } from './stage-edition.js';

export interface PublishResult {
  readonly files: BuildReport['files'];
  /** False where only health files changed. */
  readonly changed: boolean;
  /** Addresses of changed heads. */
  readonly changedFeeds: readonly string[];
  /** Paths; in a dry run, those that would be written or removed. */
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** Digests of what was written, without health files. */
  readonly staged: ReadonlyMap<string, string>;
}

/**
 * The store comes first, safe from a power cut (an archive place that no file shows yet is made good by the next run, an article
 * that the store does not know is not), with a note, then the files, then what the store knows of them; what is dirty is clean last of all, and in the
 * same transaction its news is in the outbox.
 */
export async function commitEdition(
  deps: PublishDeps,
  edition: StagedEdition,
  publishing: Publishing,
): Promise<PublishResult> {
  const { store } = deps;
  const { plan, files, channels, removals } = edition;
  const grown = await growArchives(deps, edition);
  const touches = publishing.staged > 0 || removals.length > 0;
  const note = touches ? await announce(deps, edition) : null;
  const done = await publishing.commit(removals);
  if (note !== null) await savePublishedNote(store, { ...note, renamedAt: done.renamedAt });
  await store.savePublishedFiles(files.changed, removals);
  if (plan.needed) await remember(deps, edition);
  const finished = [...plan.dirty, ...grown];
  const news = (await deps.news?.(plan.dirty)) ?? null;
  if (finished.length > 0 || news !== null) await store.clearDirty(finished, news);
  await forgetRelisted(store);
  if (plan.dropped.length > 0) await store.dropChannels(plan.dropped);
  if (touches || plan.interrupted !== null) await store.saveMeta(PUBLISHING, null);
  return resultOf(deps, { plan, files, channels, removals }, done);
}

/** Notes what is about to lie in the folder, and syncs the store: no file may show what a power cut makes the store forget. */
async function announce(
  { store, now, boot }: PublishDeps,
  { plan, files, removals }: StagedEdition,
): Promise<PublishedNote> {
  const paths = [...files.staged.keys()];
  await store.saveMeta(PUBLISHING, JSON.stringify(paths.filter((path) => !plan.recorded.has(path))));
  const note: PublishedNote = {
    manifest: files.staged.get(MANIFEST) ?? plan.note.manifest,
    boot,
    at: now.getTime(),
    renamedAt: null,
    files: {
      ...unsettledFiles(plan.note, now, boot),
      ...Object.fromEntries(removals.map((path) => [path, null])),
      ...Object.fromEntries(files.staged),
    },
  };
  await savePublishedNote(store, note);
  await store.sync();
  return note;
}

export function resultOf(
  { settings, writers, health, digests = [] }: PublishDeps,
  { files, channels }: StagedEdition,
  done: Pick<SinkResult, 'written' | 'removed' | 'bytes'>,
): PublishResult {
  const written = new Set(done.written);
  const heads = [...channels, ...digests].flatMap(({ metadata }) =>
    writers.flatMap((writer) => writer.document(metadata.path, null) ?? []),
  );
  const feeds = [...heads, ...done.written.filter((path) => path.startsWith(`${STORIES}/`))];
  const news = [...written, ...done.removed].filter((path) => !isHealth(path, health));
  return {
    files: {
      written: written.size,
      unchanged: files.all.size - written.size,
      removed: done.removed.length,
      bytes: done.bytes,
    },
    changed: news.length > 0,
    changedFeeds: feeds
      .filter((path) => written.has(path) && isFeedHead(path))
      .map((path) => settings.site.feedsUrl + path),
    written: [...written],
    removed: done.removed,
    staged: new Map([...files.staged].filter(([path]) => !isHealth(path, health))),
  };
}

/** Returns the documents that the store thereby marks dirty, which this edition publishes. */
async function growArchives({ store }: PublishDeps, { plan, channels }: StagedEdition): Promise<DirtyDocument[]> {
  const grown: DirtyDocument[] = [];
  for (const channel of channels) {
    if (channel.leaving.length === 0) continue;
    await store.archive(channel.metadata.path, channel.leaving);
    grown.push(...grownDocuments(channel, plan.channels.get(channel.metadata.path)?.archived ?? 0));
  }
  return grown;
}

function grownDocuments({ metadata, lastArchive: last }: StagedChannel, archived: number): DirtyDocument[] {
  const documents: DirtyDocument[] = [{ channel: metadata.path, archive: null, takedown: false }];
  for (let number = Math.max(1, lastArchive(archived)); number <= last; number++) {
    documents.push({ channel: metadata.path, archive: number, takedown: false });
  }
  return documents;
}

async function remember({ store }: PublishDeps, { plan, channels }: StagedEdition): Promise<void> {
  const dates = channels.flatMap(({ metadata, updatedAt }) => {
    const known = plan.channels.get(metadata.path)?.updatedAt?.getTime();
    return updatedAt === null || updatedAt.getTime() === known ? [] : [{ channel: metadata.path, updatedAt }];
  });
  if (dates.length > 0) await store.saveChannelDates(dates);
  const state: EditionState = { ...plan.next, channels: channelStates(channels, plan.before) };
  const text = JSON.stringify(state);
  if (text !== JSON.stringify(plan.before)) await store.saveMeta(EDITION, text);
}

function channelStates(
  channels: readonly StagedChannel[],
  before: EditionState | null,
): Record<ChannelPath, ChannelState> {
  return Object.fromEntries(
    channels.map(({ metadata, entryIds }) => {
      const entries = entryIds?.length ?? before?.channels[metadata.path]?.entries ?? 0;
      return [metadata.path, { metadata: metadataFingerprint(metadata), entries }];
    }),
  );
}
