/** Query plans of all statements of the contract suites on a large store. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports/store/store.js';
import { type Driver, findDriver, type Open } from '../../../src/store/sqlite/driver.js';
import { openSqlite } from '../../../src/store/sqlite/sqlite.js';
import { storeContract } from '../../contract/store.js';
import { storyContract } from '../../contract/stories.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const open = await findDriver();
const statements = new Set<string>();

const recording: Open = (file, mode): Driver => {
  const driver = open(file, mode);
  return {
    exec: (sql) => driver.exec(sql),
    close: () => driver.close(),
    prepare: (sql) => {
      if (!sql.startsWith('PRAGMA')) statements.add(sql);
      return driver.prepare(sql);
    },
  };
};
const openRecording = async (): Promise<Store> =>
  openSqlite(join(temporaryFolder(), 'newsloom.db'), 'write', recording);

storeContract('sqlite, recorded,', openRecording);
storyContract('sqlite, recorded,', openRecording);

/** The query plan of each statement. */
async function plansOf(wanted: readonly string[]): Promise<string[][]> {
  const path = join(temporaryFolder(), 'newsloom.db');
  await openSqlite(path, 'write', open).close();
  const db = open(path, 'read');
  const plans = wanted.map((sql) => {
    const values = Array(sql.split('?').length - 1).fill(null);
    return db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[];
  });
  db.close();
  return plans.map((plan) => plan.map(({ detail }) => detail));
}

/** Tables that grow with every article. */
const GROWING = /SCAN (article|article_text|alias|member|archive|story_member)\b/;
/** Partial indexes with few rows. */
const SMALL = /USING (COVERING )?INDEX article_(unplaced|hidden|text_machine)/;

describe('what was recorded', () => {
  it('never scans a growing table, except for pruning, renames and takedowns in closed issues', async () => {
    expect(statements.size).toBeGreaterThan(50);
    const recorded = [...statements];
    const plans = await plansOf(recorded);
    const walks = recorded.filter((_, i) => plans[i]!.some((step) => GROWING.test(step) && !SMALL.test(step)));
    expect(walks.sort()).toEqual([
      expect.stringContaining('hidden = 1 OR withdrawn IS NOT NULL'),
      expect.stringContaining('WHERE first_seen < ?'),
      expect.stringContaining('FROM article WHERE instr(also_in'),
      expect.stringContaining('UPDATE article SET ord = substr'),
      expect.stringContaining('SET source = ?'),
      expect.stringContaining('SET topics = replace'),
      expect.stringContaining('UPDATE member SET ord = substr'),
    ]);
  });

  it('finds a head without sorting', async () => {
    const heads = [...statements].filter(
      (sql) => sql.includes('FROM member') && /ORDER BY ord (DESC )?LIMIT/.test(sql),
    );
    const plans = (await plansOf(heads)).flat();
    expect(plans.filter((step) => step.includes('SEARCH member USING')).length).toBeGreaterThan(0);
    expect(plans.filter((step) => step.includes('TEMP B-TREE'))).toEqual([]);
  });
});
