/** The result of restoring a store, and the reason for it. */

export interface RestoreReport {
  readonly articles: number;
  /** Withdrawn articles, known from tombstones. */
  readonly withdrawn: number;
  /** Stories of several sources that kept their published ids. */
  readonly stories: number;
  readonly channels: number;
  readonly archiveDocuments: number;
  readonly files: number;
  /** One sentence per unreadable file. */
  readonly problems: readonly string[];
}

/** Why a run restored the store first. */
export interface RestoreCause {
  readonly reason: 'empty' | 'older' | 'damaged';
  /** New path of the replaced store; null: the store was empty. */
  readonly aside: string | null;
}
