/** Printed articles outside of memory: two threads print them, share by share and none twice, and they are read back where they are shown. */
import type { ArticleRef } from '../../model/article.js';
import type { Scratch } from '../../ports/scratch.js';
import { type RenderedArticle, sizeOf } from './render-cache.js';

/** Articles in one share: few enough that a thread holds little at once. */
const SHARE = 64;

/** What another thread of this process needs for the same stock: memory that is shared, as a thread at work hears no message. */
export interface SharedStock {
  /** Ascending: neighbours lie side by side in the store, and then in the stock. */
  readonly refs: Float64Array<SharedArrayBuffer>;
  /** How many shares were taken. */
  readonly taken: Int32Array<SharedArrayBuffer>;
  /** Of each article where its record begins, how many bytes its head takes, and how many all takes; 0: it has none. */
  readonly places: Float64Array<SharedArrayBuffer>;
}

export function shareStock(refs: readonly ArticleRef[]): SharedStock {
  const sorted = new Float64Array(new SharedArrayBuffer(refs.length * 8));
  sorted.set(refs);
  return {
    refs: sorted.sort(),
    taken: new Int32Array(new SharedArrayBuffer(4)),
    places: new Float64Array(new SharedArrayBuffer(refs.length * PLACE * 8)),
  };
}

/** Numbers in one of `places`. */
const PLACE = 3;

interface Place {
  readonly ref: ArticleRef;
  readonly at: number;
  readonly head: number;
  readonly size: number;
}

/** What stands before the texts of a record: the fields of an `ArticlePrint`, dates as milliseconds, marks counted from the first. */
type Head = readonly [
  order: string,
  id: string,
  language: string | null,
  publishedAt: number,
  updatedAt: number | null,
  whole: number,
  light: number | null,
  marks: readonly number[],
];

/** Somewhere to read records into; what it gave may be used again for the next. */
export type Room = (bytes: number) => Uint8Array;

export class PrintStock {
  readonly shared: SharedStock;
  readonly #scratch: Pick<Scratch, 'write' | 'read'>;

  constructor(shared: SharedStock, scratch: Pick<Scratch, 'write' | 'read'>) {
    this.shared = shared;
    this.#scratch = scratch;
  }

  /** Articles that nobody prints yet; null: all are taken. */
  take(): readonly ArticleRef[] | null {
    const from = Atomics.add(this.shared.taken, 0, 1) * SHARE;
    return from < this.shared.refs.length ? [...this.shared.refs.subarray(from, from + SHARE)] : null;
  }

  /** Lays aside those that belong to the stock, if there is room for all; returns which. What is not here is printed where it is shown. */
  put(prints: readonly RenderedArticle[]): ReadonlySet<ArticleRef> {
    const records = prints.flatMap((print) => {
      const index = this.#indexOf(print.ref);
      return index === -1 ? [] : { index, print, head: Buffer.from(JSON.stringify(headOf(print))) };
    });
    if (records.length === 0) return new Set();
    const bytes = Buffer.concat(records.flatMap(({ head, print }) => [head, textsOf(print)]));
    let at = this.#scratch.write(bytes);
    if (at === null) {
      this.#stop();
      return new Set();
    }
    for (const { index, head, print } of records) {
      const size = head.length + sizeOf(print);
      this.shared.places.set([at, head.length, size], index * PLACE);
      at += size;
    }
    return new Set(records.map(({ print }) => print.ref));
  }

  /** Those of the articles that lie here, by ref; their sheet is what `room` gives for all of them. */
  of(refs: readonly ArticleRef[], room: Room): Map<ArticleRef, RenderedArticle> {
    const places = refs.flatMap((ref) => this.#placeOf(ref) ?? []).sort((a, b) => a.at - b.at);
    if (places.length === 0) return new Map();
    const sheet = room(places.reduce((sum, { size }) => sum + size, 0));
    let used = 0;
    for (const { from, to } of spansOf(places)) {
      this.#scratch.read(sheet.subarray(used, used + to - from), from);
      used += to - from;
    }
    let start = 0;
    return new Map(
      places.map((place) => {
        const print = readPrint(place, sheet, start);
        start += place.size;
        return [place.ref, print];
      }),
    );
  }

  /** There is no room for more: what nobody has begun by now is printed where it is shown, and not twice. */
  #stop(): void {
    Atomics.store(this.shared.taken, 0, Math.ceil(this.shared.refs.length / SHARE));
  }

  #placeOf(ref: ArticleRef): Place | null {
    const index = this.#indexOf(ref);
    if (index === -1) return null;
    const [at, head, size] = this.shared.places.subarray(index * PLACE, index * PLACE + PLACE);
    return size === 0 ? null : { ref, at: at!, head: head!, size: size! };
  }

  #indexOf(ref: ArticleRef): number {
    const { refs } = this.shared;
    let [low, high] = [0, refs.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (refs[middle] === ref) return middle;
      if (refs[middle]! < ref) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

/** What lies side by side is read in one go. */
function spansOf(places: readonly Place[]): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  for (const { at, size } of places) {
    const last = spans.at(-1);
    if (last?.to === at) last.to += size;
    else spans.push({ from: at, to: at + size });
  }
  return spans;
}

function headOf({ order, id, language, publishedAt, updatedAt, weight, marks }: RenderedArticle): Head {
  const dates = [publishedAt.getTime(), updatedAt?.getTime() ?? null] as const;
  return [order, id, language, ...dates, weight.whole, weight.light, marks.map((mark) => mark - marks[0]!)];
}

function textsOf({ sheet, marks }: RenderedArticle): Uint8Array {
  return sheet.subarray(marks[0], marks.at(-1));
}

function readPrint({ ref, head }: Place, sheet: Uint8Array, start: number): RenderedArticle {
  const texts = start + head;
  const json = Buffer.from(sheet.buffer, sheet.byteOffset + start, head).toString();
  const [order, id, language, published, updated, whole, light, marks]: Head = JSON.parse(json);
  return {
    ref,
    order,
    id,
    language,
    publishedAt: new Date(published),
    updatedAt: updated === null ? null : new Date(updated),
    weight: { whole, light },
    sheet,
    marks: marks.map((mark) => mark + texts),
  };
}
