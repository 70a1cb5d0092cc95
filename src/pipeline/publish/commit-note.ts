/** The store's note of the edition in the folder: shows a store that is older than the folder, and files that a power cut took back. */

import type { Sink } from '../../ports/sink.js';
import type { EditionStore } from '../../ports/store/editions.js';
import { isRecord } from '../../text/record.js';

/** Saved before the files are renamed, and synced with all that they show. */
export interface PublishedNote {
  /** Digest of `manifest.json`; null: unknown. */
  readonly manifest: string | null;
  /** The start of the machine under which it was published, or what it left was last found right. */
  readonly boot: string | null;
  /** When the edition was published, epoch milliseconds. */
  readonly at: number;
  /** When the last of the files came to its name, as `SinkResult.renamedAt`; null: the edition did not end. */
  readonly renamedAt: number | null;
  /** Digests of the files that it wrote, null for those that it removed: the disk may not hold all of it yet. */
  readonly files: Readonly<Record<string, string | null>>;
}

const NOTE = 'published';
const NOTHING: PublishedNote = { manifest: null, boot: null, at: 0, renamedAt: null, files: {} };

/** Systems write to the disk within half a minute by themselves. */
const ON_DISK_AFTER = 120_000;

export async function readPublishedNote(store: Pick<EditionStore, 'note'>): Promise<PublishedNote> {
  return ((await store.note(NOTE, isPublishedNote)) as PublishedNote | null) ?? NOTHING;
}

function isPublishedNote(value: unknown): boolean {
  const { files, at, renamedAt } = value as Partial<PublishedNote>;
  return isRecord(files) && typeof at === 'number' && (renamedAt === null || typeof renamedAt === 'number');
}

export async function savePublishedNote(store: Pick<EditionStore, 'saveMeta'>, note: PublishedNote): Promise<void> {
  await store.saveMeta(NOTE, JSON.stringify(note));
}

/** What may not be on the disk yet, of this edition and of those shortly before it. */
export function unsettledFiles(note: PublishedNote, now: Date, boot: string): PublishedNote['files'] {
  return note.boot === boot && Math.abs(now.getTime() - note.at) < ON_DISK_AFTER ? note.files : {};
}

/** What is on the disk by now, and was just found to be right, is not looked at again. */
export async function settleNote(
  store: Pick<EditionStore, 'saveMeta'>,
  note: PublishedNote,
  now: Date,
  boot: string,
): Promise<void> {
  const isSettled = Object.keys(note.files).length > Object.keys(unsettledFiles(note, now, boot)).length;
  if (isSettled) await savePublishedNote(store, { ...note, boot, files: {} });
}

interface NotAsNoted {
  /** Missing or different. */
  readonly broken: readonly string[];
  /** Removed, but there again. */
  readonly leftOver: readonly string[];
}

/**
 * Reads those files of the last edition that were written to since. A power cut may leave any of them without its bytes, under its right
 * size and time: after a start of the machine all are read. To sync each file of each edition instead would take longer than all
 * else that publishing does.
 */
export async function compareWithNote(
  { files, boot: before, renamedAt }: PublishedNote,
  sink: Pick<Sink, 'changeTimes' | 'digests'>,
  boot: string,
): Promise<NotAsNoted> {
  const paths = Object.keys(files);
  const times = await sink.changeTimes(paths);
  const isUntouched = (path: string) => before === boot && renamedAt !== null && times.get(path)! <= renamedAt;
  const found = await sink.digests([...times.keys()].filter((path) => files[path] !== null && !isUntouched(path)));
  const isRight = (path: string) => times.has(path) && (isUntouched(path) || found.get(path) === files[path]);
  return {
    broken: paths.filter((path) => files[path] !== null && !isRight(path)),
    leftOver: paths.filter((path) => files[path] === null && times.has(path)),
  };
}
