/** Checks a valid config for unusable pictures, duplicate addresses of sources, and formats without `json`. */
import { type Env, readConfig } from '../config/files.js';
import type { ConfigProblem } from '../model/errors.js';
import type { Settings } from '../model/settings.js';
import { loadSourceIcon, NOT_A_PICTURE, STAND_IN, UNREADABLE } from '../pictures/channel-icons.js';
import { canMakePictures } from '../pictures/open-picture-tools.js';

/** Ignores pages and JSON, which several sources may read differently. */
function findSharedAddresses({ sources }: Pick<Settings, 'sources'>): { path: (string | number)[]; message: string }[] {
  const first = new Map<string, string>();
  return sources.flatMap(({ id, url, reading }, at) => {
    const other = first.get(url);
    if (reading === undefined) first.set(url, other ?? id);
    return reading !== undefined || other === undefined
      ? []
      : [{ path: ['sources', at, 'url'], message: `"${other}" has the same address: remove one of them` }];
  });
}

function findMissingJson({ publish }: Pick<Settings, 'publish'>): { path: (string | number)[]; message: string }[] {
  if (publish.formats.includes('json')) return [];
  const message = 'without json, a lost store cannot be restored from the published folder: add json';
  return [{ path: ['publish', 'formats'], message }];
}

export async function findConfigProblems(settings: Settings, env: Env): Promise<ConfigProblem[]> {
  const { site, topics, sources, images } = settings;
  const files = [
    { path: ['site', 'icon'], file: site.icon },
    ...sources.map(({ icon }, at) => ({
      path: ['sources', at, 'icon'],
      file: images.icons && icon !== undefined && 'file' in icon ? icon.file : undefined,
    })),
    ...topics.map(({ icon }, at) => ({ path: ['topics', at, 'icon'], file: icon })),
  ];
  const canMake = canMakePictures();
  const found = [...findSharedAddresses(settings), ...findMissingJson(settings)];
  for (const { path, file } of files) {
    if (file === undefined) continue;
    const icon = await loadSourceIcon(file, canMake);
    const wrong = typeof icon === 'string' ? icon : (await icon.make()) === null ? NOT_A_PICTURE : null;
    // Without sharp, icons of the section and its topics are used unchanged.
    if (wrong !== null && (canMake || path[0] === 'sources' || wrong.startsWith(UNREADABLE)))
      found.push({ path, message: `${file} ${wrong}${path[0] === 'sources' ? STAND_IN : ''}` });
  }
  if (found.length === 0) return [];
  const text = await readConfig(settings.configPath, env);
  return found.map(({ path, message }) => text.problem(path, message));
}
