/** The icons of publications as a part of the edition, with the stylesheet that names them. */
import type { Settings } from '../../model/settings.js';
import type { StoredIcon } from '../../ports/store/pictures.js';
import type { Store } from '../../ports/store/store.js';
import { contentDigest } from '../../text/digest.js';
import { ICONS_CSS, iconPath, iconsStylesheet, isIconFile } from '../../write/html/entries/icons.js';
import type { EditionPart } from '../publish/publish-deps.js';

/** Where a site wants no icons, it owns none: those of before are removed. */
export async function iconFiles(
  { images, sources }: Pick<Settings, 'images' | 'sources'>,
  store: Pick<Store, 'icons' | 'iconBytes'>,
): Promise<EditionPart> {
  const configured = new Set(sources.map(({ id }) => id));
  const hasIcon = ({ source, digest }: StoredIcon) => digest !== null && configured.has(source);
  const icons = images.icons ? (await store.icons()).filter(hasIcon) : [];
  const css = iconsStylesheet(icons.map(({ source }) => source));
  return {
    fingerprint: contentDigest(JSON.stringify([images.icons, icons.map(({ source, digest }) => [source, digest])])),
    owns: (path) => images.icons && isIconFile(path),
    archived: () => 0,
    files: async function* () {
      if (!images.icons) return;
      for (const { source, digest } of icons)
        yield { path: iconPath(source), inputs: digest!, make: () => store.iconBytes(source) };
      yield { path: ICONS_CSS, inputs: contentDigest(css), make: async () => css };
    },
  };
}
