// Fills a store with older copies of its articles, whose stories are closed and unpublished.
import { rmSync } from 'node:fs';

const MONTH = 2_592_000_000;
const KEYS = {
  article: 'ref',
  article_text: 'ref',
  alias: 'ref',
  member: 'ref',
  story: 'ref',
  story_member: 'article',
};

/** Each copy is a month older than the one before. Orders in channels only need to be later than all others. */
export function addOlder(db, file, count) {
  const { top } = db.prepare('SELECT max(ref) AS top FROM article').get();
  db.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; BEGIN');
  for (let copy = 1; (copy - 1) * top < count; copy += 1) {
    const shift = copy * top;
    const changed = { id: `id || '/${copy}'`, open: '0', sources: '1', vector: 'NULL', ord: "'z' || ord" };
    changed.key = 'substr(key, 1, 4) || substr(lower(hex(randomblob(7))), 1, 14)';
    for (const column of ['ref', 'article', 'story', 'copy_of']) changed[column] = `${column} + ${shift}`;
    for (const column of ['published', 'first_seen', 'first_at', 'last_at'])
      changed[column] = `${column} - ${copy * MONTH}`;
    for (const [table, key] of Object.entries(KEYS)) {
      const columns = db
        .prepare(`SELECT name FROM pragma_table_info('${table}')`)
        .all()
        .map(({ name }) => name);
      const values = columns.map((name) => changed[name] ?? name);
      const which = `WHERE ${key} <= ${Math.min(top, count - (copy - 1) * top)}`;
      db.exec(`INSERT INTO ${table} (${columns}) SELECT ${values} FROM ${table} ${which}`);
    }
  }
  const last = '(SELECT max(ref) FROM article)';
  db.exec(`UPDATE counter SET n = ${last} + (name = 'next_ref') WHERE name <> 'articles';
    UPDATE counter SET n = (SELECT count(*) FROM article) WHERE name = 'articles';
    UPDATE channel SET members = (SELECT count(*) FROM member WHERE channel = n); COMMIT`);
  db.close();
  rmSync(`${file}.sum`, { force: true }); // outdated, because the store did not write this itself
}
