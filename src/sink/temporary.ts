/** Temporary files of one edition: written whole beside their places, and found again when a run was killed. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { lstat, mkdir, open, readdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PublishError } from '../model/errors.js';
import { ancestors, leadsOut, PUBLISHING, placeInside, TEMPORARY } from './inside.js';
import { ignoreMissing } from './missing.js';

export interface Temporaries {
  /** Writes it beside the place of `path`, whose folder is made; returns where. */
  write(path: string, bytes: Uint8Array): Promise<string>;
  /** Removes what was written and not renamed. */
  drop(): Promise<void>;
  /** All were renamed or dropped. */
  end(): Promise<void>;
}

export function openTemporaries(dir: string): Temporaries {
  const written = new Set<string>();
  const folders = new Map<string, Promise<void>>();
  const newName = temporaryNames();
  let note: Promise<void> | null = null;

  /** Made once, however many files ask for it. */
  function folder(path: string): Promise<void> {
    const key = dirname(path);
    const made = folders.get(key) ?? makeFolders(dir, path);
    folders.set(key, made);
    return made;
  }
  /** Before the first one: who finds the note looks for strays, and nobody else has to walk through all folders. */
  async function writeNote(): Promise<void> {
    await mkdir(dir, { recursive: true });
    await writeWhole(join(dir, PUBLISHING), new Uint8Array(), 'w');
  }
  async function end(): Promise<void> {
    if (note !== null) await unlinkIfThere(join(dir, PUBLISHING));
    note = null;
  }
  return {
    write: async (path, bytes) => {
      note ??= writeNote();
      await note;
      await folder(path);
      const temporary = join(dirname(placeInside(dir, path)), newName());
      written.add(temporary);
      await writeWhole(temporary, bytes, 'wx');
      return temporary;
    },
    drop: async () => {
      for (const path of written) await unlinkIfThere(path);
      written.clear();
      await end();
    },
    end,
  };
}

/** Each another: random for each edition, then counted. */
function temporaryNames(): () => string {
  const edition = randomBytes(3).toString('hex');
  let last = 0;
  return () => `.newsloom-${edition}${(++last).toString(16).padStart(6, '0')}.tmp`;
}

/** Removes the temporary files of a run that was killed; ours are known by their name. */
export async function sweep(dir: string): Promise<void> {
  // Not stat: a link that leads nowhere must go too, or writing the note would follow it.
  const note = await lstat(join(dir, PUBLISHING)).catch(ignoreMissing);
  if (note === undefined) return;
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const strays = entries.filter((entry) => entry.isFile() && TEMPORARY.test(entry.name) && entry.name !== PUBLISHING);
  for (const stray of strays) await unlinkIfThere(join(stray.parentPath, stray.name));
  await unlinkIfThere(join(dir, PUBLISHING));
}

export async function unlinkIfThere(path: string): Promise<boolean> {
  const outcome = await unlink(path).catch((error: unknown) => {
    ignoreMissing(error);
    return 'missing' as const;
  });
  return outcome !== 'missing';
}

async function makeFolders(dir: string, path: string): Promise<void> {
  if (await leadsOut(dir, path)) {
    throw new PublishError('PUBLISH_FAILED', `${dir}: a link on the way to ${path} leads out of the published folder`, {
      details: { dir, path },
    });
  }
  const parent = ancestors(path).at(-1);
  await mkdir(parent === undefined ? dir : placeInside(dir, parent), { recursive: true });
}

/** Bytes up to which writing takes less time than a trip through the thread pool, of which a file takes three. */
const SMALL = 1024 * 1024;

/** writeFile goes on until everything is written; a single write may be cut short without an error. */
async function writeWhole(path: string, bytes: Uint8Array, flags: 'w' | 'wx'): Promise<void> {
  if (bytes.length <= SMALL) {
    writeFileSync(path, bytes, { flag: flags, mode: 0o644 });
    return;
  }
  const file = await open(path, flags, 0o644);
  try {
    await file.writeFile(bytes);
  } finally {
    await file.close();
  }
}
