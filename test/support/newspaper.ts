/**
 * Simulates a publication over days: it posts, edits, moves and withdraws articles, and records what readers should
 * see.
 */
import { type RssItem, rss } from './serve-feeds.js';

export interface Piece {
  readonly n: number;
  title: string;
  link: string;
  guid: string;
  readonly date: Date;
  takenBack: boolean;
}

const HOUR = 3_600_000;
/** Articles per hour of the day, UTC: few at night, many in the morning. */
const HABIT = [0, 0, 0, 0, 1, 1, 2, 3, 3, 2, 2, 1, 2, 2, 1, 2, 2, 1, 1, 1, 0, 1, 0, 0];

export class Newspaper {
  readonly pieces: Piece[] = [];
  #scheme = 'http';
  #site = 'first';

  constructor(
    readonly name: string,
    /** Number of articles in its document. */
    readonly window: number,
    /** Publishes only every `share`-th article of the habit. */
    readonly share: number,
  ) {}

  /** Posts the articles of the hours up to `now`; returns their number. */
  post(from: Date, now: Date): number {
    const before = this.pieces.length;
    for (let hour = from.getTime() + HOUR; hour <= now.getTime(); hour += HOUR) {
      const count = HABIT[new Date(hour).getUTCHours()] as number;
      for (let k = 0; k < count; k++)
        if ((hour / HOUR + k) % this.share === 0) this.#write(new Date(hour - (k + 1) * 600_000));
    }
    return this.pieces.length - before;
  }

  #write(date: Date): void {
    const n = this.pieces.length + 1;
    this.pieces.push({
      n,
      title: `${this.name} report number ${n} on the ${SUBJECTS[n % SUBJECTS.length]}`,
      link: '',
      guid: '',
      date,
      takenBack: false,
    });
  }

  /** The k-th newest article of the document. */
  at(k: number): Piece {
    return this.document()[k] as Piece;
  }

  document(): Piece[] {
    return this.pieces
      .filter((piece) => !piece.takenBack)
      .sort((a, b) => b.date.getTime() - a.date.getTime() || b.n - a.n)
      .slice(0, this.window);
  }

  /** Switches to https, with other guids. */
  moveToHttps(): void {
    this.#scheme = 'https';
    this.#site = 'second';
  }

  serve(): string {
    const items = this.document().map(
      (piece): RssItem => ({
        title: piece.title,
        link: piece.link === '' ? `${this.#scheme}://${this.name}.example/${piece.n}` : piece.link,
        guid: `${this.#site}-${piece.n}`,
        date: piece.date.toISOString(),
        description: `What happened, in short: ${piece.title}.`,
      }),
    );
    return rss(`The ${this.name}`, items, `https://${this.name}.example/`);
  }
}

const SUBJECTS = [
  'harbour',
  'tram line',
  'harvest',
  'lighthouse',
  'timetable',
  'rail bridge',
  'strike',
  'wolves',
  'library',
  'snow',
  'court',
  'museum',
  'cheese',
];
