/** Ranks the stories of a digest's period: those told by most publications first. */

export interface DigestStory {
  readonly id: string;
  /** Publications that have told it until the period ends. */
  readonly publications: number;
  /** Epoch milliseconds of its last report in this period. */
  readonly lastAt: number;
}

/** Of those told by as many, the newest; then by id. */
export function mostToldFirst(a: DigestStory, b: DigestStory): number {
  return b.publications - a.publications || b.lastAt - a.lastAt || (a.id < b.id ? -1 : 1);
}
