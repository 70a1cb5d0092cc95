/** The Link header of published feeds, by which hubs and their subscribers know them (WebSub 4): not all read what a JSON Feed says. */
import type { Settings } from '../../model/settings.js';
import { isFeedHead } from '../formats.js';

/** A section whose feeds a hub announces. */
export interface AnnouncedFeeds {
  /** The hub's address. */
  readonly hub: string;
  /** Where the published folder is reached, with a slash at its end. */
  readonly feedsUrl: string;
}

/** null: no hub is told of them. */
export function announcedFeeds({ site, publish }: Pick<Settings, 'site' | 'publish'>): AnnouncedFeeds | null {
  return publish.hub === null ? null : { hub: publish.hub, feedsUrl: site.feedsUrl };
}

/** `path`: relative to the published folder. null: the file needs none, as archives and failures name no hub. */
export function hubLink(path: string, { hub, feedsUrl }: AnnouncedFeeds): string | null {
  if (!isFeedHead(path)) return null;
  return `<${new URL(hub).href}>; rel="hub", <${new URL(feedsUrl + path).href}>; rel="self"`;
}
