/** What PostgreSQL's tables have beyond those of all databases. A step must not change once it is released. */

import { roundTables } from './rounds/tables.js';

/** Rows that are written again soon after they were made leave room for that on their page; else each write touches all indexes. */
const roomForUpdates = `
ALTER TABLE article SET (fillfactor = 60);
ALTER TABLE source SET (fillfactor = 70);
ALTER TABLE channel SET (fillfactor = 50);
ALTER TABLE counter SET (fillfactor = 10);
`;

/** After the common steps. */
export const ownSteps: readonly string[] = [roomForUpdates, roundTables];
