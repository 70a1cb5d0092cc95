/** Opens the picture tools on demand, and reports a missing sharp if the site needs it. */
import { createRequire } from 'node:module';
import { ConfigError } from '../model/errors.js';
import { missingPackages } from '../model/optional-packages.js';
import type { Settings } from '../model/settings.js';
import type { PictureTools } from '../ports/picture-tools.js';
import type { ChannelIcons } from './channel-icons.js';
import type { PictureMaking } from './picture-tools.js';

/** Throws ConfigError if the site wants copies and sharp is not installed. Loads nothing until the result is called. */
export function preparePictureTools(
  { images, configPath }: Pick<Settings, 'images' | 'configPath'>,
  making: PictureMaking = 'any',
  find: (name: string) => unknown = createRequire(import.meta.url).resolve,
): () => Promise<PictureTools> {
  if (images.cache && making === 'any' && !isInstalled('sharp', find)) {
    const message = `${missingPackages('it', 'sharp')}, or set it to false`;
    throw new ConfigError('CONFIG_INVALID', [{ file: configPath, line: 0, column: 0, path: 'images.cache', message }]);
  }
  let opened: Promise<PictureTools> | null = null;
  return () => {
    opened ??= import('./picture-tools.js').then(({ createPictureTools }) => createPictureTools(making));
    return opened;
  };
}

export async function openChannelIcons(
  settings: Pick<Settings, 'site' | 'topics' | 'sources' | 'images' | 'configPath'>,
  making: PictureMaking = 'any',
): Promise<ChannelIcons> {
  const { site, topics, sources } = settings;
  const isAny = making === 'any' && [site, ...topics, ...sources].some(({ icon }) => icon !== undefined);
  const { createChannelIcons } = await import('./channel-icons.js');
  return await createChannelIcons(settings, isAny && canMakePictures());
}

export function canMakePictures(): boolean {
  return isInstalled('sharp', createRequire(import.meta.url).resolve);
}

function isInstalled(name: string, find: (name: string) => unknown): boolean {
  try {
    find(name);
    return true;
  } catch {
    return false;
  }
}
