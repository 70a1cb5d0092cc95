/** Finds the feeds of a source by their states. */
import type { SourceId } from '../../../model/source.js';
import type { Database } from '../database.js';

/** The ids of the feeds of a source that have a state: `paper`, `paper.…`. */
export async function feedsIn(db: Database, id: SourceId): Promise<string[]> {
  // In code-unit order, a slash comes right after a point.
  const feeds = 'SELECT id FROM source WHERE id = ? OR (id >= ? AND id < ?) ORDER BY id';
  return (await db.all<{ id: string }>(feeds, id, `${id}.`, `${id}/`)).map((row) => row.id);
}
