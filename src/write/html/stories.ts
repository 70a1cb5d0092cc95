/** Prepares stories for pages: the top of the index, the list, story pages, and folded runs of one source. */
import type { PageEntry, PageStory, StoryPage, TopStory } from '../../model/page.js';
import { keepLatest } from '../../model/publications.js';
import type { SourceId } from '../../model/source.js';
import { toOneLine } from '../../text/cut.js';
import { primaryLanguage } from '../../text/stem.js';
import { detectDirection } from './direction.js';
import { type Day, LISTS, type ListStyle, type ShownEntry, selectNamed, shownEntry } from './entries/listing.js';
import { shownPicture } from './entries/picture.js';
import { createPublicationFinder, type PublicationFinder } from './entries/publication.js';
import { articlePath, type Frame, pageDescription, storyPath, toPageUrl } from './frame.js';
import { listGraph } from './json-ld.js';
import { fill, type Labels } from './labels.js';
import { createRecentFormat, formatDay, formatLocalMoment, formatMoment, formatTime } from './moment.js';
import { shownLanguage } from './overviews.js';

/** Number of headlines under the first story of the index. */
const HEADLINES = 3;
/** A link shows exact numbers up to here, because each new number rewrites the page of every report. */
export const MAX_COUNTED = 12;
const SUMMARY = { first: 300, other: 160 };
/** A story with more reports has the latest ones above the others. */
const FEW_REPORTS = 5;
const LATEST_REPORTS = 3;

/** A longer headline of the first story has a smaller font. */
const LONG_HEADLINE = 80;

/** `newest`: date of the newest article of the edition. Stories of the last day show their time, others their date. */
export function topData(top: readonly TopStory[], newest: Date | null, labels: Labels, pageOf: PublicationFinder) {
  const published = createRecentFormat(newest);
  return top.map(({ entry, story, isPinned }, place) => {
    const leads = leadsStory({ entry, story });
    const headlines = place === 0 ? HEADLINES : 0;
    const isIllustrated = isInRowOfThree(place, top.length);
    const list: ListStyle = {
      published,
      summary: place === 0 ? SUMMARY.first : SUMMARY.other,
      picture: place === 0 ? 'first' : isIllustrated ? 'column' : 'thumb',
    };
    return {
      ...shownEntry(entry, 'articles/', labels, list, pageOf),
      ...(leads && { href: storyPath(story!.slug) }),
      isFirst: place === 0,
      isLong: entry.title.length > LONG_HEADLINE,
      isIllustrated,
      pinned: isPinned ? labels.pinned : null,
      ...(story === null ? NO_OTHERS : otherReportsData(story, 'articles/', labels, pageOf, headlines)),
      ...(story !== null && !leads && { all: allReportsLink(story, labels) }),
    };
  });
}

export function leadsStory({ entry, story }: Pick<TopStory, 'entry' | 'story'>): boolean {
  return story !== null && story.lead.id === entry.id;
}

/** Whether the story at this place is in a row of three, as in the stylesheet. Its picture is above its headline. */
function isInRowOfThree(place: number, stories: number): boolean {
  const inRow = stories - 1 - Math.floor((place - 1) / 3) * 3;
  return place > 0 && inRow !== 1 && inRow !== 2 && inRow !== 4;
}

/** Ids of the articles that the stories at the top represent. Lists on the same page hide them. */
export function listTopIds(top: readonly TopStory[]): ReadonlySet<string> {
  return new Set(top.flatMap(({ entry, story }) => [entry, ...(story?.others ?? [])].map(({ id }) => id)));
}

const NO_OTHERS = { headlines: [], also: [], all: null };

/** `headlines`: number of other publications that are shown with their headlines. */
function otherReportsData(story: PageStory, folder: string, labels: Labels, pageOf: PublicationFinder, headlines = 0) {
  // Beside the first story the newest reports have headlines.
  const named = selectNamed(headlines === 0 ? story.others : [...story.others].reverse());
  const shown = named.map((one) => shownEntry(one, folder, labels, LISTS.beside, pageOf));
  return {
    headlines: shown.slice(0, headlines),
    also: shown.slice(headlines),
    all: named.length === story.others.length ? null : allReportsLink(story, labels),
  };
}

