/** What another program's export says of a site: its sources, its topics, and what has no counterpart here. */
import type { OpmlFolder } from '../text/opml.js';

/** Conditions of a rule as a config writes them, by field. */
export type ImportedConditions = Readonly<Partial<Record<'title' | 'text' | 'category' | 'author', readonly string[]>>>;

export interface ImportedRule {
  readonly drop: ImportedConditions & { readonly unless?: ImportedConditions };
}

/** A source in the keys of the config. Not checked: the address may be none, an expression may be of another dialect. */
export interface ImportedSource {
  readonly url: string;
  /** What the other program calls it by. */
  readonly id?: string;
  readonly title?: string;
  /** Its picture: an address, or a file in one of the folders of the site (`iconFolders`). */
  readonly icon?: string;
  /** Ids of folders. */
  readonly topics?: readonly string[];
  readonly kind?: 'json' | 'opml';
  /** Paths of `kind: json`. */
  readonly json?: Readonly<Record<string, string>>;
  readonly every?: string;
  readonly proxy?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly rules?: readonly ImportedRule[];
  /** Where it is another than that of the site. */
  readonly content?: 'summary';
}

export interface LeftOutSetting {
  /** What the other program calls it. */
  readonly what: string;
  /** Why it is left out, or what to do instead. */
  readonly why: string;
  /** It is carried over, and wants to be looked at. */
  readonly kept?: true;
}

export interface ImportedSite {
  readonly title: string | null;
  /** The home page. */
  readonly url: string | null;
  /** A mailto: or http(s) address. */
  readonly contact: string | null;
  /** Entries of a feed. */
  readonly items: number | null;
  /** How much of its articles it republished. null: nobody said. */
  readonly content: 'full' | 'summary' | null;
  /** Of all sources, after their own. */
  readonly rules: readonly ImportedRule[];
  readonly sources: readonly ImportedSource[];
  /** Topics that sources have, the outer ones first. */
  readonly folders: readonly OpmlFolder[];
  /** Names of further files that belong to it, relative to the file. */
  readonly files: readonly string[];
  /** Folders in which its icons may lie, relative to the file. The first one stands at the home page as well. */
  readonly iconFolders: readonly string[];
  readonly leftOut: readonly LeftOutSetting[];
}

export interface ExportedFile {
  /** Without its folders. */
  readonly name: string;
  readonly text: string;
}

/** One way to write down what a site reads. Pure. */
export interface ImportFormat {
  /** For reports: `planet`. */
  readonly name: string;
  /** One line, for the docs. */
  readonly describe: string;
  /** Formats are asked in the order of their list. */
  recognizes(file: ExportedFile): boolean;
  /** Never throws: what cannot be read is left out, and said. */
  read(file: ExportedFile): ImportedSite;
}

/** A site of which nothing but these parts is known. */
export function importedSite(parts: Partial<ImportedSite>): ImportedSite {
  const none = { title: null, url: null, contact: null, items: null, content: null };
  return { ...none, rules: [], sources: [], folders: [], files: [], iconFolders: [], leftOut: [], ...parts };
}

/** Equal reasons of many sources as one entry: `crawler (12 sources)`. In the order of their first mention. */
export function withCounts(found: readonly LeftOutSetting[]): LeftOutSetting[] {
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
