/** Prepares articles for lists on pages, and groups them by day. */
import type { PageEntry } from '../../../model/page.js';
import { cutText, oneLine } from '../../../text/cut.js';
import { directionOf } from '../direction.js';
import type { Labels } from '../labels.js';
import { dateIn, dayIn, type Shown, timeIn } from '../moment.js';
import { machineLabel } from './machine.js';
import { type PICTURE_SIZES, type ShownPicture, shownPicture } from './picture.js';
import type { PublicationOf, ShownPublication } from './publication.js';

export interface ShownEntry {
  readonly title: string;
  readonly href: string;
  /** BCP 47; null: unknown. */
  readonly lang: string | null;
  readonly dir: string;
  readonly publication: string;
  /** The publication, with its page and icon. */
  readonly by: ShownPublication;
  /** null: none is shown. */
  readonly picture: ShownPicture | null;
  readonly published: Shown;
  readonly summary: string;
  /** That a machine's words stand in place of the publisher's; null: they do not. */
  readonly machine: string | null;
  readonly alsoLabel: string;
  readonly alsoReportedBy: readonly string[];
  /** It stands among the top stories of the same page, so the list hides it; missing: it does not. */
  readonly isAbove?: true;
}

/** How a list shows its entries. */
export interface ListStyle {
  published(labels: Labels, date: Date): Shown;
  /** Characters at most; 0: none. */
  readonly summary: number;
  /** null: none. A `lead` or `first` is on the first screen. */
  readonly picture: keyof typeof PICTURE_SIZES | null;
}

export const LISTS = {
  day: { published: timeIn, summary: 220, picture: 'thumb' },
  beside: { published: dateIn, summary: 0, picture: null },
  elsewhere: { published: dateIn, summary: 0, picture: null },
} as const satisfies Record<string, ListStyle>;

/** `folder`: link to the folder of articles' pages, with a slash at its end, or empty for a page that lies in it. */
export function shownEntry(
  entry: PageEntry,
  folder: string,
  labels: Labels,
  { published, summary, picture }: ListStyle,
  pageOf: PublicationOf,
): ShownEntry {
  const root = folder === '' ? '../' : folder.slice(0, -'articles/'.length);
  return {
    title: entry.title,
    href: `${folder}${entry.slug}.html`,
    lang: entry.language,
    dir: directionOf(entry.language),
    publication: entry.publication,
    by: pageOf(entry),
    picture:
      picture === null || entry.picture === null
        ? null
        : shownPicture(entry.picture, root, picture, picture === 'lead' || picture === 'first'),
    published: published(labels, entry.publishedAt),
    summary: summary === 0 ? '' : cutText(oneLine(entry.summary), summary),
    machine: entry.machine === undefined ? null : machineLabel(entry.machine, labels),
    alsoLabel: labels.alsoReportedBy,
    alsoReportedBy: entry.alsoReportedBy,
  };
}

export interface Day {
  readonly date: Shown;
  readonly entries: readonly ShownEntry[];
}

/** In the given order; a new group wherever the day (of the section's time zone) changes. `shown`: the entries prepared for display, by index. */
export function byDay(entries: readonly PageEntry[], shown: readonly ShownEntry[], labels: Labels): Day[] {
  const days: { date: Shown; entries: ShownEntry[] }[] = [];
  entries.forEach(({ publishedAt }, i) => {
    const date = dayIn(labels, publishedAt);
    if (days.at(-1)?.date.iso !== date.iso) days.push({ date, entries: [] });
    days.at(-1)!.entries.push(shown[i]!);
  });
  return days;
}
