/** Icons of publications as an edition part, with their stylesheet. */
import type { Settings } from '../../../model/settings.js';
import type { SourceId } from '../../../model/source.js';
import type { Store } from '../../../ports/store/store.js';
import { contentDigest } from '../../../text/digest.js';
import { ICONS_CSS, iconPath, iconsStylesheet, isIconFile } from '../../../write/html/entries/icons.js';
import type { EditionPart, PartFile } from '../edition-parts.js';

export type SourceIconFile = Omit<PartFile, 'path'> & { readonly source: SourceId };

/**
 * `named`: files of the site, which override stored icons. Without icons the part is empty, which removes earlier ones.
 */
export async function createIconFiles(
  { images, sources }: Pick<Settings, 'images' | 'sources'>,
  store: Pick<Store, 'icons' | 'iconBytes'>,
  named: readonly SourceIconFile[],
): Promise<EditionPart> {
  const configured = new Set(sources.map(({ id }) => id));
  // A configured file replaces a fetched icon even if the file is missing.
  const own = new Set(sources.flatMap(({ id, icon }) => (icon !== undefined && 'file' in icon ? id : [])));
  const stored = (images.icons ? await store.icons() : []).flatMap(({ source, digest }): SourceIconFile[] => {
    if (digest === null || !configured.has(source) || own.has(source)) return [];
    return [{ source, inputs: digest, make: () => store.iconBytes(source) }];
  });
  const icons = [...stored, ...named].sort((a, b) => (a.source < b.source ? -1 : 1));
  const css = iconsStylesheet(icons.map(({ source }) => source));
  return {
    fingerprint: contentDigest(JSON.stringify([images.icons, icons.map(({ source, inputs }) => [source, inputs])])),
    owns: (path) => images.icons && isIconFile(path),
    files: async function* () {
      if (!images.icons) return;
      for (const { source, inputs, make } of icons) yield { path: iconPath(source), inputs, make };
      yield { path: ICONS_CSS, inputs: contentDigest(css), make: async () => css };
    },
  };
}
