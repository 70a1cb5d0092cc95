/** Interprets the attributes that a feed reader adds to outlines. */
import type { ImportedSource, LeftOutSetting } from '../imported-site.js';

export interface ReaderSettings {
  readonly keys: Partial<ImportedSource>;
  /** Why the feed is left out; missing: it is imported. */
  readonly refused?: string;
  readonly leftOut: readonly LeftOutSetting[];
}

/** Names each attribute without a counterpart. */
export function listUnsupportedAttributes(
  attributes: Readonly<Record<string, string>>,
  prefix: string,
  known: ReadonlySet<string>,
): LeftOutSetting[] {
  return Object.entries(attributes)
    .filter(([name, value]) => name.startsWith(prefix) && !known.has(name) && value !== 'false' && value !== '')
    .map(([name]) => ({ what: name, why: 'no counterpart; docs/config.md has the keys of a source' }));
}
