/** Table of services on which many publications have their feeds: whose name and address say nothing of whose a feed is. New ones are added as rows. */

/** Serve the feeds of many under one host, or of publications that are at home elsewhere: nobody may call one a home. */
export const FEED_SERVICES: ReadonlySet<string> = new Set([
  'acast.com',
  'anchor.fm',
  'art19.com',
  'feedblitz.com',
  'feedburner.com',
  'feedpress.me',
  'fetchrss.com',
  'github.com',
  'google.com',
  'libsyn.com',
  'medium.com',
  'megaphone.fm',
  'omny.fm',
  'politepol.com',
  'reddit.com',
  'rss.app',
  'simplecast.com',
  'soundcloud.com',
  'spreaker.com',
  'transistor.fm',
  'youtube.com',
]);

/** Give each publication a subdomain, and are not in the private part of the public-suffix list. */
export const TENANT_DOMAINS: ReadonlySet<string> = new Set([
  'bearblog.dev',
  'beehiiv.com',
  'buzzsprout.com',
  'dreamwidth.org',
  'ghost.io',
  'libsyn.com',
  'livejournal.com',
  'micro.blog',
  'over-blog.com',
  'podbean.com',
  'squarespace.com',
  'substack.com',
  'tumblr.com',
  'typepad.com',
  'weebly.com',
  'wordpress.com',
  'write.as',
]);

/** Whether a site (`siteOf`) is of many publications, none of which is called as it is. */
export function isPlatform(site: string): boolean {
  return FEED_SERVICES.has(site) || TENANT_DOMAINS.has(site);
}
