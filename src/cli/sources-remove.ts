import type { RemovedSource } from '../app/add-source/edit-sources.js';
import type { Command } from './command.js';
import { EXIT, requireKnown } from './exit.js';
import { chooseConfigPath, configOption, jsonOption, readSettings } from './options.js';

export const sourcesRemoveCommand: Command = {
  name: 'sources remove',
  describe: 'remove sources from the config; their articles stay published unless you use --with-articles',
  parameters: [{ name: '<ids...>', describe: 'ids of the sources' }],
  options: [
    configOption,
    jsonOption,
    {
      flags: '--with-articles',
      describe: 'the next run unpublishes the articles that no other source has',
    },
  ],
  examples: [
    ['newsloom sources remove wire', 'stops fetching it; its articles stay published'],
    ['newsloom sources remove wire other', 'several'],
    ['newsloom sources remove wire --with-articles', 'the next build also unpublishes its articles'],
  ],
  async run(context) {
    const { removeSource } = await import('../app/add-source/edit-sources.js');
    const ids = [...new Set(context.args)];
    const withArticles = context.flag('with-articles');
    const load = () => readSettings(context, 'fresh', 'sent');
    const known = (await load()).sources; // report problems in the config before taking the lock
    requireKnown('source', ids, known);
    const removed: RemovedSource[] = [];
    for (const id of ids) {
      const one = await removeSource(chooseConfigPath(context), load, id, withArticles);
      if (one !== null) removed.push(one);
    }
    const articles = withArticles ? 'the next build unpublishes its articles' : 'its articles stay published';
    const [only] = removed;
    context.show(ids.length === 1 ? only : removed, () =>
      removed.map((one) => `removed ${one.id} from ${one.file}; ${articles}`).join('\n'),
    );
    return EXIT.ok;
  },
};
