/** Reads the site's own templates and styles from `publish.templates`. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../model/errors.js';
import { logoPath, type Theme, type ThemeAsset } from '../model/page.js';
import type { SiteSettings } from '../model/settings.js';

/** @throws ConfigError CONFIG_INVALID if the folder is not readable or contains an unknown template. */
export async function readTheme(dir: string, names: readonly string[]): Promise<Theme> {
  const files = await readdir(dir).catch((cause: NodeJS.ErrnoException) => refuse(dir, `not readable (${cause.code})`));
  const own = files.filter((file) => file.endsWith('.eta')).map((file) => file.slice(0, -'.eta'.length));
  const unknown = own.find((name) => !names.includes(name));
  if (unknown !== undefined)
    refuse(dir, `${unknown}.eta does not replace a built-in template; the templates are ${names.join(', ')}`);
  const read = async (name: string) => [name, await readFile(join(dir, `${name}.eta`), 'utf8')] as const;
  return {
    templates: Object.fromEntries(await Promise.all(own.sort().map(read))),
    stylesheet: files.includes('style.css') ? await readFile(join(dir, 'style.css'), 'utf8') : '',
    assets: files.includes('assets') ? await readAssets(join(dir, 'assets'), 'assets') : [],
  };
}

/** Files that the styles and templates name, such as fonts. Hidden files are left out. */
async function readAssets(dir: string, path: string): Promise<ThemeAsset[]> {
  const found: ThemeAsset[] = [];
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const [file, published] = [join(dir, entry.name), `${path}/${entry.name}`];
    if (entry.name.startsWith('.')) continue;
    if (!/^[\w-][\w.-]*$/.test(entry.name)) refuse(file, 'rename it: use letters, digits, ".", "-" and "_"');
    if (entry.isDirectory()) found.push(...(await readAssets(file, published)));
    else found.push({ path: published, bytes: await readFile(file) });
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

export async function readLogo(logo: NonNullable<SiteSettings['logo']>): Promise<ThemeAsset[]> {
  const files = (['light', 'dark'] as const).flatMap((mode) => (logo[mode] === undefined ? [] : { mode, file: logo[mode] })); // biome-ignore format: one list
  return await Promise.all(files.map(async ({ mode, file }) => {
    const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => refuse(file, `not readable (${cause.code})`, 'site.logo'));
    return { path: logoPath(mode, file), bytes };
  })); // biome-ignore format: one list
}

function refuse(file: string, message: string, path = 'publish.templates'): never {
  throw new ConfigError('CONFIG_INVALID', [{ file, line: 0, column: 0, path, message }]);
}
