/** Stores what is known of pictures, copies that wait to be published, and icons of publications. */
import type { ArticleRef, KnownImage } from '../../../model/article.js';
import type { SourceId } from '../../../model/source.js';
import type { PictureStore } from '../../../ports/store/pictures.js';
import { contentDigest } from '../../../text/digest.js';
import type { Connection } from '../../sqlite/connection.js';
import type { Sync } from '../../to-async.js';
import { markArticle } from '../channels/dirty.js';
import { selectRefs } from './read-articles.js';

export function pictureMethods(db: Connection): Sync<PictureStore> {
  return {
    picturesDue: (limit) => {
      const due = `SELECT ref FROM article WHERE pictures_due = 1 AND id IS NOT NULL AND hidden = 0 AND pruned = 0
        ORDER BY published DESC, ref DESC LIMIT ?`;
      return selectRefs(db, due, limit);
    },
    savePictures: (found) =>
      db.write(() => {
        for (const { ref, known } of found) savePictures(db, ref, known);
      }),
    lookAtPicturesAgain: () => db.write(() => db.run('UPDATE article SET pictures_due = 1 WHERE pictures_due = 0')),
    articlesWithCopies: () => {
      const shown = `SELECT ref, source, known_images FROM article_text JOIN article USING (ref)
        WHERE known_images IS NOT NULL AND id IS NOT NULL AND hidden = 0 AND withdrawn IS NULL
        AND (edits IS NULL OR json_extract(edits, '$.image') IS NULL) ORDER BY ref`;
      return db.all<{ ref: ArticleRef; source: SourceId; known_images: string }>(shown).map((row) => {
        return { ref: row.ref, source: row.source, known: JSON.parse(row.known_images) as KnownImage[] };
      });
    },
    keepCopy: (path, bytes) => db.write(() => db.run('REPLACE INTO picture_copy VALUES (?, ?)', path, bytes)),
    keptCopy: (path) => {
      return db.get<{ bytes: Uint8Array }>('SELECT bytes FROM picture_copy WHERE path = ?', path)?.bytes ?? null;
    },
    dropKeptCopies: () => {
      // Nothing is written where there is none.
      if (db.get('SELECT 1 FROM picture_copy LIMIT 1') !== undefined)
        db.write(() => db.run('DELETE FROM picture_copy'));
    },
    forgetCopy: (ref, path) => db.write(() => forgetCopy(db, ref, path)),
    icons: () => {
      const icons = db.all<{ source: SourceId; due: number; digest: string | null }>(
        'SELECT source, due, digest FROM icon ORDER BY source',
      );
      return icons.map((row) => ({ ...row, due: new Date(row.due) }));
    },
    saveIcon: (source, due, png) =>
      db.write(() => {
        const known = png !== 'as before' && png !== null;
        const save = 'INSERT INTO icon VALUES (?, ?, ?, ?) ON CONFLICT (source) DO UPDATE SET due = excluded.due';
        const whole = png === 'as before' ? '' : ', digest = excluded.digest, png = excluded.png';
        db.run(save + whole, source, due.getTime(), known ? contentDigest(png) : null, known ? png : null);
      }),
    iconBytes: (source) => {
      return db.get<{ png: Uint8Array | null }>('SELECT png FROM icon WHERE source = ?', source)?.png ?? null;
    },
  };
}

function savePictures(db: Connection, ref: ArticleRef, known: readonly KnownImage[]): void {
  const json = known.length === 0 ? null : JSON.stringify(known);
  const row = db.get<{ before: string | null }>('SELECT known_images AS before FROM article_text WHERE ref = ?', ref);
  db.run('UPDATE article SET pictures_due = 0 WHERE ref = ?', ref);
  if (row === undefined || row.before === json) return;
  db.run('UPDATE article_text SET known_images = ? WHERE ref = ?', json, ref);
  // Full archive documents stay as they are.
  markArticle(db, ref, 'revision');
}

function forgetCopy(db: Connection, ref: ArticleRef, path: string): void {
  const row = db.get<{ known: string | null }>('SELECT known_images AS known FROM article_text WHERE ref = ?', ref);
  const known: KnownImage[] = JSON.parse(row?.known ?? '[]');
  const left = known.filter(({ copies }) => copies.every((copy) => copy.path !== path));
  const json = left.length === 0 ? null : JSON.stringify(left);
  db.run('UPDATE article_text SET known_images = ? WHERE ref = ?', json, ref);
  db.run('UPDATE article SET pictures_due = 1 WHERE ref = ?', ref);
}