/** `text`: of the link. `about`: the rest of its accessible name. */
function allReportsLink({ slug, reports, lead }: PageStory, labels: Labels) {
  return {
    href: storyPath(slug),
    text: fill(labels.allReports, { n: reports }),
    about: lead.title,
    lang: lead.language,
  };
}

/** Days newest first; within each the stories keep their order. */
export function storiesData(stories: readonly PageStory[], frame: Frame) {
  const { labels, site } = frame;
  const heading = labels.stories;
  const title = `${heading} | ${site.title}`;
  const path = 'stories.html';
  const articles = stories.map(({ slug }) => toPageUrl(site, storyPath(slug)));
  const graph = listGraph({ url: toPageUrl(site, path), name: heading, language: labels.language, articles });
  const about = { path, heading, title, description: title, feeds: 'stories', steps: [{ text: heading }] };
  const data = frame.data({ kind: 'stories', graph, ...about });
  return { ...data, list: { days: storyDays(stories, frame), feeds: frame.formats('stories', '') } };
}

const LISTED: ListStyle = { ...LISTS.elsewhere, summary: SUMMARY.other, picture: 'thumb' };

function storyDays(stories: readonly PageStory[], { labels, linkNames }: Frame) {
  const leads = stories.map(({ lead }) => lead);
  const pageOf = createPublicationFinder(leads, linkNames, labels.publication, '');
  const days = new Map<string, { readonly date: Day['date']; readonly stories: object[] }>();
  for (const story of stories) {
    const date = formatDay(labels, story.joinedAt);
    const day = days.get(date.iso) ?? { date, stories: [] };
    days.set(date.iso, day);
    day.stories.push({
      ...shownEntry(story.lead, 'articles/', labels, LISTED, pageOf),
      href: storyPath(story.slug),
      ...otherReportsData(story, 'articles/', labels, pageOf),
    });
  }
  return [...days].sort(([a], [b]) => (a < b ? 1 : -1)).map(([, day]) => day);
}

export function storyData(story: StoryPage, frame: Frame) {
  const { labels, site } = frame;
  const { lead, course, related } = story;
  const path = storyPath(story.slug);
  const told = fill(labels.toldBy, { n: story.publications });
  const { own, foreign } = groupLanguages(story, site.language);
  const latest = own.length > FEW_REPORTS ? own.slice(0, LATEST_REPORTS) : [];
  const shown = [...own, ...foreign.values()].flat();
  const articles = shown.map(({ entry }) => toPageUrl(site, articlePath(entry.slug)));
  const reports = course.flatMap(({ entry, copies }) => [entry, ...copies]);
  const pageOf = createPublicationFinder(reports, frame.linkNames, labels.publication, '../');
  const summary = toOneLine(lead.summary);
  const dir = detectDirection(lead.language);
  const data = frame.data({
    kind: 'story',
    path,
    heading: lead.title,
    title: `${lead.title} – ${told} | ${site.title}`,
    description: summary === '' ? `${lead.title} – ${told}` : pageDescription(summary),
    feeds: `stories/${story.slug}`,
    graph: listGraph({ url: toPageUrl(site, path), name: lead.title, language: labels.language, articles }),
    steps: [{ text: lead.title, lang: lead.language, dir }],
  });
  const show = (report: CourseReport, list: ListStyle) => courseData(report, list, labels, pageOf);
  return {
    ...data,
    list: { feeds: frame.formats(`stories/${story.slug}`, '../') },
    story: {
      title: lead.title,
      lang: lead.language,
      dir,
      told: describeReports(story, labels),
      picture: lead.picture && shownPicture(lead.picture, '../', 'lead', lead.title),
      // The picture of the lead is above.
      latest: latest.map((report) => show(report, report.entry.id === lead.id ? { ...LATEST, picture: null } : LATEST)),
      days: courseDays(own.slice(latest.length), lead.id, labels, show),
      languages: [...foreign].map(([language, group]) => {
        return { ...shownLanguage(language)!, reports: group.map((report) => show(report, COURSE)) };
      }),
      all: reports.length > countListed(shown) ? listAllReports(reports, labels, pageOf) : null,
      related: related.map(({ slug, lead: { title, language } }) => {
        return { title, href: `${slug}.html`, lang: language, dir: detectDirection(language) };
      }),
    },
  };
}

