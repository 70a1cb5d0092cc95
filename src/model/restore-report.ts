/** What restoring a store did, and why it was done. */

export interface RestoreReport {
  readonly articles: number;
  /** Number of withdrawn articles, from tombstones. */
  readonly withdrawn: number;
  /** Number of stories of several sources whose published ids were kept. */
  readonly stories: number;
  readonly channels: number;
  readonly archiveDocuments: number;
  readonly files: number;
  /** A sentence for each file that could not be read. */
  readonly problems: readonly string[];
}

/** Why a run restored the store first. */
export interface RestoreCause {
  readonly reason: 'empty' | 'older' | 'damaged';
  /** Where the store that was there was put; null: it was empty. */
  readonly aside: string | null;
}
