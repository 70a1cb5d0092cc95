/** Refuses an edition that would remove much published content without a recorded reason. */
import { HEAD_BYTES } from '../../compose/budget.js';
import type { ChannelPath } from '../../model/channel.js';
import { PublishError } from '../../model/errors.js';
import type { EditionWork, StagedChannel } from './edition-work.js';

const MOST_LOST = 0.6;

export interface HeadChange {
  readonly channel: ChannelPath;
  readonly before: number;
  readonly entryIds: readonly string[];
  readonly bytes: number;
  /** Whether a reason is recorded: a withdrawal, a changed topic, permission or setting. */
  readonly mayShrink: boolean;
}

/** Requires that all files are staged or kept. Throws PublishError PUBLISH_REFUSED unless forced. */
export function checkSafety(work: EditionWork): void {
  const { current, contents, plan, files, channels } = work;
  if (current.options.forcePublish) return;
  checkEdition(channels.flatMap((channel) => toHeadChange(channel, work)));
  const { before, manifest } = plan;
  if (before === null && manifest?.site === contents.settings.site.url) checkFolder(files.removals, manifest.paths);
}

function toHeadChange({ metadata, entryIds }: StagedChannel, { context, plan, files }: EditionWork): HeadChange[] {
  if (entryIds === null) return [];
  const before = plan.before?.channels[metadata.path]?.entries ?? 0;
  const settingsChanged = plan.before?.settings !== plan.next.settings;
  const hasTakedown = metadata.kind === 'stories' && plan.dirty.some(({ takedown }) => takedown);
  const mayShrink = settingsChanged || hasTakedown || (plan.work.get(metadata.path)?.mayShrink ?? false);
  const documents = context.publishing.writers.flatMap((writer) => writer.document(metadata.path, null) ?? []);
  const bytes = Math.max(0, ...documents.map((path) => files.all.get(path)?.size ?? 0));
  return [{ channel: metadata.path, before, entryIds, bytes, mayShrink }];
}

/** Throws PublishError PUBLISH_REFUSED with the names of the channels. */
export function checkEdition(changes: readonly HeadChange[]): void {
  const faults = changes.flatMap((change) => findFault(change) ?? []);
  if (faults.length === 0) return;
  const more = faults.length > 3 ? `, and ${faults.length - 3} more` : '';
  const named = faults.slice(0, 3).map(({ channel, message }) => `${channel} ${message}`);
  throw new PublishError('PUBLISH_REFUSED', `refused: ${named.join('; ')}${more}`, { details: { faults } });
}

interface Fault {
  readonly channel: ChannelPath;
  readonly message: string;
}

function findFault({ channel, before, entryIds, bytes, mayShrink }: HeadChange): Fault | null {
  if (bytes > HEAD_BYTES) return { channel, message: `would have ${bytes} bytes, too large for feed readers` };
  if (new Set(entryIds).size < entryIds.length) return { channel, message: 'would contain a duplicate id' };
  if (mayShrink || entryIds.length >= before) return null;
  if (entryIds.length === 0) return { channel, message: `would be empty (it has ${before} entries)` };
  const lost = before - entryIds.length;
  return lost > before * MOST_LOST ? { channel, message: `would lose ${lost} of ${before} entries` } : null;
}

/**
 * Detects a lost store: the folder has an edition of this site that is not stored. Throws PUBLISH_REFUSED rather than
 * remove its files.
 */
export function checkFolder(removals: readonly string[], published: readonly string[]): void {
  const removed = new Set(removals);
  const lost = published.filter((path) => removed.has(path));
  if (lost.length === 0) return;
  throw new PublishError(
    'PUBLISH_REFUSED',
    `refused: the published edition is not in the store, and ${lost.length} of its files would be removed (${lost[0]}); run "newsloom restore" first`,
    { details: { lost } },
  );
}
