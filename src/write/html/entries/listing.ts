/** Prepares articles for lists on pages, and groups them by day. */
import type { PageEntry } from '../../../model/page.js';
import { cutText, toOneLine } from '../../../text/cut.js';
import { detectDirection } from '../direction.js';
import { storyPath } from '../frame.js';
import type { Labels } from '../labels.js';
import { formatDate, formatDay, formatTime, type Shown } from '../moment.js';
import { machineLabel } from './machine.js';
import { type PICTURE_SIZES, type ShownPicture, shownPicture } from './picture.js';
import { formatDuration } from './player.js';
import type { PublicationFinder, ShownPublication } from './publication.js';

export interface ShownEntry {
  readonly title: string;
  readonly href: string;
  readonly lang: string | null;
  readonly dir: string;
  readonly publication: string;
  readonly by: ShownPublication;
  readonly picture: ShownPicture | null;
  readonly published: Shown;
  readonly summary: string;
  /** `Audio, 12:03`; null: only text. */
  readonly medium: string | null;
  /** Label of the machine output that replaces the publisher's text; null: none. */
  readonly machine: string | null;
  /** The section's words; missing: none. */
  readonly remark?: PageEntry['remark'];
  readonly alsoLabel: string;
  readonly alsoReportedBy: readonly string[];
  /** Other reports of its story, which the list does not show; missing: none. */
  readonly folded?: {
    readonly label: string;
    readonly also: readonly ShownEntry[];
    readonly all: {
      readonly href: string;
      readonly text: string;
      readonly about: string;
      readonly lang: string | null;
    };
  };
  /** Hidden in the list because it is also among the top stories of the page. */
  readonly isAbove?: true;
}

export interface ListStyle {
  published(labels: Labels, date: Date): Shown;
  /** Maximum number of characters; 0: no summaries. */
  readonly summary: number;
  /** null: no pictures. A `lead` or `first` is on the first screen. */
  readonly picture: keyof typeof PICTURE_SIZES | null;
}

export const LISTS = {
  day: { published: formatTime, summary: 160, picture: 'thumb' },
  beside: { published: formatDate, summary: 0, picture: null },
  elsewhere: { published: formatDate, summary: 0, picture: null },
} as const satisfies Record<string, ListStyle>;

/** `folder`: link to the folder of article pages, with a slash at its end; empty for a page in that folder. */
export function shownEntry(
  entry: PageEntry,
  folder: string,
  labels: Labels,
  { published, summary, picture }: ListStyle,
  pageOf: PublicationFinder,
): ShownEntry {
  const root = folder === '' ? '../' : folder.slice(0, -'articles/'.length);
  return {
    title: entry.title,
    href: `${folder}${entry.slug}.html`,
    lang: entry.language,
    dir: detectDirection(entry.language),
    publication: entry.publication,
    by: pageOf(entry),
    picture:
      picture === null || entry.picture === null ? null : shownPicture(entry.picture, root, picture, entry.title),
    published: published(labels, entry.publishedAt),
    summary:
      summary === 0 || entry.summary === entry.title
        ? ''
        : cutText(endBeforeAddress(toOneLine(entry.summary)), summary),
    medium: entry.medium === undefined ? null : describeMedium(entry.medium, labels),
    machine: entry.machine === undefined ? null : machineLabel(entry.machine, labels),
    ...(entry.remark !== undefined && summary > 0 && { remark: entry.remark }),
    alsoLabel: labels.alsoReportedBy,
    alsoReportedBy: entry.alsoReportedBy,
    ...(entry.folded && {
      folded: {
        label: labels.also,
        also: selectReporters(entry).map((one) => shownEntry(one, folder, labels, LISTS.beside, pageOf)),
        all: { href: root + storyPath(entry.folded.slug), text: labels.manyReports, about: entry.title, lang: entry.language }, // biome-ignore format: one link
      },
    }),
  };
}

/** Without the sentence that contains an address, and all after it: "Subscribe here: https://…". */
function endBeforeAddress(text: string): string {
  const at = text.search(/https?:\/\//);
  return at < 0 ? text : (/^.*[.!?…。！？](?=\s)/.exec(text.slice(0, at))?.[0] ?? '');
}

function describeMedium({ isVideo, duration }: NonNullable<PageEntry['medium']>, labels: Labels): string {
  const kind = isVideo ? labels.video : labels.audio;
  return duration === null ? kind : `${kind}, ${formatDuration(duration)}`;
}

/** One report of each other publication. */
function selectReporters({ publication, folded }: PageEntry): readonly PageEntry[] {
  const found = new Map<string, PageEntry>();
  for (const other of folded?.others ?? []) found.set(other.publication.toLowerCase(), other);
  found.delete(publication.toLowerCase());
  return selectNamed([...found.values()]);
}

/** Number of publications named with a story. One more is named, too, if it is the last. */
const NAMED = 3;

export function selectNamed(others: readonly PageEntry[]): readonly PageEntry[] {
  return others.length <= NAMED + 1 ? others : others.slice(0, NAMED);
}

export interface Day {
  readonly date: Shown;
  readonly entries: readonly ShownEntry[];
}

/** Starts a new group at each new day in the section's time zone. `shown`: the prepared entries, by index. */
export function groupByDay(entries: readonly PageEntry[], shown: readonly ShownEntry[], labels: Labels): Day[] {
  const days: { date: Shown; entries: ShownEntry[] }[] = [];
  entries.forEach(({ publishedAt }, i) => {
    const date = formatDay(labels, publishedAt);
    if (days.at(-1)?.date.iso !== date.iso) days.push({ date, entries: [] });
    days.at(-1)!.entries.push(shown[i]!);
  });
  return days;
}
