import { join } from 'node:path';
import { loadBetterSqlite, loadNodeSqlite } from '../../../../src/store/sqlite/driver.js';
import { openSqlite } from '../../../../src/store/sqlite/sqlite.js';
import { storyContract } from '../../../contract/stories.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

for (const driver of [loadNodeSqlite(), await loadBetterSqlite()]) {
  if (driver !== null) {
    storyContract('sqlite', async () => openSqlite(join(temporaryFolder(), 'newsloom.db'), 'write', driver));
  }
}
