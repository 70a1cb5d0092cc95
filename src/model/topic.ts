/** Topics, as written in the config (docs/config.md). */
import type { SourceId } from './source.js';

/** Names the IPTC Media Topics: `medtop:20000056` is a term of this scheme. */
export const IPTC_SCHEME = 'http://cv.iptc.org/newscodes/mediatopic/';

/** Scheme of the categories by which a post or link of the section's own names its topics: their terms are topic ids. */
export const EDITORS_TOPIC = 'urn:newsloom:topic';

export interface CategoryMap {
  /** undefined: any source. */
  readonly source?: SourceId | undefined;
  readonly scheme?: string | undefined;
  /** Equal to the publisher's term or label, case aside. */
  readonly category: string;
}

/** The input of `createTagger`; lists are optional. */
export interface TopicConfig {
  readonly id: string;
  /** Ids that it had, the oldest first. */
  readonly formerly?: readonly string[] | undefined;
  readonly label?: string | Readonly<Record<string, string>> | undefined;
  /** `medtop:20000056` */
  readonly iptc?: string | undefined;
  readonly parent?: string | undefined;
  readonly any?: readonly string[] | undefined;
  readonly all?: readonly string[] | undefined;
  readonly near?: readonly (readonly string[])[] | undefined;
  readonly none?: readonly string[] | undefined;
  readonly map?: readonly CategoryMap[] | undefined;
  /**
   * ISO 3166-1 alpha-2 (`KP`) or a region of the United Nations (`south-eastern-asia`), one or several: adds the built-in names
   * and demonyms of the country, or of all countries of the region.
   */
  readonly place?: string | readonly string[] | undefined;
}

/** What readers see of an id that was given no name: `tarn-islands` → `Tarn islands`. */
export function nameFromId(id: string): string {
  return withCapital(id.replaceAll('-', ' '));
}

export function withCapital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** A topic with id, label and description filled in. */
export interface Topic extends TopicConfig {
  readonly label: string | Readonly<Record<string, string>>;
  /** Absolute path of its picture; missing: that of the section. */
  readonly icon?: string;
}
