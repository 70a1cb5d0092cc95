/** The stored note about the published edition, used to detect an outdated store and files lost in a power failure. */

import type { Sink } from '../../ports/sink.js';
import type { EditionStore } from '../../ports/store/editions.js';

/** Saved and synced before files are renamed. */
export interface PublishedNote {
  /** Digest of `manifest.json`; null: unknown. */
  readonly manifest: string | null;
  /** Boot id of the machine when the edition was published or last verified. */
  readonly boot: string | null;
  /** Publication time, epoch milliseconds. */
  readonly at: number;
  /** When the last file was renamed, as `SinkResult.renamedAt`; null: the commit did not finish. */
  readonly renamedAt: number | null;
  /** Digests of written files, null for removed ones; possibly not on disk yet. */
  readonly files: Readonly<Record<string, string | null>>;
}

const NOTE = 'published';
const NOTHING: PublishedNote = { manifest: null, boot: null, at: 0, renamedAt: null, files: {} };

/** Operating systems flush to disk within about 30 seconds. */
const FLUSH_MS = 120_000;

export async function readPublishedNote(store: Pick<EditionStore, 'readJson'>): Promise<PublishedNote> {
  return (await store.readJson<PublishedNote>(NOTE)) ?? NOTHING;
}

export async function savePublishedNote(store: Pick<EditionStore, 'saveMeta'>, note: PublishedNote): Promise<void> {
  await store.saveMeta(NOTE, JSON.stringify(note));
}

/** Changes of this edition and recent ones that may not be on disk yet. */
export function unsettledFiles(note: PublishedNote, now: Date, boot: string): PublishedNote['files'] {
  return note.boot === boot && Math.abs(now.getTime() - note.at) < FLUSH_MS ? note.files : {};
}

/** Forgets verified files once they are on disk. */
export async function settleNote(
  store: Pick<EditionStore, 'saveMeta'>,
  note: PublishedNote,
  now: Date,
  boot: string,
): Promise<void> {
  const isSettled = Object.keys(note.files).length > Object.keys(unsettledFiles(note, now, boot)).length;
  if (isSettled) await savePublishedNote(store, { ...note, boot, files: {} });
}

interface NoteDifferences {
  /** Missing or different. */
  readonly broken: readonly string[];
  /** Removed, but present again. */
  readonly leftOver: readonly string[];
}

/**
 * Checks only files changed since; after a reboot all, because a power failure can lose content but keep size and time.
 * Syncing every file instead would take longer than publishing.
 */
export async function compareWithNote(
  { files, boot: before, renamedAt }: PublishedNote,
  sink: Pick<Sink, 'changeTimes' | 'digests'>,
  boot: string,
): Promise<NoteDifferences> {
  const paths = Object.keys(files);
  const times = await sink.changeTimes(paths);
  const isUntouched = (path: string) => before === boot && renamedAt !== null && times.get(path)! <= renamedAt;
  const found = await sink.digests([...times.keys()].filter((path) => files[path] !== null && !isUntouched(path)));
  const isIntact = (path: string) => times.has(path) && (isUntouched(path) || found.get(path) === files[path]);
  return {
    broken: paths.filter((path) => files[path] !== null && !isIntact(path)),
    leftOver: paths.filter((path) => files[path] === null && times.has(path)),
  };
}
