/** Builds a site with announcements, its publishers and its targets, on loopback. */
import { onTestFinished } from 'vitest';
import { aSite, type SiteParts, type TestSite } from './a-site.js';
import { aMessenger, type Messenger } from './messenger.js';
import { type FeedServer, type RssItem, rss, serveFeeds } from './serve-feeds.js';

/** `minute`: after nine. */
export const at = (minute: number, day = 0) => new Date(Date.UTC(2026, 10, 24 + day, 9, minute)).toISOString();
/** Published in a minute after eight. */
export const ferry = (
  paper: string,
  n: number,
  title = `Ferry ${n} of ${paper} leaves the harbour`,
  day = 0,
): RssItem => ({
  title,
  link: `https://${paper}.example/${n}`,
  date: at(n - 60, day),
});
/** Newest first. */
export const ferries = (paper: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => ferry(paper, to - i));

export interface AnnouncingSite {
  readonly site: TestSite;
  readonly origin: FeedServer;
  readonly messenger: Messenger;
  /** The messages that the target received, as text. */
  readonly told: () => unknown[];
  publish(paper: string, news: readonly RssItem[]): void;
  configure(parts?: Partial<SiteParts> & { readonly announce?: readonly string[] }): void;
}

export async function anAnnouncingSite(announce?: readonly string[]): Promise<AnnouncingSite> {
  const origin = await serveFeeds();
  const messenger = await aMessenger();
  const publish = (paper: string, news: readonly RssItem[]) =>
    void origin.pages.set(`/${paper}`, { body: rss(`The ${paper}`, news, `https://${paper}.example/`) });
  const targets = announce ?? [`{ to: webhook, url: "${messenger.origin}/hook", of: [all] }`];
  const announcing = (lines: readonly string[]) =>
    lines.length === 0
      ? []
      : ['announce:', ...lines.map((line) => `  - ${line.replaceAll('ORIGIN', messenger.origin)}`)];
  const parts = (changed: Partial<SiteParts> & { readonly announce?: readonly string[] } = {}): SiteParts => ({
    sources: ['a', 'b'].map((id) => `{ id: ${id}, url: "${origin.url}/${id}" }`),
    topics: ['{ id: sea, any: [ferry] }'],
    ...changed,
    more: [
      'publish: { formats: [json, atom], failures: true }',
      ...announcing(changed.announce ?? targets),
      ...(changed.more ?? []),
    ],
  });
  publish('a', ferries('a', 1, 3));
  publish('b', []);
  const site = aSite(parts());
  onTestFinished(async () => {
    await origin.close();
    await messenger.close();
    site.remove();
  });
  return {
    site,
    origin,
    messenger,
    told: () => messenger.taken.map(({ body }) => body.title),
    publish,
    configure: (changed) => site.configure(parts(changed)),
  };
}