function countListed(shown: readonly CourseReport[]): number {
  return shown.reduce((sum, { copies }) => sum + 1 + keepLatest(copies, ({ publication }) => publication).length, 0);
}

/** From the first, also those that their publications replaced. */
function listAllReports(reports: readonly PageEntry[], labels: Labels, pageOf: PublicationFinder) {
  const oldestFirst = [...reports].sort(
    (a, b) => a.publishedAt.getTime() - b.publishedAt.getTime() || (a.id < b.id ? -1 : 1),
  );
  const entries = oldestFirst.map((one) => shownEntry(one, '../articles/', labels, COURSE, pageOf));
  return { label: fill(labels.allReports, { n: reports.length }), entries };
}

type CourseReport = StoryPage['course'][number];

const COURSE: ListStyle = { published: formatLocalMoment, summary: 0, picture: null };
const LATEST: ListStyle = { ...COURSE, summary: SUMMARY.other, picture: 'thumb' };

/** `own`: reports in the section's language, else in the lead's. Newest first, as in each other language. */
function groupLanguages(story: StoryPage, siteLanguage: string) {
  const { lead, course } = story;
  const newestFirst = listLatestReports(story).reverse();
  const readLanguage = ({ entry }: CourseReport) => primaryLanguage(entry.language);
  const [site, leads] = [primaryLanguage(siteLanguage), primaryLanguage(lead.language)];
  const first = course.some((report) => readLanguage(report) === site) ? site : leads;
  const isOwn = (report: CourseReport) => ['', first].includes(readLanguage(report));
  const foreign = new Map<string, CourseReport[]>();
  for (const report of newestFirst.filter((one) => !isOwn(one))) {
    const language = readLanguage(report);
    foreign.set(language, [...(foreign.get(language) ?? []), report]);
  }
  const largest = [...foreign].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1));
  return { own: newestFirst.filter(isOwn), foreign: new Map(largest) };
}

/** Without reports that their publication replaced by a newer one, unless they lead or others copied them. */
function listLatestReports({ course, lead }: StoryPage): CourseReport[] {
  const latest = new Set(keepLatest(course, ({ entry }) => entry.publication));
  return course.filter((one) => latest.has(one) || one.entry.id === lead.id || one.copies.length > 0);
}

/** With the times of the first and the last report, or their dates and times if they differ. */
function describeReports({ reports, publications, course }: StoryPage, labels: Labels): string {
  const dates = course
    .flatMap(({ entry, copies }) => [entry, ...copies])
    .map(({ publishedAt }) => publishedAt.getTime());
  const [first, last] = [new Date(Math.min(...dates)), new Date(Math.max(...dates))];
  const isOneDay = formatDay(labels, first).iso === formatDay(labels, last).iso;
  // The zone is named once.
  const [from, to] = isOneDay ? [formatMoment, formatTime] : [formatLocalMoment, formatMoment];
  const range = { first: from(labels, first).text, last: to(labels, last).text };
  return fill(labels.toldRange, { reports, publications, ...range });
}

/** Days newest first, each with its reports, newest first. */
function courseDays(
  course: readonly CourseReport[],
  lead: string,
  labels: Labels,
  show: (report: CourseReport, list: ListStyle) => object,
) {
  const days: { readonly date: Day['date']; readonly reports: object[] }[] = [];
  for (const report of course) {
    const date = formatDay(labels, report.entry.publishedAt);
    if (days.at(-1)?.date.iso !== date.iso) days.push({ date, reports: [] });
    const list = { ...COURSE, published: formatTime, summary: report.entry.id === lead ? SUMMARY.first : 0 };
    days.at(-1)!.reports.push(show(report, list));
  }
  return days;
}

