/** Names the icons of publications, and writes their stylesheet. With a stylesheet, a new icon changes no page. */
import { iconClass } from './publication.js';

const FOLDER = 'icons/';
export const ICONS_CSS = `${FOLDER}icons.css`;

export function iconPath(sourceId: string): string {
  return `${FOLDER}${sourceId}.png`;
}

/** null: another file. */
export function iconSource(path: string): string | null {
  return /^icons\/([a-z0-9-]+)\.png$/.exec(path)?.[1] ?? null;
}

export function isIconFile(path: string): boolean {
  return path === ICONS_CSS || iconSource(path) !== null;
}

/** `sources`: those with an icon, sorted. */
export function iconsStylesheet(sources: readonly string[]): string {
  const classes = sources.map((id) => `.${iconClass(id)}`);
  const images = sources.map((id) => `.${iconClass(id)}{background-image:url(${id}.png)}\n`);
  const common = `${classes.join(',\n')}{background:0 0/contain no-repeat}\n${classes.map((name) => `${name}::before`).join(',\n')}{content:none}\n`;
  return `/* The icons of publications, in place of their letters. */\n${classes.length === 0 ? '' : common}${images.join('')}`;
}
