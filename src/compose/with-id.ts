/** Finds the topic, source or channel with an id: a list of settings is made into a map once, since each channel of an edition looks into it. */

type Named = { readonly id: string };

const maps = new WeakMap<readonly Named[], ReadonlyMap<string, Named>>();

export function withId<T extends Named>(list: readonly T[], id: string): T | undefined {
  const map = maps.get(list) ?? new Map(list.map((one) => [one.id, one]));
  maps.set(list, map);
  return map.get(id) as T | undefined;
}
