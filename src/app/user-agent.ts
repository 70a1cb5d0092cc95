/** The User-Agent header of our requests. */
import type { Settings } from '../model/settings.js';
import { version } from '../observe/version.js';

/** Names the program, the section's page for publishers where it has pages, and whom to write to. */
export function userAgent({ site, publish }: Settings): string {
  const page = publish.formats.includes('html') ? `${site.feedsUrl}publishers.html` : null;
  const about = [page, site.contact].filter((one) => one !== null);
  return `newsloom/${version}${about.length === 0 ? '' : ` (+${about.join('; ')})`}`;
}
