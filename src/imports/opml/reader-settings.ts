/** Interprets the attributes that a feed reader adds to outlines. */
import type { ImportedSource, LeftOutSetting } from '../imported-site.js';

export interface ReaderSettings {
  readonly keys: Partial<ImportedSource>;
  /** Why the feed is left out; missing: it is imported. */
  readonly refused?: string;
  readonly leftOut: readonly LeftOutSetting[];
}

/** Explains each attribute without a counterpart. */
export function listUnsupportedAttributes(
  attributes: Readonly<Record<string, string>>,
  prefix: string,
  known: ReadonlySet<string>,
  reasons: Readonly<Record<string, string>>,
): LeftOutSetting[] {
  return Object.entries(attributes)
    .filter(([name, value]) => name.startsWith(prefix) && !known.has(name) && value !== 'false' && value !== '')
    .map(([name]) => ({ what: name, why: reasons[name.slice(prefix.length)] ?? 'no counterpart' }));
}
