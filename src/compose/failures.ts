/** Composes the editor's feed of failing sources: one entry per period of failure, removed when the source recovers. */

import type { TargetTrouble } from '../model/announcing.js';
import type { Channel, Entry } from '../model/channel.js';
import type { SourceStatus } from '../model/page.js';
import type { SourceHealth } from '../model/source.js';
import { NO_CONTENT, textLine } from './entry.js';
import type { EditionSettings } from './settings.js';

/** Reported states. A source that failed only a few times may recover soon. */
const STATE_WORDS: Partial<Record<SourceHealth, string>> = {
  failing: 'fails repeatedly',
  dead: 'has failed for 30 days',
  gone: 'is permanently gone',
};

/** `sources` in any order. While a state lasts, only the last error can change. */
export function composeFailures(
  settings: EditionSettings,
  sources: readonly SourceStatus[],
  targets: readonly TargetTrouble[] = [],
): Channel {
  const { site, publish } = settings;
  const title = `Failing sources – ${textLine(site.title)}`;
  const homeUrl = publish.formats.includes('html') ? `${site.feedsUrl}status.html` : site.url;
  const failures = [...sources.flatMap(sourceFailure), ...targets.flatMap(targetFailures)];
  const entries = failures
    .map((failure) => toFailureEntry(failure, site.feedsUrl, homeUrl))
    .sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime() || (a.id < b.id ? -1 : 1));
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
    updatedAt: lastStateChange(sources, failures),
    archive: { number: null, previous: null, next: null },
    tombstones: [],
    entries,
  };
}

interface Failure {
  /** Unique, and constant while the failure lasts. */
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly words: string;
  readonly summary: string;
  readonly since: Date;
}

function sourceFailure({ id, title, state, since, error, proposedUrl }: SourceStatus): Failure[] {
  const words = STATE_WORDS[state];
  if (words === undefined || since === null) return [];
  const name = textLine(title) || id;
  const said = error === null ? '' : `: ${textLine(error.message)} (${error.code})`;
  const moved = proposedUrl ? `. Its site has the feed ${proposedUrl}: run newsloom sources move ${id}` : '';
  return [
    {
      id: `${id}-${state}-${seconds(since)}`,
      slug: `${id}-${state}`,
      name,
      words,
      summary: `${name} (${id})${said}${moved}`,
      since,
    },
  ];
}

function targetFailures({ id, failing, unknown }: TargetTrouble): Failure[] {
  const name = `announce.${id}`;
  const found: Failure[] = [];
  if (failing !== null) {
    const { since, error } = failing;
    const words = 'has accepted no announcement for a day or longer';
    found.push({
      id: `${name}-${seconds(since)}`,
      slug: `${name}-failing`,
      name,
      words,
      summary: `${name}: ${error}`,
      since,
    });
  }
  if (unknown !== null) {
    const { at, count } = unknown;
    const words = `may not have received ${count} ${count === 1 ? 'announcement' : 'announcements'}`;
    const summary = `${name}: the connection broke, or the run ended, before the target answered. newsloom does not send them again. To list them, run newsloom status.`;
    found.push({ id: `${name}-unknown-${seconds(at)}`, slug: `${name}-unknown`, name, words, summary, since: at });
  }
  return found;
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

function toFailureEntry({ id, slug, name, words, summary, since }: Failure, feedsUrl: string, homeUrl: string): Entry {
  return {
    id: `${feedsUrl}failures#${id}`,
    slug,
    url: homeUrl,
    originalUrl: homeUrl,
    title: `${name} ${words}`,
    ...NO_CONTENT,
    summary,
    authors: [],
    language: null,
    publishedAt: since,
    updatedAt: null,
    topics: [],
    publication: { title: name, url: homeUrl, feedUrl: null },
    via: null,
    credited: null,
    rights: null,
    commentsUrl: null,
    discussionUrl: null,
    related: [],
  };
}

function lastStateChange(sources: readonly SourceStatus[], failures: readonly Failure[]): Date {
  const changes = [...sources, ...failures].map(({ since }) => since?.getTime() ?? 0);
  return new Date(Math.max(0, ...changes));
}
