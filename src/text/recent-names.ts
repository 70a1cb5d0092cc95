/** Names that were met before, found by their letters without being cut out: markup is written in a few dozen of them. */
import { detachString } from './detach-string.js';

/** A power of two. */
const PLACES = 512;

/** Keeps one name a place, so that no document fills it. */
export class RecentNames {
  readonly #written: string[] = Array.from({ length: PLACES }, () => '');
  readonly #lower: string[] = Array.from({ length: PLACES }, () => '');

  /** The name that stands in `text` there. */
  at(text: string, start: number, end: number): string {
    return this.#written[this.#placeOf(text, start, end)]!;
  }

  /** The same in lower case. */
  lowerAt(text: string, start: number, end: number): string {
    return this.#lower[this.#placeOf(text, start, end)]!;
  }

  #placeOf(text: string, start: number, end: number): number {
    let place = 0;
    for (let at = start; at < end; at++) place = (place * 31 + text.charCodeAt(at)) & (PLACES - 1);
    const known = this.#written[place]!;
    if (known.length === end - start && text.startsWith(known, start)) return place;
    const written = detachString(text.slice(start, end));
    this.#written[place] = written;
    this.#lower[place] = written.toLowerCase();
    return place;
  }
}
