/** Reads and writes `sources.lock.yaml`, which records the sources in the lists of the site. */
import { readFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import { isAddress } from '../model/address.js';
import { ConfigError, type ConfigProblem } from '../model/errors.js';
import type { LockedLists } from '../model/source-list.js';
import { z } from '../model/zod.js';
import { resolveIncludedPath } from './paths.js';
import { escapeVariables, type Path, readYaml } from './yaml.js';

const id = z.string().regex(/^[a-z0-9-]+$/, 'only a to z, 0 to 9 and "-" allowed');
const topics = z.array(z.string()).default([]);
const member = z.strictObject({
  id,
  url: z.string().refine((url) => isAddress(url) && /^https?:/i.test(url), 'not a web address'),
  title: z.string().nullable().default(null),
  topics,
  left: z.boolean().default(false),
});
const folder = z.strictObject({ id: z.string(), label: z.string(), parent: z.string().exactOptional() });
const lockSchema = z.strictObject({
  lists: z.array(z.strictObject({ id, sources: z.array(member), folders: z.array(folder).default([]) })),
});

export function resolveListsLockPath(configPath: string): string {
  return resolveIncludedPath(configPath, 'sources.lock.yaml');
}

/** null if it does not exist. Throws ConfigError CONFIG_INVALID with all problems. */
export async function readListsLock(configPath: string): Promise<LockedLists | null> {
  const name = resolveListsLockPath(configPath);
  const text = await readFile(name, 'utf8').catch(() => null);
  if (text === null) return null;
  const file = readYaml(name, text, {});
  const problem = (path: Path, message: string): ConfigProblem => ({ file: name, ...file.place(path, 'value'), path: path.join('.'), message }); // biome-ignore format: one value
  const broken = file.problems.map(({ path, message, line, column }) => ({ file: name, line, column, path: path.join('.'), message })); // biome-ignore format: one value
  if (broken.length > 0) throw new ConfigError('CONFIG_INVALID', broken);
  const { success, data, error } = lockSchema.safeParse(file.value ?? { lists: [] });
  if (!success) {
    throw new ConfigError(
      'CONFIG_INVALID',
      error.issues.map(({ path, message }) => problem(path as Path, message)),
    );
  }
  return new Map(data.lists.map(({ id: list, ...known }) => [list, known]));
}

const HEAD = `# The sources in the lists of this site, written by "newsloom sources lock". "newsloom build --frozen" reads this
# instead of fetching the lists. After the loss of the store, sources get their ids from here.
`;

export function renderListsLock(lists: LockedLists): string {
  const written = [...lists]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([list, { sources, folders }]) => ({
      id: list,
      sources: sources.map(({ id: name, url, title, topics: of, left }) => ({
        id: name,
        url,
        ...(title !== null && { title }),
        ...(of.length > 0 && { topics: of }),
        ...(left && { left }),
      })),
      ...(folders.length > 0 && { folders }),
    }));
  const body = stringify({ lists: written }, { lineWidth: 0 });
  return `${HEAD}${escapeVariables(body)}`;
}
