/** Records icons from the published folder, so that they are not downloaded again. */
import type { Sink } from '../../ports/sink.js';
import type { PictureStore } from '../../ports/store/pictures.js';
import { iconSource } from '../../write/html/entries/icons.js';
import { ICON_DAYS } from '../publish/pictures/learn-icons.js';

/** Keeps the schedule of icon downloads. */
export async function restoreIcons(
  paths: readonly string[],
  published: Date,
  { store, sink }: { readonly store: Pick<PictureStore, 'saveIcon'>; readonly sink: Pick<Sink, 'read'> },
): Promise<void> {
  for (const path of paths) {
    const source = iconSource(path);
    const png = source === null ? null : await sink.read(path);
    const due = new Date(published.getTime() + ICON_DAYS * 86_400_000);
    if (source !== null && png !== null) await store.saveIcon(source, due, png);
  }
}
