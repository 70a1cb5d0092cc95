/** PostgreSQL's additions to the common schema. */
import { roundTables } from './rounds/tables.js';

/** Space on pages for updates. Without it, each update of a row would change all its indexes. */
const roomForUpdates = `
ALTER TABLE article SET (fillfactor = 60);
ALTER TABLE source SET (fillfactor = 70);
ALTER TABLE channel SET (fillfactor = 50);
ALTER TABLE counter SET (fillfactor = 10);
`;

/** Run after the migration of the same index. A released one must not change. */
export const additions: readonly (string | undefined)[] = [roomForUpdates + roundTables];
