/** Finds the feeds of a source by their states. */
import type { SourceId } from '../../../model/source.js';
import type { Connection } from '../../sqlite/connection.js';

/** The ids of the feeds of a source that have a state. */
export function feedsIn(db: Connection, id: SourceId): string[] {
  const feeds = 'SELECT id FROM source WHERE id = ? OR id GLOB ?';
  return db.all<{ id: string }>(feeds, id, `${id}.*`).map((row) => row.id);
}
