/** Stores facts about pictures, unpublished copies, and icons of publications. */
import type { ArticleRef, KnownImage } from '../../../model/article.js';
import type { ArticleEdits } from '../../../model/desk.js';
import type { SourceId } from '../../../model/source.js';
import type { PictureStore, StoredIcon } from '../../../ports/store/pictures.js';
import { contentDigest } from '../../../text/digest.js';
import { upsertRows } from '../bulk.js';
import type { Database } from '../database.js';
import { saveLists } from './change-text.js';
import { selectRefs } from './read-articles.js';

export function pictureMethods(db: Database): PictureStore {
  return {
    duePictures: (limit) => {
      const due = `SELECT ref FROM article WHERE pictures_due = 1 AND id IS NOT NULL AND hidden = 0 AND pruned = 0
        ORDER BY published DESC, ref DESC LIMIT ?`;
      return selectRefs(db, due, limit);
    },
    savePictures: (found) =>
      db.write(() => {
        for (const { ref } of found) db.run('UPDATE article SET pictures_due = 0 WHERE ref = ?', ref);
        const lists = found.map(({ ref, known }) => [ref, known] as const);
        return saveLists(db, 'known_images', lists);
      }),
    rescheduleAllPictures: () =>
      db.write(async () => db.run('UPDATE article SET pictures_due = 1 WHERE pictures_due = 0')),
    articlesWithCopies: async () => {
      const shown = `SELECT ref, source, known_images, edits FROM article_text JOIN article USING (ref)
        WHERE known_images IS NOT NULL AND id IS NOT NULL AND hidden = 0 AND withdrawn IS NULL ORDER BY ref`;
      const rows = await db.all<ShownRow>(shown);
      return rows
        .filter(({ edits }) => edits === null || (JSON.parse(edits) as Partial<ArticleEdits>).image == null)
        .map(({ ref, source, known_images }) => ({ ref, source, known: JSON.parse(known_images) as KnownImage[] }));
    },
    keepCopy: (path, bytes) => db.write(() => upsertRows(db, 'picture_copy', ['path'], ['bytes'], [[path, bytes]])),
    keptCopy: async (path) => {
      const row = await db.get<{ bytes: Uint8Array }>('SELECT bytes FROM picture_copy WHERE path = ?', path);
      return row?.bytes ?? null;
    },
    // Without a condition, SQLite writes even if the table is empty.
    dropKeptCopies: () => db.write(async () => db.run('DELETE FROM picture_copy WHERE TRUE')),
    forgetCopies: (refs, paths) =>
      db.write(async () => {
        const select = 'SELECT ref, known_images AS known FROM article_text WHERE known_images IS NOT NULL AND ref IN';
        for (const { ref, known } of await db.allMatching<{ ref: ArticleRef; known: string }>(select, refs)) {
          const images: readonly KnownImage[] = JSON.parse(known);
          const left = images.filter(({ copies }) => !copies.some(({ path }) => paths.has(path)));
          const json = left.length === 0 ? null : JSON.stringify(left);
          db.run('UPDATE article_text SET known_images = ? WHERE ref = ?', json, ref);
          db.run('UPDATE article SET pictures_due = 1 WHERE ref = ?', ref);
        }
      }),
    icons: async () => {
      const icons = await db.all<Omit<StoredIcon, 'due'> & { due: number }>(
        'SELECT source, due, digest, named FROM icon ORDER BY source',
      );
      return icons.map((row) => ({ ...row, due: new Date(row.due) }));
    },
    saveIcon: (source, due, png, named) =>
      db.write(async () => {
        const known = png !== 'as before' && png !== null;
        const save = `INSERT INTO icon (source, due, named, digest, png) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (source) DO UPDATE SET due = excluded.due, named = excluded.named`;
        const whole = png === 'as before' ? '' : ', digest = excluded.digest, png = excluded.png';
        const bytes = known ? ([contentDigest(png), png] as const) : [null, null];
        db.run(save + whole, source, due.getTime(), named ?? null, ...bytes);
      }),
    iconBytes: async (source) => {
      const row = await db.get<{ png: Uint8Array | null }>('SELECT png FROM icon WHERE source = ?', source);
      return row?.png ?? null;
    },
  };
}

interface ShownRow {
  readonly ref: ArticleRef;
  readonly source: SourceId;
  readonly known_images: string;
  readonly edits: string | null;
}
