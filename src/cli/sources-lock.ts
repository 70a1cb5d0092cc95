/** `newsloom sources lock`: writes down what the lists of a site name. */
import type { Command } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, jsonOption, readToShow } from './options.js';

export const sourcesLockCommand: Command = {
  name: 'sources lock',
  describe:
    'write down what the lists of the config (kind: opml) name, in sources.lock.yaml: for build --frozen, and for the ids of a lost store',
  options: [configOption, jsonOption],
  examples: [['newsloom sources lock', 'after a build has read the lists; commit the file with the config']],
  async run(context) {
    const { lockLists } = await import('../app/lists-lock.js');
    const locked = await lockLists(await readToShow(context));
    if ('unread' in locked)
      throw new UsageError(`not read yet: ${locked.unread.join(', ')}; run "newsloom build" first`);
    if (locked.lists.length === 0) throw new UsageError('the config names no list (kind: opml)');
    const counted = locked.lists.map(({ id, sources }) => `${id} (${sources})`).join(', ');
    context.show(locked, () => `wrote ${locked.file}: ${counted}`);
    return EXIT.ok;
  },
};
