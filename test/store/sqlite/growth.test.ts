import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Driver, findDriver, type Open } from '../../../src/store/sqlite/driver.js';
import { openSqlite } from '../../../src/store/sqlite/sqlite.js';
import { guidKey, publishArticles, urlKey } from '../../support/stored-articles.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const open = await findDriver();

/** Every statement of a store: most are prepared when it opens, those for many rows when they are used. */
async function statements(path: string): Promise<string[]> {
  const found: string[] = [];
  const recording: Open = (file, mode): Driver => {
    const driver = open(file, mode);
    return {
      exec: (sql) => driver.exec(sql),
      close: () => driver.close(),
      prepare: (sql) => {
        found.push(sql);
        return driver.prepare(sql);
      },
    };
  };
  const store = openSqlite(path, 'write', recording);
  await publishArticles(store, 3);
  await store.known([guidKey(1), urlKey(2)]);
  await store.close();
  return found.filter((sql) => !sql.startsWith('PRAGMA'));
}

/** Tables that grow with every article. */
const GROWING = /SCAN (article|wording|alias|member|archive)\b/;
/** Indexes that hold only what is still to be done. */
const SMALL = /USING (COVERING )?INDEX article_unplaced/;

it('reads no table that grows from end to end, save to prune', async () => {
  const path = join(temporaryFolder(), 'newsloom.db');
  const all = await statements(path);
  expect(all.length).toBeGreaterThan(50);
  const db = open(path, 'read');
  const walks = all.filter((sql) => {
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...Array(sql.split('?').length - 1).fill(null)) as {
      detail: string;
    }[];
    return plan.some(({ detail }) => GROWING.test(detail) && !SMALL.test(detail));
  });
  db.close();
  expect(walks).toEqual([expect.stringContaining('WHERE first_seen < ?')]);
});

it('sorts nothing to find a head', async () => {
  const path = join(temporaryFolder(), 'newsloom.db');
  const heads = (await statements(path)).filter(
    (sql) => sql.includes('FROM member') && sql.includes('ORDER BY ord LIMIT'),
  );
  const db = open(path, 'read');
  const details = heads.flatMap((sql) =>
    (
      db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...Array(sql.split('?').length - 1).fill(null)) as {
        detail: string;
      }[]
    ).map(({ detail }) => detail),
  );
  db.close();
  expect(details.filter((detail) => detail.includes('SEARCH member USING')).length).toBeGreaterThan(0);
  expect(details.filter((detail) => detail.includes('TEMP B-TREE'))).toEqual([]);
});
