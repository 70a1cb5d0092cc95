/** Topics, as written in the config (docs/config.md). */
import type { SourceId } from './source.js';

/** Scheme of the IPTC Media Topics, with terms such as `medtop:20000056`. */
export const IPTC_SCHEME = 'http://cv.iptc.org/newscodes/mediatopic/';

/** Scheme of topic ids in the categories of the section's own posts and links. */
export const EDITORS_TOPIC = 'urn:newsloom:topic';

export interface CategoryMap {
  /** undefined: any source. */
  readonly source?: SourceId | undefined;
  readonly scheme?: string | undefined;
  /** Equal to the publisher's term or label, ignoring case. */
  readonly category: string;
}

/** The input of `createTagger`. */
export interface TopicConfig {
  readonly id: string;
  /** Previous ids, oldest first. */
  readonly formerly?: readonly string[] | undefined;
  readonly label?: string | Readonly<Record<string, string>> | undefined;
  /** `medtop:20000056` */
  readonly iptc?: string | undefined;
  readonly parent?: string | undefined;
  readonly any?: readonly string[] | undefined;
  /** Count in a headline, or if two of them occur. Elsewhere they may be in passing. */
  readonly hints?: readonly string[] | undefined;
  readonly all?: readonly string[] | undefined;
  readonly near?: readonly (readonly string[])[] | undefined;
  readonly none?: readonly string[] | undefined;
  readonly map?: readonly CategoryMap[] | undefined;
  /** ISO 3166-1 alpha-2 (`KP`), a UN region (`south-eastern-asia`), or a list: adds names and demonyms. */
  readonly place?: string | readonly string[] | undefined;
}

/** The label of an id without a configured name: `tarn-islands` → `Tarn islands`. */
export function toTopicName(id: string): string {
  return capitalizeFirst(id.replaceAll('-', ' '));
}

export function capitalizeFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** A topic with id, label and description filled in. */
export interface Topic extends TopicConfig {
  readonly label: string | Readonly<Record<string, string>>;
  /** Absolute path of its picture; missing: the section's. */
  readonly icon?: string;
}
