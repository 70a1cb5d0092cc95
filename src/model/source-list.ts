/** Lists of sources kept elsewhere (`kind: opml`), and their state. */

/** A folder of a list, used as a default topic of its sources. */
interface ListFolder {
  readonly id: string;
  readonly label: string;
  readonly parent?: string;
}

export interface SourceList {
  /** Unique http(s) addresses, in the order of the document. */
  readonly sources: readonly Pick<ListMember, 'url' | 'title' | 'topics'>[];
  /** Parents before children. */
  readonly folders: readonly ListFolder[];
}

/** A source that a list contains or contained. */
export interface ListMember {
  /** Assigned when it first appeared; never changes. */
  readonly id: string;
  readonly url: string;
  /** null: missing. */
  readonly title: string | null;
  readonly topics: readonly string[];
  /** The list no longer contains it. It is not polled, and its articles stay. */
  readonly left: boolean;
}

/** The last valid reading of a list, with previous members. */
export interface KnownList {
  readonly sources: readonly ListMember[];
  readonly folders: readonly ListFolder[];
}
