/** `newsloom sources remove`: takes a source out of the config, and its articles with it where that is wanted. */
import type { RemovedSource } from '../app/add-source/edit-sources.js';
import type { Command } from './command.js';
import { EXIT, requireKnown } from './exit.js';
import { configOption, configPathOf, jsonOption, readSettings } from './options.js';

export const sourcesRemoveCommand: Command = {
  name: 'sources remove',
  describe: 'take sources out of the config; their articles stay, save with --with-articles',
  parameters: [{ name: '<ids...>', describe: 'of the sources' }],
  options: [
    configOption,
    jsonOption,
    {
      flags: '--with-articles',
      describe:
        'the next run takes its articles out of all feeds, pages and archives, but for those that another source has too',
    },
  ],
  examples: [
    ['newsloom sources remove wire', 'is read no more; what came of it stays published'],
    ['newsloom sources remove wire other', 'several'],
    ['newsloom sources remove wire --with-articles', 'and the next build takes down what came of it'],
  ],
  async run(context) {
    const { removeSource } = await import('../app/add-source/edit-sources.js');
    const ids = [...new Set(context.args)];
    const withArticles = context.flag('with-articles');
    const load = () => readSettings(context, 'fresh', 'sent');
    const known = (await load()).sources; // reports mistakes in the config before anything is locked
    requireKnown('source', ids, known);
    const removed: RemovedSource[] = [];
    for (const id of ids) {
      const one = await removeSource(configPathOf(context), load, id, withArticles);
      if (one !== null) removed.push(one);
    }
    const articles = withArticles ? 'the next build takes down its articles' : 'its articles stay';
    const [only] = removed;
    context.show(ids.length === 1 ? only : removed, () =>
      removed.map((one) => `removed ${one.id} from ${one.file}; ${articles}`).join('\n'),
    );
    return EXIT.ok;
  },
};
