/** What PostgreSQL's tables have beyond those of all databases. */
import { roundTables } from './rounds/tables.js';

/** Rows that are written again soon after they were made leave room for that on their page; else each write touches all indexes. */
const roomForUpdates = `
ALTER TABLE article SET (fillfactor = 60);
ALTER TABLE source SET (fillfactor = 70);
ALTER TABLE channel SET (fillfactor = 50);
ALTER TABLE counter SET (fillfactor = 10);
`;

/** By step of `migrations`, after which it comes. A released one must not change. */
export const additions: readonly (string | undefined)[] = [roomForUpdates + roundTables];
