/** What a feed reader's own attributes of an outline mean here. */
import type { ImportedSource, LeftOutSetting } from '../imported-site.js';

export interface ReaderSettings {
  /** Keys of the source. */
  readonly keys: Partial<ImportedSource>;
  /** Why the feed itself is left out; missing: it is taken. */
  readonly refused?: string;
  readonly leftOut: readonly LeftOutSetting[];
}

/** What is said of each attribute that is there and has no counterpart. */
export function unlikeAttributes(
  attributes: Readonly<Record<string, string>>,
  prefix: string,
  known: ReadonlySet<string>,
  reasons: Readonly<Record<string, string>>,
): LeftOutSetting[] {
  return Object.entries(attributes)
    .filter(([name, value]) => name.startsWith(prefix) && !known.has(name) && value !== 'false' && value !== '')
    .map(([name]) => ({ what: name, why: reasons[name.slice(prefix.length)] ?? 'it has no counterpart' }));
}
