/** Finds a topic, source or channel by id, with one map per list. */

type Named = { readonly id: string };

const maps = new WeakMap<readonly Named[], ReadonlyMap<string, Named>>();

export function findById<T extends Named>(list: readonly T[], id: string): T | undefined {
  const map = maps.get(list) ?? new Map(list.map((one) => [one.id, one]));
  maps.set(list, map);
  return map.get(id) as T | undefined;
}
