/** Loads the tables of this folder: one JSON file each. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const folder = new URL('./', import.meta.url);
const load = createRequire(folder);
const maps = new Map<string, ReadonlyMap<string, unknown>>();

/** The content of `NAME.json`, read at the first call and cached. */
export function loadTable<T>(name: string): T {
  return load(`./${name}.json`) as T;
}

/** A map, because keys come from feeds: an object would also have `constructor`. */
export function loadMap<T>(name: string): ReadonlyMap<string, T> {
  const known = maps.get(name) ?? new Map(Object.entries(loadTable<Readonly<Record<string, unknown>>>(name)));
  maps.set(name, known);
  return known as ReadonlyMap<string, T>;
}

export function hasTable(name: string): boolean {
  return existsSync(new URL(`${name}.json`, folder));
}
