/** Writes the sources of lists to `sources.lock.yaml`, and reads this lock for a run. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { replaceFile } from '../config/edit/replace-file.js';
import { readListsLock, renderListsLock, resolveListsLockPath } from '../config/lists-lock.js';
import { ConfigError } from '../model/errors.js';
import type { Settings } from '../model/settings.js';
import type { SourceId } from '../model/source.js';
import type { KnownList, LockedLists } from '../model/source-list.js';
import { isList } from '../pipeline/read/lists/listed-sources.js';
import { readStore } from './open-store.js';

export interface WrittenLock {
  readonly file: string;
  readonly lists: readonly { readonly id: SourceId; readonly sources: number }[];
}

/** Lists without a successful read, so that nothing can be locked. */
export interface UnreadLists {
  readonly unread: readonly SourceId[];
}

/** Locks the lists as known to the store. Replaces an existing file atomically; a symbolic link stays. Throws StoreError. */
export async function lockLists(settings: Settings): Promise<WrittenLock | UnreadLists> {
  const states = await readStore(settings.store, (store) => store.fetchStates());
  const lists = settings.sources.filter(isList).map(({ id }) => [id, states.get(id)?.list ?? null] as const);
  const unread = lists.flatMap(([id, list]) => (list === null ? [id] : []));
  if (unread.length > 0) return { unread };
  const known = new Map(lists as (readonly [SourceId, KnownList])[]);
  const file = resolveListsLockPath(settings.configPath);
  const text = renderListsLock(known);
  if (existsSync(file)) await replaceFile(file, text);
  else await writeFile(file, text);
  const countListed = ({ sources }: KnownList) => sources.filter(({ left }) => !left).length;
  return { file, lists: [...known].map(([id, list]) => ({ id, sources: countListed(list) })) };
}

/** The lock of a run. Throws ConfigError if it is invalid, or if it is `frozen` and lacks a list of the site. */
export async function loadListsLock(settings: Settings, frozen: boolean): Promise<LockedLists | undefined> {
  const locked = await readListsLock(settings.configPath);
  const missing = settings.sources.filter((source) => isList(source) && !locked?.has(source.id));
  if (!frozen || missing.length === 0) return locked ?? undefined;
  const file = resolveListsLockPath(settings.configPath);
  const names = missing.map(({ id }) => `"${id}"`).join(', ');
  const message = `does not contain the sources of ${names}: run "newsloom build", then "newsloom sources lock"`;
  throw new ConfigError('CONFIG_INVALID', [{ file, line: 1, column: 1, path: '', message }]);
}