function courseData({ entry, copies }: CourseReport, list: ListStyle, labels: Labels, pageOf: PublicationFinder) {
  const show = (one: PageEntry, style: ListStyle) => shownEntry(one, '../articles/', labels, style, pageOf);
  const named = keepLatest(copies, ({ publication }) => publication);
  return { ...show(entry, list), copies: named.map((copy) => show(copy, LISTS.beside)) };
}

/** The link from an article's page to its story. */
export function reportsLink({ slug, reports }: Pick<PageStory, 'slug' | 'reports'>, labels: Labels) {
  const text = reports > MAX_COUNTED ? labels.manyReports : fill(labels.allReports, { n: reports });
  return { href: `../${storyPath(slug)}`, text };
}

/** Consecutive entries of one source that a list folds. */
interface Run {
  readonly href: string;
  readonly text: string;
}

interface RiverItem {
  readonly entry: ShownEntry | null;
  readonly run: Run | null;
  /** The hour that begins here, such as `09:00–09:59`. */
  readonly hour?: string;
}

/** A day of the index: entries, and links that replace folded runs. */
export interface RiverDay {
  readonly date: Day['date'];
  readonly entries: readonly ShownEntry[];
  readonly items: readonly RiverItem[];
  /** All of it is also among the top stories. */
  readonly isAbove?: true;
}

/** Days with more visible entries are divided by the hour. */
const FEW = 12;
/** Runs of at least this length are folded after `SHOWN_OF_RUNS` entries. */
const LONG_RUN = 4;
const SHOWN_OF_RUNS = 2;

/** `sources`: of each entry of all days. Only sources in `paged` are folded, and only if there are several. */
export function foldRuns(
  days: readonly Day[],
  sources: readonly SourceId[],
  paged: ReadonlySet<SourceId>,
  labels: Labels,
): RiverDay[] {
  const fold = new Set(sources).size > 1;
  let from = 0;
  return days.map(({ date, entries }) => {
    const own = sources.slice(from, from + entries.length);
    from += entries.length;
    const items = findRuns(entries, own).flatMap((run) => {
      const { source, entries: all } = run;
      const seen = all.filter(({ isAbove }) => !isAbove);
      if (!fold || seen.length < LONG_RUN || !paged.has(source)) return all.map((entry) => ({ entry, run: null }));
      const rest = { n: seen.length - SHOWN_OF_RUNS, publication: all[0]!.publication };
      const more = { href: `sources/${source}.html`, text: fill(labels.runMore, rest) };
      const left = all.slice(0, all.indexOf(seen[SHOWN_OF_RUNS - 1]!) + 1);
      return [...left.map((entry) => ({ entry, run: null })), { entry: null, run: more }];
    });
    const isAbove = entries.every((entry) => entry.isAbove);
    return {
      date,
      entries: items.flatMap(({ entry }) => entry ?? []),
      items: divideByHour(items),
      ...(isAbove && { isAbove }),
    };
  });
}

function divideByHour(items: readonly RiverItem[]): readonly RiverItem[] {
  const visible = items.filter(({ entry }) => entry !== null && !entry.isAbove);
  if (visible.length <= FEW) return items;
  let last = '';
  return items.map((item) => {
    const hour = item.entry === null || item.entry.isAbove ? last : item.entry.published.iso.slice(11, 13);
    if (hour === last) return item;
    last = hour;
    return { ...item, hour: `${hour}:00–${hour}:59` };
  });
}

function findRuns(entries: readonly ShownEntry[], sources: readonly SourceId[]) {
  const runs: { readonly source: SourceId; readonly entries: ShownEntry[] }[] = [];
  entries.forEach((entry, i) => {
    const source = sources[i]!;
    const last = runs.at(-1);
    const goesOn = last?.source === source && last.entries.at(-1)?.publication === entry.publication;
    if (goesOn) last.entries.push(entry);
    else runs.push({ source, entries: [entry] });
  });
  return runs;
}
