/** Lists of sources that are kept elsewhere (`kind: opml`), and what is known of them. */

/** A folder of a list, as a topic that its sources have by default. */
interface ListFolder {
  readonly id: string;
  readonly label: string;
  /** Id of the folder that it lies in. */
  readonly parent?: string;
}

/** A list as its document says it. */
export interface SourceList {
  /** Each address once, http(s), in the order of the document. */
  readonly sources: readonly {
    readonly url: string;
    /** null: not said. */
    readonly title: string | null;
    /** Ids of folders. */
    readonly topics: readonly string[];
  }[];
  /** The outer ones first. */
  readonly folders: readonly ListFolder[];
}

/** A source that a list names, or did. */
export interface ListMember {
  /** Given when it first appeared; never changes. */
  readonly id: string;
  readonly url: string;
  readonly title: string | null;
  readonly topics: readonly string[];
  /** The list does not name it any more: it is not asked, and nothing of it is withdrawn. */
  readonly left: boolean;
}

/** The last good reading of a list, with what it named before. */
export interface KnownList {
  readonly sources: readonly ListMember[];
  readonly folders: readonly ListFolder[];
}

/** What lists named when that was written down (`sources.lock.yaml`), by the id of the list. */
export type LockedLists = ReadonlyMap<string, KnownList>;
