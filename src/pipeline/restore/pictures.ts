/** Records picture copies and icons from the published folder, so that they are not downloaded again. */

import type { ImageCopy, KnownImage } from '../../model/article.js';
import type { PictureTools } from '../../ports/picture-tools.js';
import type { Sink } from '../../ports/sink.js';
import type { PictureStore } from '../../ports/store/pictures.js';
import type { NewArticle } from '../../ports/store/sources.js';
import { iconSource } from '../../write/html/entries/icons.js';
import { copyPath, readCopyPath } from '../publish/pictures/copy-path.js';
import { ICON_DAYS } from '../publish/pictures/learn-icons.js';
import { selectPictureUrls } from '../publish/pictures/wanted-images.js';
import { yieldToSignals } from './yield-to-event-loop.js';

export interface RestoredPictures {
  readonly store: Pick<PictureStore, 'savePictures' | 'saveIcon'>;
  readonly sink: Pick<Sink, 'read'>;
  readonly tools: () => Promise<Pick<PictureTools, 'readSize'>>;
  readonly signal: AbortSignal;
}

/** `articles`: minted and saved. */
export async function restorePictures(
  articles: readonly Pick<NewArticle, 'ref' | 'image' | 'contentHtml'>[],
  paths: readonly string[],
  { store, sink, tools, signal }: RestoredPictures,
): Promise<void> {
  const widths = new Map<string, number[]>();
  for (const path of paths) {
    const copy = readCopyPath(path);
    if (copy !== null)
      widths.set(
        copy.name,
        [...(widths.get(copy.name) ?? []), copy.width].sort((a, b) => a - b),
      );
  }
  if (widths.size === 0) return;
  const { readSize: sizeOf } = await tools();
  const knownImage = async (url: string): Promise<KnownImage | null> => {
    const copies: ImageCopy[] = [];
    for (const width of widths.get(readCopyPath(copyPath(url, 1))!.name) ?? []) {
      const path = copyPath(url, width);
      const bytes = await sink.read(path);
      const size = bytes === null ? null : sizeOf(bytes);
      if (size !== null) copies.push({ path, ...size });
    }
    const widest = copies.at(-1);
    return widest === undefined ? null : { url, width: widest.width, height: widest.height, copies };
  };
  for (const article of articles) {
    await yieldToSignals(signal);
    const found: KnownImage[] = [];
    for (const url of selectPictureUrls(article, 'copies').shown) {
      const known = await knownImage(url);
      if (known !== null) found.push(known);
    }
    if (found.length > 0) await store.savePictures([{ ref: article.ref, known: found }]);
  }
}

/** Keeps the schedule of icon downloads. */
export async function restoreIcons(
  paths: readonly string[],
  published: Date,
  { store, sink }: Pick<RestoredPictures, 'store' | 'sink'>,
): Promise<void> {
  for (const path of paths) {
    const source = iconSource(path);
    const png = source === null ? null : await sink.read(path);
    const due = new Date(published.getTime() + ICON_DAYS * 86_400_000);
    if (source !== null && png !== null) await store.saveIcon(source, due, png);
  }
}
