/** Commits an edition in an order that survives an interruption at any point. */
import { MANIFEST } from '../../compose/manifest.js';
import { countArchiveDocuments } from '../../model/archive.js';
import type { ChannelPath } from '../../model/channel.js';
import type { Publishing } from '../../ports/sink.js';
import type { DirtyDocument } from '../../ports/store/channels.js';
import { clearRelisted } from '../facts/relisted.js';
import { type PublishedNote, savePublishedNote, unsettledFiles } from './commit-note.js';
import { type ChannelState, EDITION, type EditionState, metadataFingerprint } from './edition-state.js';
import type { EditionNews, EditionWork, StagedChannel } from './edition-work.js';
import { PUBLISHING } from './plan-edition.js';
import { type SealedFiles, SealedTally, saveSealed } from './sealed-files.js';
import { describeEdition, type PublishResult } from './written-edition.js';

/**
 * Syncs archive places and a note to disk before the files, because the next run can repair a store that is ahead of
 * the files, but not the reverse. Clears dirty marks last, in the transaction that adds news to the outbox.
 */
export async function commitEdition(
  work: EditionWork,
  publishing: Publishing,
  announcer: EditionNews | null,
): Promise<PublishResult> {
  const { store } = work.context;
  const { plan, files } = work;
  const { removals } = files;
  if (work.current.options.dryRun) {
    await publishing.abort();
    return describeEdition(work, { written: [...files.staged.keys()], removed: removals, bytes: files.bytes });
  }
  const grown = await growArchives(work);
  const hasChanges = files.staged.size + removals.length > 0;
  const note = hasChanges ? await writeCommitNote(work) : null;
  const done = await publishing.commit(removals);
  if (note !== null) await savePublishedNote(store, { ...note, renamedAt: done.renamedAt });
  await store.savePublishedFiles(files.changed, removals);
  await saveSealed(store, plan.needed ? await tallySealed(work) : plan.sealed);
  if (plan.needed) await rememberEdition(work);
  const finished = [...plan.dirty, ...grown];
  const news = (await announcer?.news(plan.dirty)) ?? null;
  if (finished.length > 0 || news !== null) await store.clearDirty(finished, news);
  await clearRelisted(store);
  if (plan.dropped.length > 0) await store.dropChannels(plan.dropped);
  if (hasChanges || plan.interrupted !== null) await store.saveMeta(PUBLISHING, null);
  return describeEdition(work, done);
}

/** Syncs the store, so that a power failure never leaves files unknown to it. */
async function writeCommitNote({ context, current, plan, files }: EditionWork): Promise<PublishedNote> {
  const { store, clock } = context;
  const { now } = current.options;
  const boot = clock.boot();
  const paths = [...files.staged.keys()];
  await store.saveMeta(PUBLISHING, JSON.stringify(paths.filter((path) => !plan.recorded.has(path))));
  const note: PublishedNote = {
    manifest: files.staged.get(MANIFEST) ?? plan.note.manifest,
    boot,
    at: now.getTime(),
    renamedAt: null,
    files: {
      ...unsettledFiles(plan.note, now, boot),
      ...Object.fromEntries(files.removals.map((path) => [path, null])),
      ...Object.fromEntries(files.staged),
    },
  };
  await savePublishedNote(store, note);
  await store.sync();
  return note;
}

async function tallySealed({ context, plan, files }: EditionWork): Promise<SealedFiles | null> {
  const tally = new SealedTally(context.publishing.sink);
  await tally.add(files.all.keys());
  return tally.toSealedFiles(plan.sealed?.after ?? '');
}

/** Returns the documents that this marks dirty; the current edition publishes them. */
async function growArchives({ context, plan, channels }: EditionWork): Promise<DirtyDocument[]> {
  const grown: DirtyDocument[] = [];
  for (const channel of channels) {
    if (channel.leaving.length === 0) continue;
    await context.store.archive(channel.metadata.path, channel.leaving);
    grown.push(...listGrownDocuments(channel, plan.channels.get(channel.metadata.path)?.archived ?? 0));
  }
  return grown;
}

function listGrownDocuments({ metadata, lastArchive: last }: StagedChannel, archived: number): DirtyDocument[] {
  const documents: DirtyDocument[] = [{ channel: metadata.path, archive: null, takedown: false }];
  for (let number = Math.max(1, countArchiveDocuments(archived)); number <= last; number++) {
    documents.push({ channel: metadata.path, archive: number, takedown: false });
  }
  return documents;
}

async function rememberEdition({ context: { store }, plan, channels }: EditionWork): Promise<void> {
  const dates = channels.flatMap(({ metadata, updatedAt }) => {
    const known = plan.channels.get(metadata.path)?.updatedAt?.getTime();
    return updatedAt.getTime() === known ? [] : [{ channel: metadata.path, updatedAt }];
  });
  if (dates.length > 0) await store.saveChannelDates(dates);
  const state: EditionState = { ...plan.next, channels: toChannelStates(channels, plan.before) };
  const text = JSON.stringify(state);
  if (text !== JSON.stringify(plan.before)) await store.saveMeta(EDITION, text);
}

function toChannelStates(
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
