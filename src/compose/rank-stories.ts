/** Ranks the stories of a digest's period by number of publications. */

export interface DigestStory {
  readonly id: string;
  readonly publications: number;
  /** Epoch milliseconds of its last report in this period. */
  readonly lastAt: number;
}

/** Ties: the newest, then the smaller id. */
export function compareDigestStories(a: DigestStory, b: DigestStory): number {
  return b.publications - a.publications || b.lastAt - a.lastAt || (a.id < b.id ? -1 : 1);
}
