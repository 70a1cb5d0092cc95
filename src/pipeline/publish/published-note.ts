/** The store's note of the edition in the folder: shows a store that is older than the folder, and files that a power cut took back. */
import type { Sink } from '../../ports/sink.js';
import type { EditionStore } from '../../ports/store/editions.js';

/** Saved before the files are renamed, and synced with all that they show. */
export interface PublishedNote {
  /** Digest of `manifest.json`; null: unknown. */
  readonly manifest: string | null;
  /** The start of the machine under which it was published, or what it left was last found right. */
  readonly boot: string | null;
  /** When the edition was published, epoch milliseconds. */
  readonly at: number;
  /** Digests of the files that it wrote, null for those that it removed: the disk may not hold all of it yet. */
  readonly files: Readonly<Record<string, string | null>>;
}

const NOTE = 'published';
const NOTHING: PublishedNote = { manifest: null, boot: null, at: 0, files: {} };

/** Systems write to the disk within half a minute by themselves. */
const ON_DISK_AFTER = 120_000;

export async function readPublishedNote(store: Pick<EditionStore, 'meta'>): Promise<PublishedNote> {
  const text = await store.meta(NOTE);
  return text === null ? NOTHING : (JSON.parse(text) as PublishedNote);
}

export async function savePublishedNote(store: Pick<EditionStore, 'saveMeta'>, note: PublishedNote): Promise<void> {
  await store.saveMeta(NOTE, JSON.stringify(note));
}

/** What may not be on the disk yet, of this edition and of those shortly before it. */
export function unsettledFiles(note: PublishedNote, now: Date, boot: string): PublishedNote['files'] {
  return note.boot === boot && Math.abs(now.getTime() - note.at) < ON_DISK_AFTER ? note.files : {};
}

/** What was just found to be right after a start of the machine, on the disk, is not read again. */
export async function settleNote(
  store: Pick<EditionStore, 'saveMeta'>,
  note: PublishedNote,
  boot: string,
): Promise<void> {
  if (note.boot !== boot) await savePublishedNote(store, { ...note, boot, files: {} });
}

interface NotAsNoted {
  /** Missing or different. */
  readonly broken: readonly string[];
  /** Removed, but there again. */
  readonly leftOver: readonly string[];
}

/**
 * Reads the files that the last edition changed, after the machine was started anew: a power cut may leave any of them as it was, or
 * without its bytes, under its right size. Until then the system shows what it was given, wherever that lies; to sync each file
 * of each edition instead would take longer than all else that publishing does.
 */
export async function compareWithNote(
  { files, boot: before }: PublishedNote,
  sink: Pick<Sink, 'digests'>,
  boot: string,
): Promise<NotAsNoted> {
  if (before === boot) return { broken: [], leftOver: [] };
  const found = await sink.digests(Object.keys(files));
  const wrong = Object.keys(files).filter((path) => (found.get(path) ?? null) !== files[path]);
  return {
    broken: wrong.filter((path) => files[path] !== null),
    leftOver: wrong.filter((path) => files[path] === null),
  };
}
