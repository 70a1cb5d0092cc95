/** Composes the feed of failing sources, for the editor: one entry per period of failure, removed when the source recovers. */
import type { Channel, Entry } from '../model/channel.js';
import type { SourceStatus } from '../model/page.js';
import type { SourceHealth } from '../model/source.js';
import { textLine } from './entry.js';
import type { EditionSettings } from './settings.js';

/** States that are reported. A source that failed only a few times is not: it may recover soon. */
const STATE_WORDS: Partial<Record<SourceHealth, string>> = {
  failing: 'fails again and again',
  dead: 'has not answered for a month',
  gone: 'says that it is gone for good',
};

/** `sources` in any order. While a state lasts, nothing but the last error changes. */
export function composeFailures(settings: EditionSettings, sources: readonly SourceStatus[]): Channel {
  const { site, publish } = settings;
  const title = `Failing sources – ${textLine(site.title)}`;
  const homeUrl = publish.formats.includes('html') ? `${site.feedsUrl}status.html` : site.url;
  const entries = sources.flatMap((source) => entryOf(source, site.feedsUrl, homeUrl)).sort(newestFirst);
  return {
    kind: 'all',
    path: 'failures',
    id: `${site.feedsUrl}failures`,
    title,
    description: title,
    language: 'en',
    homeUrl,
    feedsUrl: site.feedsUrl,
    formats: ['atom'],
    siteTitle: textLine(site.title),
    hub: null,
    updatedAt: lastStateChange(sources),
    archive: { number: null, previous: null, next: null },
    tombstones: [],
    entries,
  };
}

function entryOf({ id, title, state, since, error }: SourceStatus, feedsUrl: string, homeUrl: string): Entry[] {
  const words = STATE_WORDS[state];
  if (words === undefined || since === null) return [];
  const name = textLine(title) || id;
  const said = error === null ? '' : `: ${textLine(error.message)} (${error.code})`;
  return [
    {
      id: `${feedsUrl}failures#${id}-${state}-${since.getTime() / 1000}`,
      slug: `${id}-${state}`,
      url: homeUrl,
      originalUrl: homeUrl,
      title: `${name} ${words}`,
      summary: `${name} (${id})${said}`,
      contentHtml: null,
      authors: [],
      language: null,
      publishedAt: since,
      updatedAt: null,
      image: null,
      enclosures: [],
      episode: null,
      isPlayable: false,
      topics: [],
      publication: { title: name, url: homeUrl, feedUrl: null },
      via: null,
      credited: null,
      rights: null,
      commentsUrl: null,
      discussionUrl: null,
      related: [],
    },
  ];
}

function newestFirst(a: Entry, b: Entry): number {
  return b.publishedAt.getTime() - a.publishedAt.getTime() || (a.id < b.id ? -1 : 1);
}

/** The last change of any source's state, recoveries included. */
function lastStateChange(sources: readonly SourceStatus[]): Date {
  return new Date(Math.max(0, ...sources.map(({ since }) => since?.getTime() ?? 0)));
}
