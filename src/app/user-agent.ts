/** How we call ourselves when we ask a server. */
import type { Settings } from '../model/settings.js';
import { version } from '../observe/version.js';

/** Fetcher etiquette: who asks, and where to complain. */
export function userAgent({ site }: Settings): string {
  return `newsloom/${version}${site.contact === null ? '' : ` (+${site.contact})`}`;
}
