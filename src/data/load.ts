/** Loads the tables of this folder: words, names and hosts, one JSON file each. They are part of the program, as code is. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const folder = new URL('./', import.meta.url);
const load = createRequire(folder);
const maps = new Map<string, ReadonlyMap<string, unknown>>();

/** What `NAME.json` contains. Node reads the file at the first call and keeps the value. */
export function loadTable<T>(name: string): T {
  return load(`./${name}.json`) as T;
}

/** An object by its keys, for keys that come from feeds: `constructor` is not one of them. */
export function loadMap<T>(name: string): ReadonlyMap<string, T> {
  const known = maps.get(name) ?? new Map(Object.entries(loadTable<Readonly<Record<string, unknown>>>(name)));
  maps.set(name, known);
  return known as ReadonlyMap<string, T>;
}

export function hasTable(name: string): boolean {
  return existsSync(new URL(`${name}.json`, folder));
}
