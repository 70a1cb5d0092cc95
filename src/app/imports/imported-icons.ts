/** Icons of sources that another program keeps: its files become files of the site, of the size in which pages show them. */
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { ImportedSite, ImportedSource, LeftOutSetting } from '../../imports/imported-site.js';
import { isAddress } from '../../model/address.js';
import { createPictureTools } from '../../pictures/picture-tools.js';
import { latinWords } from '../../text/url/source-id.js';

export interface ImportedIcons {
  readonly sources: readonly ImportedSource[];
  /** By path from the site's root. */
  readonly iconFiles: ReadonlyMap<string, Uint8Array>;
  readonly leftOut: readonly LeftOutSetting[];
}

/** `path`: of the file that was imported. */
export async function importedIcons(
  path: string,
  { sources, iconFolders, url }: Pick<ImportedSite, 'sources' | 'iconFolders' | 'url'>,
): Promise<ImportedIcons> {
  const tools = createPictureTools();
  const iconFiles = new Map<string, Uint8Array>();
  /** Where each stands now; null: nowhere. */
  const known = new Map<string, string | null>();
  const leftOut: LeftOutSetting[] = [];
  const home = url === null || !isAddress(url) ? null : new URL(`${iconFolders[0]}/`, url.replace(/\/*$/, '/')).href;
  for (const { icon, title, url } of sources) {
    if (icon === undefined || known.has(icon)) continue;
    known.set(icon, /^https?:/i.test(icon) && isAddress(icon) ? new URL(icon).href : null);
    if (known.get(icon) !== null) continue;
    const what = `icon file of ${title ?? url}`;
    const bytes = await firstOf(iconFolders.map((folder) => resolve(dirname(path), folder, icon)));
    if (bytes === null) {
      const isThere = home !== null && isAddress(icon, home) && /^https?:/.test(new URL(icon, home).href);
      if (isThere) known.set(icon, new URL(icon, home).href);
      leftOut.push({ what, why: isThere ? `${COPY}, before the old site goes` : COPY });
      continue;
    }
    const png = await tools.iconOf(bytes);
    if (png === null) leftOut.push({ what, why: 'no picture that can be read' });
    else known.set(icon, kept(png, icon, iconFiles));
  }
  return { sources: sources.map((source) => withIcon(source, known)), iconFiles, leftOut };
}

const COPY = 'not here; copy it into assets/icons/ and name it as "icon" of the source';

async function firstOf(paths: readonly string[]): Promise<Uint8Array | null> {
  for (const path of paths) {
    // What a planet names may be a device or a pipe, which have no end.
    const bytes = (await isFileOnDisk(path)) ? await readFile(path).catch(() => null) : null;
    if (bytes !== null) return bytes;
  }
  return null;
}

export async function isFileOnDisk(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() === true;
}

/** The path of its file in the site. */
function kept(png: Uint8Array, icon: string, files: Map<string, Uint8Array>): string {
  const name = latinWords(basename(icon).replace(/\.\w+$/, '')) || 'icon';
  for (let n = 1; ; n++) {
    const path = `assets/icons/${n === 1 ? name : `${name}-${n}`}.png`;
    if (files.has(path)) continue;
    files.set(path, png);
    return path;
  }
}

function withIcon({ icon, ...source }: ImportedSource, known: ReadonlyMap<string, string | null>): ImportedSource {
  const now = icon === undefined ? null : known.get(icon);
  return now == null ? source : { ...source, icon: now };
}
