/** Prepares the icons of the section, its topics and its sources. Resizes them if sharp is installed. */
import { readFile } from 'node:fs/promises';
import type { ChannelImage, ChannelImages } from '../model/channel.js';
import { ConfigError } from '../model/errors.js';
import type { SourceWarning } from '../model/report.js';
import type { Settings } from '../model/settings.js';
import type { SourceId } from '../model/source.js';
import { findInitial } from '../text/cut.js';
import { contentDigest } from '../text/digest.js';
import { htmlSafe } from '../text/escape.js';
import { readCleanPng } from './png.js';

/** A file to publish. */
interface IconFile {
  readonly path: string;
  /** Fingerprint of the inputs. */
  readonly inputs: string;
  make(): Promise<Uint8Array | string | null>;
}

export interface ChannelIcons {
  readonly section: ChannelImages;
  readonly topics: Readonly<Record<string, ChannelImages>>;
  readonly files: readonly IconFile[];
  /** Sources with an icon file. */
  readonly sources: readonly SourceIcon[];
  /** Sources with an unreadable icon file. */
  readonly warnings: readonly SourceWarning[];
}

type SourceIcon = Omit<IconFile, 'path'> & { readonly source: SourceId };
type IconSettings = Pick<Settings, 'site' | 'topics' | 'sources' | 'images' | 'configPath'>;

const SIDES = { icon: 512, favicon: 64, image: 144 };
const LOGO = { width: 512, height: 256 };
export const UNREADABLE = 'cannot be read';
/** An unreadable icon is only a warning. */
export const STAND_IN = '; fix the file or remove "icon". A letter is shown instead';
export const NOT_A_PICTURE = 'is not a readable picture';
const NOT_READY = 'is not a square PNG of 16 to 64 pixels; to convert other pictures, run `npm install sharp`';
const TYPES: Readonly<Record<string, string>> = { png: 'image/png', webp: 'image/webp', svg: 'image/svg+xml' };

/** `canMake`: whether sharp is installed. Throws ConfigError if a file of the section or a topic cannot be read. */
export async function createChannelIcons(
  { site, topics, sources, images, configPath }: IconSettings,
  canMake: boolean,
): Promise<ChannelIcons> {
  const files: IconFile[] = [];
  const loadImages = async (file: string, folder: string, path: string) => {
    const bytes = await readFile(file).catch((cause) => {
      const message = `${file} ${describeReadError(cause)}`;
      throw new ConfigError('CONFIG_INVALID', [{ file: configPath, line: 0, column: 0, path, message }], { cause });
    });
    const given = { bytes, ending: /\.(\w+)$/.exec(file)![1]!.toLowerCase(), folder };
    const made = canMake ? createAllSizes(given) : keepOriginal(given);
    files.push(...made.files);
    return made.images;
  };
  const letter = createLetterIcon(site.title);
  if (site.icon === undefined) files.push(letter.file);
  const section = site.icon === undefined ? letter.images : await loadImages(site.icon, 'icons/section/', 'site.icon');
  const own: Record<string, ChannelImages> = {};
  for (const [index, { id, icon }] of topics.entries())
    if (icon !== undefined) own[id] = await loadImages(icon, `icons/topics/${id}/`, `topics[${index}].icon`);
  const sourceIcons: SourceIcon[] = [];
  const warnings: SourceWarning[] = [];
  for (const { id, icon } of images.icons ? sources : []) {
    if (icon === undefined || !('file' in icon)) continue;
    const found = await loadSourceIcon(icon.file, canMake);
    if (typeof found === 'string')
      warnings.push({ sourceId: `${id}.icon`, message: `${icon.file} ${found}${STAND_IN}` });
    else sourceIcons.push({ source: id, ...found });
  }
  return { section, topics: own, files, sources: sourceIcons, warnings };
}

/** Prepares a source icon; `make` runs only if the icon is not stored yet. Returns an error text if it cannot be used. */
export async function loadSourceIcon(
  file: string,
  canMake: boolean,
): Promise<Pick<SourceIcon, 'inputs' | 'make'> | string> {
  const bytes = await readFile(file).catch(describeReadError);
  if (typeof bytes === 'string') return bytes;
  const [{ createPictureTools }, { isPicture, ICON }] = await Promise.all([
    import('./picture-tools.js'),
    import('./encoder.js'),
  ]);
  const ready = await createPictureTools('ready-made').encodeIcon(bytes);
  if (ready === null && !canMake) return NOT_READY;
  if (ready === null && !isPicture(bytes)) return NOT_A_PICTURE;
  return { inputs: contentDigest(bytes), make: async () => ready ?? (await drawBox(bytes, ICON, ICON)) };
}

function describeReadError({ code }: NodeJS.ErrnoException): string {
  return code === 'ENOENT' ? `${UNREADABLE}: no such file` : UNREADABLE;
}

interface GivenFile {
  readonly bytes: Uint8Array;
  readonly ending: string;
  readonly folder: string;
}

interface MadeImages {
  readonly images: ChannelImages;
  readonly files: readonly IconFile[];
}

function createAllSizes({ bytes, folder }: GivenFile): MadeImages {
  const digest = contentDigest(bytes);
  const files: IconFile[] = [];
  const made = (name: string, width: number, height: number): ChannelImage => {
    const path = `${folder}${name}.png`;
    files.push({ path, inputs: `${digest} ${width}x${height}`, make: () => drawBox(bytes, width, height) });
    return { path, type: 'image/png', width, height };
  };
  const square = (name: keyof typeof SIDES) => made(name, SIDES[name], SIDES[name]);
  const images = {
    icon: square('icon'),
    favicon: square('favicon'),
    image: square('image'),
    logo: made('logo', LOGO.width, LOGO.height),
  };
  return { images, files };
}

async function drawBox(bytes: Uint8Array, width: number, height: number): Promise<Uint8Array | null> {
  const { loadSharp, encodeBox } = await import('./encoder.js');
  const open = await loadSharp();
  return open === null ? null : await encodeBox(open, bytes, width, height);
}

function keepOriginal({ bytes, ending, folder }: GivenFile): MadeImages {
  const png = readCleanPng(bytes);
  const size = png === null ? { width: null, height: null } : { width: png.width, height: png.height };
  const icon = { path: `${folder}icon.${ending}`, type: TYPES[ending]!, ...size };
  const isSmall = png !== null && png.width <= SIDES.image && png.height <= 400;
  const images = { icon, favicon: icon, image: isSmall ? icon : null, logo: null };
  return { images, files: [{ path: icon.path, inputs: contentDigest(bytes), make: async () => bytes }] };
}

/** An SVG, because rendered text would differ between machines. */
function createLetterIcon(title: string): { readonly images: ChannelImages; readonly file: IconFile } {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path fill="#9a2a1f" d="M0 0h64v64H0z"/><text x="32" y="46" fill="#fff" font-family="Georgia, serif" font-size="40" font-weight="700" text-anchor="middle">${htmlSafe(findInitial(title))}</text></svg>\n`;
  const icon = { path: 'icons/section/letter.svg', type: TYPES.svg!, width: null, height: null };
  return {
    images: { icon, favicon: icon, image: null, logo: null },
    file: { path: icon.path, inputs: contentDigest(svg), make: async () => svg },
  };
}
