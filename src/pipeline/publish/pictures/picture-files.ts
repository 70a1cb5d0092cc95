/** Picture copies of all articles that show them, as an edition part. */
import { mayShowPictures } from '../../../compose/entry.js';
import type { ArticleRef } from '../../../model/article.js';
import type { Settings } from '../../../model/settings.js';
import type { Sink } from '../../../ports/sink.js';
import type { Store } from '../../../ports/store/store.js';
import { contentDigest } from '../../../text/digest.js';
import type { EditionPart } from '../edition-parts.js';
import { COPIES } from './copy-path.js';

export interface PictureFilesDeps {
  readonly settings: Pick<Settings, 'sources' | 'images'>;
  readonly store: Store;
  /** Read-only: copies that are not waiting in the store are in the folder. */
  readonly sink: Pick<Sink, 'read'>;
}

/** Without copies the part is empty, which removes earlier ones. */
export function pictureFiles({ settings, store, sink }: PictureFilesDeps): EditionPart {
  const { images, sources } = settings;
  const shown = new Set(sources.filter(mayShowPictures).map(({ id }) => id));
  return {
    fingerprint: contentDigest(JSON.stringify([images.cache, [...shown].sort()])),
    owns: (path) => images.cache && path.startsWith(COPIES),
    files: async function* () {
      if (!images.cache) return;
      for (const [path, ref] of listCopyPaths(
        (await store.articlesWithCopies()).filter(({ source }) => shown.has(source)),
      )) {
        const make = () => readCopyBytes(path, ref, store, sink);
        yield { path, inputs: path, make };
      }
    },
  };
}

function listCopyPaths(articles: Awaited<ReturnType<Store['articlesWithCopies']>>): ReadonlyMap<string, ArticleRef> {
  const copies = articles.flatMap(({ ref, known }) =>
    known.flatMap((image) => image.copies.map(({ path }) => [path, ref] as const)),
  );
  return new Map(copies);
}

/** null: lost; the next run makes it again. */
async function readCopyBytes(
  path: string,
  ref: ArticleRef,
  store: Store,
  sink: Pick<Sink, 'read'>,
): Promise<Uint8Array | null> {
  const bytes = (await store.keptCopy(path)) ?? (await sink.read(path));
  if (bytes === null) await store.forgetCopies([ref], new Set([path]));
  return bytes;
}
