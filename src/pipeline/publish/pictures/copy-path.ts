/** Paths of picture copies, derived from picture addresses so that a restored store finds them. */
import { toSlug } from '../../../text/slug.js';

export const COPIES = 'images/';

export function copyPath(url: string, width: number): string {
  return `${COPIES}${toSlug(url)}-${width}.webp`;
}

/** null: not a copy. */
export function readCopyPath(path: string): { readonly name: string; readonly width: number } | null {
  const [, name, width] = /^images\/([a-z2-7]{12})-(\d{1,5})\.webp$/.exec(path) ?? [];
  return name === undefined ? null : { name, width: Number(width) };
}
