/** Groups of sources: their keys apply to each source of the group that does not set them. */
import { isRecord } from '../text/record.js';
import type { Path } from './yaml.js';

type Entry = Readonly<Record<string, unknown>>;

/** Accepts values of any shape; the checks report them. */
export function applyGroups(value: unknown): unknown {
  if (!isRecord(value) || !Array.isArray(value.groups) || !Array.isArray(value.sources)) return value;
  const sources = value.sources.map((source) => {
    const group = findGroup(value, source);
    return group === undefined ? source : { ...listShared(group.entry), ...source };
  });
  return { ...value, sources };
}

/** The path of a source's key that its group sets; null: its own. `value`: before groups are applied. */
export function findInheritedPath(value: unknown, path: Path): Path | null {
  const [list, index, key] = path;
  if (list !== 'sources' || typeof index !== 'number' || typeof key !== 'string' || !isRecord(value)) return null;
  const source: unknown = Array.isArray(value.sources) ? value.sources[index] : undefined;
  const group = isRecord(source) && !(key in source) ? findGroup(value, source) : undefined;
  if (group === undefined || key === 'id' || !(key in group.entry)) return null;
  return ['groups', group.index, ...path.slice(2)];
}

/** Keys of the group that the source sets differently. */
export function listGroupDifferences(value: unknown, index: number): readonly string[] {
  if (!isRecord(value) || !Array.isArray(value.sources)) return [];
  const source: unknown = value.sources[index];
  const group = findGroup(value, source);
  if (group === undefined || !isRecord(source)) return [];
  const isSame = ([key, one]: [string, unknown]) => JSON.stringify(source[key]) === JSON.stringify(one);
  return Object.entries(listShared(group.entry)).filter((pair) => !isSame(pair)).map(([key]) => key); // biome-ignore format: one chain
}

function findGroup({ groups }: Entry, source: unknown): { readonly entry: Entry; readonly index: number } | undefined {
  if (!Array.isArray(groups) || !isRecord(source) || source.group === undefined) return undefined;
  const index = groups.findIndex((one) => isRecord(one) && one.id === source.group);
  return index < 0 ? undefined : { entry: groups[index] as Entry, index };
}

function listShared({ id: _, ...shared }: Entry): Entry {
  return shared;
}
