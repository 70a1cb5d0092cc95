/** Paths of picture copies, derived from picture addresses so that a copy made again has the same path. */
import { toSlug } from '../../../text/slug.js';

export const COPIES = 'images/';

export function copyPath(url: string, width: number): string {
  return `${COPIES}${toSlug(url)}-${width}.webp`;
}
