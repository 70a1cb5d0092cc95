/** The labels of pages: what each means. Those of each language are in `languages/`; `page-labels.ts` chooses. */
import type { TimeZone } from '../../model/page.js';

/** A text for each plural form of its language (CLDR); `other` where there is no text for a form. */
export type Plural = Readonly<Partial<Record<PluralForm, string>>> & { readonly other: string };
export type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

/** The labels of one section, and the time zone in which its pages tell times. */
export interface Labels extends LanguageLabels {
  readonly zone: TimeZone;
}

export interface LanguageLabels {
  /** BCP 47. */
  readonly language: string;
  readonly skip: string;
  readonly topics: string;
  readonly allTopics: string;
  /** `{recent}` `{all}`: articles on a topic, of thirty days and in all. */
  readonly topicCounts: string;
  readonly breadcrumb: string;
  readonly home: string;
  readonly latestNews: string;
  /** Articles that the editor pinned. */
  readonly pinned: string;
  readonly publications: string;
  readonly archive: string;
  /** `{n}` */
  readonly archivePart: string;
  readonly olderPart: string;
  readonly newerPart: string;
  readonly newestPart: string;
  readonly feeds: string;
  readonly allFeeds: string;
  /** Heading and text of the page that says how feeds are read. */
  readonly subscribe: string;
  readonly subscribeWhat: string;
  readonly subscribeHow: string;
  readonly subscribeReaders: string;
  readonly subscribeFormats: string;
  readonly subscribeChoose: string;
  readonly subscribeList: string;
  readonly about: string;
  /** `{publication}` */
  readonly sourceSite: string;
  /** `{publication}` */
  readonly sourceFeed: string;
  /** `{n}` */
  readonly articleCount: Plural;
  readonly topic: string;
  readonly publication: string;
  /** A channel that the editor asks for, and the heading of their list; so with languages and digests. */
  readonly channel: string;
  readonly channels: string;
  readonly inLanguage: string;
  readonly languages: string;
  readonly digest: string;
  readonly digests: string;
  /** Above the list of a digest's issues. */
  readonly issues: string;
  /** Of an issue that is read as a mail. */
  readonly onTheWeb: string;
  /** Followed by names. */
  readonly by: string;
  readonly published: string;
  readonly updated: string;
  /** Followed by the publication, as the next three are. */
  readonly firstPublished: string;
  readonly seenAt: string;
  readonly refersTo: string;
  /** `{publication}` */
  readonly readWhole: string;
  /** `{publication}`: where the whole text is on our page. */
  readonly readOriginal: string;
  /** `{publication}`: of audio, of video. */
  readonly listen: string;
  readonly watch: string;
  /** `{publication}` */
  readonly transcript: string;
  /** `{publication}` */
  readonly discussion: string;
  /** Followed by the section's title. */
  readonly headlineBy: string;
  /** Followed by the name of the program, as the next two are. */
  readonly machineTranslation: string;
  readonly machineSummary: string;
  readonly machineTopics: string;
  /** Followed by the publisher's headline, where a translation stands in its place. */
  readonly originalHeadline: string;
  /** Heading and text of the page for publishers. */
  readonly publishers: string;
  readonly publishersWho: string;
  readonly publishersHow: string;
  readonly publishersOut: string;
  readonly contact: string;
  /** What is taken of a publication. */
  readonly takesFull: string;
  readonly takesSummary: string;
  readonly takesNone: string;
  /** `{time}`: `30 min`, `6 h`. */
  readonly askedEvery: string;
  readonly askedAsPublished: string;
  readonly reserved: string;
  readonly reservedPolicy: string;
  readonly gone: string;
  readonly goneText: string;
  readonly relatedTopics: string;
  readonly moreNews: string;
  readonly alsoLike: string;
  readonly leaveComment: string;
  readonly commentLink: string;
  /** Followed by names. */
  readonly alsoReportedBy: string;
  readonly topStories: string;
  /** Followed by names of publications. */
  readonly also: string;
  /** `{n}`: publications that are not named. */
  readonly alsoMore: string;
  /** `{n}` `{publication}` */
  readonly runMore: string;
  readonly stories: string;
  /** `{n}`: publications, two or more. */
  readonly toldBy: string;
  /** `{n}`: articles of a story, two or more. */
  readonly allReports: string;
  /** The same of a story of many articles. */
  readonly manyReports: string;
  /** The articles of a story in their order. */
  readonly course: string;
  /** Followed by names of publications. */
  readonly sameText: string;
  readonly relatedStories: string;
  /** `{host}` */
  readonly embedded: string;
  readonly table: string;
  readonly status: string;
  readonly statusIntro: string;
  readonly failing: string;
  readonly working: string;
  readonly noneFailing: string;
  readonly since: string;
  readonly newestArticle: string;
  readonly noArticle: string;
  readonly states: Readonly<Record<'new' | 'ok' | 'degraded' | 'failing' | 'dead' | 'gone', string>>;
  readonly nothing: string;
  readonly months: readonly string[];
  /** `{day} {month} {year}` */
  readonly date: string;
  /** `{date} {time} {zone}` */
  readonly moment: string;
  /** `{time} {zone}` */
  readonly time: string;
}

/** `fill('part {n}', { n: 2 })`: unknown placeholders are kept, and inserted values are not searched for placeholders. */
export function fill(pattern: string, values: Readonly<Record<string, string | number>>): string {
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
