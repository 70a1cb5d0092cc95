/** The last check before an edition is published: one that would take away what readers have, for no reason that we know, is refused. */
import { HEAD_BYTES } from '../../compose/budget.js';
import type { ChannelPath } from '../../model/channel.js';
import { PublishError } from '../../model/errors.js';

/** A head may lose this share of its entries in one run. */
const MOST_LOST = 0.6;

export interface HeadChange {
  readonly channel: ChannelPath;
  /** Entries in the head as it was published. */
  readonly before: number;
  readonly entryIds: readonly string[];
  /** Of its largest feed. */
  readonly bytes: number;
  /** True where a reason is on record: a withdrawal, a changed topic or licence, settings. */
  readonly mayShrink: boolean;
}

/** Throws PublishError PUBLISH_REFUSED that names every channel at fault. What is published stays. */
export function checkEdition(changes: readonly HeadChange[]): void {
  const faults = changes.flatMap((change) => fault(change) ?? []);
  if (faults.length === 0) return;
  const more = faults.length > 3 ? `, and ${faults.length - 3} more` : '';
  const named = faults.slice(0, 3).map(({ channel, message }) => `${channel} ${message}`);
  throw new PublishError('PUBLISH_REFUSED', `refused: ${named.join('; ')}${more}`, { details: { faults } });
}

interface Fault {
  readonly channel: ChannelPath;
  readonly message: string;
}

function fault({ channel, before, entryIds, bytes, mayShrink }: HeadChange): Fault | null {
  if (bytes > HEAD_BYTES) return { channel, message: `would take ${bytes} bytes, which readers refuse` };
  if (new Set(entryIds).size < entryIds.length) return { channel, message: 'would hold an id twice' };
  if (mayShrink || entryIds.length >= before) return null;
  if (entryIds.length === 0) return { channel, message: `would be empty (it has ${before} entries)` };
  const lost = before - entryIds.length;
  return lost > before * MOST_LOST ? { channel, message: `would lose ${lost} of ${before} entries` } : null;
}

/**
 * The folder holds an edition of this very site, of which the store knows nothing: the store was lost. Throws PublishError
 * PUBLISH_REFUSED where publishing would remove files of it.
 */
export function checkFolder(removals: readonly string[], published: readonly string[]): void {
  const lost = published.filter((path) => removals.includes(path));
  if (lost.length === 0) return;
  throw new PublishError(
    'PUBLISH_REFUSED',
    `refused: the store does not know the edition that is published, and ${lost.length} of its files would go (${lost[0]}); run "newsloom restore" first`,
    { details: { lost } },
  );
}
