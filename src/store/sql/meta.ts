/** Key-value metadata. */
import type { Database } from './database.js';

export async function readMeta(db: Database, key: string): Promise<string | null> {
  return (await db.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key))?.value ?? null;
}

/** Call in a transaction; null deletes it. */
export function writeMeta(db: Database, key: string, value: string | null): void {
  const save = 'INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value';
  if (value === null) db.run('DELETE FROM meta WHERE key = ?', key);
  else db.run(save, key, value);
}
