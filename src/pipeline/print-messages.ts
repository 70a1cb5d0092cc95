/** What the main thread and the one that prints ahead say to each other: shares of articles, and their prints as plain rows. */
import type { ArticleRef } from '../model/article.js';
import { type ArticlePrint, sizeOf } from './prints.js';

/** Articles in one share: few enough that a thread holds little at once. */
const SHARE = 64;

/** Articles to be printed by two threads, share by share, none twice. */
export class Shares {
  readonly #refs: readonly ArticleRef[];
  /** How many were taken; shared memory, as a thread at work hears no message. */
  readonly #taken: Int32Array<SharedArrayBuffer>;

  constructor(refs: readonly ArticleRef[], taken = new Int32Array(new SharedArrayBuffer(4))) {
    this.#refs = refs;
    this.#taken = taken;
  }

  /** For the constructor of the other thread's. */
  get sent(): { refs: readonly ArticleRef[]; taken: Int32Array<SharedArrayBuffer> } {
    return { refs: this.#refs, taken: this.#taken };
  }

  /** null: all are taken. */
  take(): readonly ArticleRef[] | null {
    const from = Atomics.add(this.#taken, 0, 1) * SHARE;
    return from < this.#refs.length ? this.#refs.slice(from, from + SHARE) : null;
  }
}

/** The fields of an `ArticlePrint` one by one, dates as milliseconds: rows cross threads in a fraction of the time of objects. */
type Row = readonly [
  ref: ArticleRef,
  order: string,
  id: string,
  language: string | null,
  publishedAt: number,
  updatedAt: number | null,
  whole: number,
  light: number | null,
  marks: readonly number[],
];

export interface SentShare {
  readonly rows: readonly Row[];
  /** Their texts, one after the other. */
  readonly sheet: Uint8Array<ArrayBuffer>;
}

export function pack(prints: readonly ArticlePrint[]): SentShare {
  const sheet = new Uint8Array(prints.reduce((sum, print) => sum + sizeOf(print), 0));
  let used = 0;
  const rows = prints.map((print): Row => {
    const { ref, order, id, language, publishedAt, updatedAt, weight, marks } = print;
    const [from, to] = [marks[0]!, marks.at(-1)!];
    const moved = marks.map((mark) => mark - from + used);
    sheet.set(print.sheet.subarray(from, to), used);
    used += to - from;
    const dates = [publishedAt.getTime(), updatedAt?.getTime() ?? null] as const;
    return [ref, order, id, language, ...dates, weight.whole, weight.light, moved];
  });
  return { rows, sheet };
}

export function unpack({ rows, sheet }: SentShare): ArticlePrint[] {
  return rows.map(([ref, order, id, language, published, updated, whole, light, marks]) => ({
    ref,
    order,
    id,
    language,
    publishedAt: new Date(published),
    updatedAt: updated === null ? null : new Date(updated),
    weight: { whole, light },
    sheet,
    marks,
  }));
}
