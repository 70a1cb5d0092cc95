/** Prepares articles for lists on pages, and groups them by day. */
import type { PageEntry } from '../../model/page.js';
import { cutText } from '../../text/cut.js';
import { directionOf } from './direction.js';
import type { Labels } from './labels.js';
import { dateIn, dayIn, momentIn, type Shown, timeIn } from './moment.js';
import type { PublicationLink, PublicationPage } from './publication-links.js';

export interface ShownEntry {
  readonly title: string;
  readonly href: string;
  /** BCP 47; null: unknown. */
  readonly lang: string | null;
  readonly dir: string;
  readonly publication: string;
  /** The way to the page of the publication; null: it has none. */
  readonly publicationPage: PublicationLink | null;
  readonly published: Shown;
  readonly summary: string;
  readonly alsoLabel: string;
  readonly alsoReportedBy: readonly string[];
}

/** How lists show the date, and how many characters of the summary at most. */
export const LISTS = {
  day: { published: timeIn, summary: 220 },
  beside: { published: dateIn, summary: 0 },
  elsewhere: { published: momentIn, summary: 0 },
} as const;

/** `folder`: link to the folder of articles' pages, with a slash at its end or empty. */
export function shownEntry(
  entry: PageEntry,
  folder: string,
  labels: Labels,
  { published, summary }: (typeof LISTS)[keyof typeof LISTS],
  pageOf: PublicationPage = () => null,
): ShownEntry {
  return {
    title: entry.title,
    href: `${folder}${entry.slug}.html`,
    lang: entry.language,
    dir: directionOf(entry.language),
    publication: entry.publication,
    publicationPage: pageOf(entry),
    published: published(labels, entry.publishedAt),
    summary: summary === 0 ? '' : cutText(entry.summary.replace(/\s+/g, ' ').trim(), summary),
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
