/** Imports source icons. A URL is kept; a file must be copied to `assets/icons/` by the editor. */
import { basename } from 'node:path';
import type { ImportedSource, LeftOutSetting } from '../../imports/imported-site.js';
import { isAddress } from '../../model/address.js';

const PICTURE = /\.(?:png|webp|svg|jpe?g|gif|ico)$/i;

export function importIcons(sources: readonly ImportedSource[]): {
  readonly sources: readonly ImportedSource[];
  readonly leftOut: readonly LeftOutSetting[];
} {
  const files = new Set<string>();
  const withIcon = ({ icon, ...source }: ImportedSource): ImportedSource => {
    if (icon === undefined) return source;
    if (/^https?:/i.test(icon) && isAddress(icon)) return { ...source, icon: new URL(icon).href };
    if (!PICTURE.test(icon)) return source;
    files.add(icon);
    return { ...source, icon: `assets/icons/${basename(icon)}` };
  };
  const imported = sources.map(withIcon);
  const why = 'copy them from the old site into assets/icons/';
  const copies = [{ what: `${files.size} icon files`, why, kept: true as const }];
  return { sources: imported, leftOut: files.size === 0 ? [] : copies };
}
