/** The User-Agent header of our requests. */
import type { Settings } from '../model/settings.js';
import { version } from '../observe/version.js';

/** Names the program and the site, so that publishers know whom to contact. */
export function userAgent({ site }: Settings): string {
  return `newsloom/${version}${site.contact === null ? '' : ` (+${site.contact})`}`;
}
