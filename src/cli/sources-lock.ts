import type { Command } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, jsonOption, readDisplaySettings } from './options.js';

export const sourcesLockCommand: Command = {
  name: 'sources lock',
  describe:
    'write the current entries of the OPML lists (kind: opml) to sources.lock.yaml, for "build --frozen" and for restoring ids after the store is lost',
  options: [configOption, jsonOption],
  examples: [['newsloom sources lock', 'run it after a build has fetched the lists; commit the file with the config']],
  async run(context) {
    const { lockLists } = await import('../app/lists-lock.js');
    const locked = await lockLists(await readDisplaySettings(context));
    if ('unread' in locked)
      throw new UsageError(`not fetched yet: ${locked.unread.join(', ')}; run "newsloom build" first`);
    if (locked.lists.length === 0) throw new UsageError('the config has no list (kind: opml)');
    const counted = locked.lists.map(({ id, sources }) => `${id} (${sources})`).join(', ');
    context.show(locked, () => `wrote ${locked.file}: ${counted}`);
    return EXIT.ok;
  },
};
