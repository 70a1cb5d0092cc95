/** Builds the Link header of feeds for WebSub (section 4): some hubs do not read the hub of a JSON Feed. */
import type { Settings } from '../../model/settings.js';
import { isFeedHead } from '../formats.js';

export interface AnnouncedFeeds {
  readonly hub: string;
  /** Address of the published folder, with a slash at its end. */
  readonly feedsUrl: string;
}

/** null: no hub is configured. */
export function announcedFeeds({ site, publish }: Pick<Settings, 'site' | 'publish'>): AnnouncedFeeds | null {
  return publish.hub === null ? null : { hub: publish.hub, feedsUrl: site.feedsUrl };
}

/** `path`: relative to the published folder. null: not needed, because archives and failures have no hub. */
export function hubLink(path: string, { hub, feedsUrl }: AnnouncedFeeds): string | null {
  if (!isFeedHead(path)) return null;
  return `<${new URL(hub).href}>; rel="hub", <${new URL(feedsUrl + path).href}>; rel="self"`;
}
