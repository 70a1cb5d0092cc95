/** Merges the entries of the config with those of packs, key by key for the same id. */
import { deriveSourceId } from '../source-id-of-entry.js';
import type { ConfigFile, Path } from '../yaml.js';

export interface EntryPlace {
  readonly file: ConfigFile;
  readonly path: Path;
}

export interface ListLayer {
  readonly file: ConfigFile;
  readonly path: Path;
  readonly items: readonly unknown[];
  readonly without: ReadonlySet<string>;
}

export interface MergedList {
  readonly items: readonly unknown[];
  /** The places of each item, highest priority first. */
  readonly places: readonly (readonly EntryPlace[])[];
}

/** The first layer is the config, whose entries keep their positions. Earlier packs override later ones. */
export function mergeLayers(layers: readonly ListLayer[]): MergedList {
  const items: unknown[] = [];
  const places: EntryPlace[][] = [];
  const known = new Map<string, number>();
  for (const [depth, layer] of layers.entries())
    for (const [index, item] of layer.items.entries()) {
      const place = { file: layer.file, path: [...layer.path, index] };
      const id = readEntryId(item, place);
      if (id !== null && layer.without.has(id)) continue;
      const at = id === null || depth === 0 ? undefined : known.get(id);
      if (at === undefined) {
        if (id !== null && !known.has(id)) known.set(id, items.length);
        items.push(item);
        places.push([place]);
      } else if (places[at]!.every(({ file }) => file !== layer.file)) {
        items[at] = overlayEntry(item as object, items[at] as object);
        places[at]!.push(place);
      } else {
        items.push(item); // duplicate in one pack: reported by the checks
        places.push([place]);
      }
    }
  return { items, places };
}

/** If the config has an address, the pack's addresses are dropped. */
function overlayEntry(below: object, above: object): object {
  const { url, feeds, ...others } = below as { readonly url?: unknown; readonly feeds?: unknown };
  const isPlaced = 'url' in above || 'feeds' in above;
  return { ...(isPlaced ? others : below), ...above };
}

/** null if it has none. */
export function readEntryId(item: unknown, { file, path }: EntryPlace): string | null {
  if (typeof item !== 'object' || item === null) return null;
  const { id } = item as { readonly id?: unknown };
  return typeof id === 'string' ? id : (deriveSourceId(item, (rest) => file.written([...path, ...rest])) ?? null);
}

/** The file that sets a key of an entry, and the path in it. */
export function findKeyPlace(places: readonly EntryPlace[], rest: Path): EntryPlace {
  const [key] = rest;
  const saying = places.find(({ file, path }) => key !== undefined && hasKey(file.value, path, key)) ?? places[0]!;
  return { file: saying.file, path: [...saying.path, ...rest] };
}

function hasKey(value: unknown, path: Path, key: string | number): boolean {
  const entry = path.reduce<unknown>((one, step) => (one as Record<string, unknown> | null | undefined)?.[step], value);
  return typeof entry === 'object' && entry !== null && key in entry;
}
