/** Provides the articles of a review in a separate store: a copy of the section's store, or its restored edition. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { StoreError } from '../../model/errors.js';
import type { Settings, StoreSettings } from '../../model/settings.js';
import { createTemporaryStore } from '../copy-store.js';
import { copyToTemporaryStore } from '../dry-run.js';
import { restoreSite } from '../restore-site.js';
import type { BaseFolder } from './base-folder.js';

export interface ReviewArticles {
  readonly from: 'store' | 'edition' | 'none';
  readonly store: StoreSettings;
  readonly publishDir: string;
  remove(): Promise<void>;
}

/** `settings`: of the base; null: unreadable. Rejects with StoreError if an existing store cannot be copied. */
export async function openReviewArticles(
  settings: Settings | null,
  base: BaseFolder,
  signal: AbortSignal,
): Promise<ReviewArticles> {
  if (settings === null) return { from: 'none', ...(await createEmptyStore(join(base.root, 'feeds'))) };
  const publishDir = locateInBase(settings.publish.dir, base);
  const path = settings.store.kind === 'sqlite' ? await findStorePath(settings.store, base) : null;
  if (path !== null) {
    const { settings: store, remove } = await copyToTemporaryStore({ ...settings.store, path });
    return { from: 'store', store, publishDir, remove };
  }
  if (await mayBeBrought(publishDir, settings.publish.dir, base))
    return { from: 'none', ...(await createEmptyStore(join(base.root, 'feeds'))) };
  const made = await createEmptyStore(publishDir);
  const { s3: _, ...publish } = settings.publish;
  // Without topics: those of the base and of the change are then both found in the same texts.
  const published = { ...settings, topics: [], store: made.store, publish: { ...publish, dir: publishDir } };
  try {
    await restoreSite(published, signal);
    return { from: 'edition', ...made };
  } catch (error) {
    if (error instanceof StoreError && error.code === 'STORE_RESTORE') return { from: 'none', ...made };
    await made.remove();
    throw error;
  }
}

async function createEmptyStore(publishDir: string): Promise<Omit<ReviewArticles, 'from'>> {
  const { settings, remove } = await createTemporaryStore();
  return { store: settings, publishDir, remove };
}

/** In a checkout of a commit, files that git ignores are in the working folder. */
function locateInBase(path: string, { root, checkout }: BaseFolder): string {
  const below = relative(root, path);
  return checkout === null || below.startsWith('..') || existsSync(path) ? path : join(checkout, below);
}

/** null: missing, or a database brought by the change, which is not opened. */
async function findStorePath({ path }: StoreSettings, base: BaseFolder): Promise<string | null> {
  if (path === null) return null;
  const place = locateInBase(path, base);
  return existsSync(place) && !(await mayBeBrought(place, path, base)) ? place : null;
}

/** Whether the file at `place`, used instead of `path`, may be part of the change. */
async function mayBeBrought(place: string, path: string, base: BaseFolder): Promise<boolean> {
  return place !== path && existsSync(place) && (await base.isCommitted(place));
}
