/** Reads the site's own templates and styles from `publish.templates`. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../model/errors.js';
import type { Theme } from '../model/page.js';

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
  };
}

function refuse(file: string, message: string): never {
  throw new ConfigError('CONFIG_INVALID', [{ file, line: 0, column: 0, path: 'publish.templates', message }]);
}
