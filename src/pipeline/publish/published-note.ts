/** The store's note of the edition in the folder: shows a store that is older than the folder, and files that a power cut took back. */
import type { Sink } from '../../ports/sink.js';
import type { EditionStore } from '../../ports/store/editions.js';

/** Saved before the files are renamed, and synced with all that they show. */
export interface PublishedNote {
  /** Digest of `manifest.json`; null: unknown. */
  readonly manifest: string | null;
  /** When the edition was published, epoch milliseconds. */
  readonly at: number;
  /** Digests of the files that it wrote, null for those that it removed: the disk may not hold all of it yet. */
  readonly files: Readonly<Record<string, string | null>>;
}

const NOTE = 'published';
const NOTHING: PublishedNote = { manifest: null, at: 0, files: {} };

/** Systems write to the disk within half a minute by themselves; by then, what was right once stays right. */
const ON_DISK_AFTER = 120_000;

export async function readPublishedNote(store: Pick<EditionStore, 'meta'>): Promise<PublishedNote> {
  const text = await store.meta(NOTE);
  return text === null ? NOTHING : (JSON.parse(text) as PublishedNote);
}

export async function savePublishedNote(store: Pick<EditionStore, 'saveMeta'>, note: PublishedNote): Promise<void> {
  await store.saveMeta(NOTE, JSON.stringify(note));
}

/** What may not be on the disk yet, of this edition and of those shortly before it. */
export function unsettledFiles({ at, files }: PublishedNote, now: Date): PublishedNote['files'] {
  return Math.abs(now.getTime() - at) < ON_DISK_AFTER ? files : {};
}

/** What is on the disk by now, and was just found to be right, is not read again. */
export async function settleNote(store: Pick<EditionStore, 'saveMeta'>, note: PublishedNote, now: Date): Promise<void> {
  const isSettled = Object.keys(note.files).length > Object.keys(unsettledFiles(note, now)).length;
  if (isSettled) await savePublishedNote(store, { ...note, files: {} });
}

interface NotAsNoted {
  /** Missing or different. */
  readonly broken: readonly string[];
  /** Removed, but there again. */
  readonly leftOver: readonly string[];
}

/** Reads the files that the last edition changed: their sizes alone may be as before it. */
export async function compareWithNote({ files }: PublishedNote, sink: Pick<Sink, 'digests'>): Promise<NotAsNoted> {
  const found = await sink.digests(Object.keys(files));
  const wrong = Object.keys(files).filter((path) => (found.get(path) ?? null) !== files[path]);
  return {
    broken: wrong.filter((path) => files[path] !== null),
    leftOver: wrong.filter((path) => files[path] === null),
  };
}
