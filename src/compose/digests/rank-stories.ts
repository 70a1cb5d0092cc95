/** Ranks the stories of a digest's period: those told by most publications first. */

export interface DigestStory {
  readonly id: string;
  /** Publications that tell it in this period. */
  readonly publications: number;
  /** Epoch milliseconds of its first report in this period. */
  readonly firstAt: number;
}

/** Of those told by as many, the one that was told first; then by id. */
export function mostToldFirst(a: DigestStory, b: DigestStory): number {
  return b.publications - a.publications || a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1);
}
