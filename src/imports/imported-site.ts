/** Types of an import: sources, topics, and settings without a counterpart. */
import type { OpmlFolder } from '../text/opml-folders.js';

/** Conditions of a rule in config syntax, by field. */
export type ImportedConditions = Readonly<Partial<Record<'title' | 'text' | 'category' | 'author', readonly string[]>>>;

export interface ImportedRule {
  readonly drop: ImportedConditions & { readonly unless?: ImportedConditions };
}

/** A source with config keys. Not validated: the URL or an expression may be invalid. */
export interface ImportedSource {
  readonly url: string;
  /** Its key in the other program. */
  readonly id?: string;
  readonly title?: string;
  /** A URL, or a file of the other site. */
  readonly icon?: string;
  /** Folder ids. */
  readonly topics?: readonly string[];
  readonly kind?: 'opml';
  readonly every?: string;
  readonly proxy?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly rules?: readonly ImportedRule[];
  /** Set if it differs from the site's. */
  readonly content?: 'summary';
}

export interface LeftOutSetting {
  /** The setting's name in the other program. */
  readonly what: string;
  /** Why it is left out, or what to do instead. */
  readonly why: string;
  /** It was imported, but needs a review. */
  readonly kept?: true;
}

export interface ImportedSite {
  readonly title: string | null;
  /** URL of the home page. */
  readonly url: string | null;
  /** A mailto: or http(s) URL. */
  readonly contact: string | null;
  /** Number of entries in a feed. */
  readonly items: number | null;
  /** How much of each article is republished; null: not specified. */
  readonly content: 'full' | 'summary' | null;
  /** Rules for all sources, applied after their own. */
  readonly rules: readonly ImportedRule[];
  readonly sources: readonly ImportedSource[];
  /** Topics used by sources; parents come first. */
  readonly folders: readonly OpmlFolder[];
  /** Additional files of the import, relative to the main file. */
  readonly files: readonly string[];
  readonly leftOut: readonly LeftOutSetting[];
}

export interface ExportedFile {
  /** Without its path. */
  readonly name: string;
  readonly text: string;
}

/** A reader for one export format, without side effects. */
export interface ImportFormat {
  /** Name in reports: `planet`. */
  readonly name: string;
  /** One line for the docs. */
  readonly describe: string;
  /** Formats are tried in list order. */
  recognizes(file: ExportedFile): boolean;
  /** Never throws. Unreadable parts are reported in `leftOut`. */
  read(file: ExportedFile): ImportedSite;
}

/** Fills in defaults. */
export function createImportedSite(parts: Partial<ImportedSite>): ImportedSite {
  const none = { title: null, url: null, contact: null, items: null, content: null };
  return { ...none, rules: [], sources: [], folders: [], files: [], leftOut: [], ...parts };
}

/** Merges equal entries: `crawler (12 times)`. Keeps the order of first occurrence. */
export function mergeLeftOut(found: readonly LeftOutSetting[]): LeftOutSetting[] {
  const counts = new Map<string, { readonly one: LeftOutSetting; count: number }>();
  for (const one of found) {
    const key = `${one.what}\n${one.why}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { one, count: 1 });
    else known.count += 1;
  }
  return [...counts.values()].map(({ one, count }) =>
    count === 1 ? one : { ...one, what: `${one.what} (${count} times)` },
  );
}
