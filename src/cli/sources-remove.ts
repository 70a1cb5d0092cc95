/** `newsloom sources remove`: takes a source out of the config, and its articles with it where that is wanted. */
import type { Command } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, configPathOf, jsonOption, readSettings } from './options.js';

export const sourcesRemoveCommand: Command = {
  name: 'sources remove',
  describe: 'take a source out of the config; its articles stay, save with --with-articles',
  parameters: [{ name: '<id>', describe: 'of the source' }],
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
    ['newsloom sources remove wire --with-articles', 'and the next build takes down what came of it'],
  ],
  async run(context) {
    const { removeSource } = await import('../app/edit-sources.js');
    const [id = ''] = context.args;
    const withArticles = context.flag('with-articles');
    const load = () => readSettings(context, 'fresh');
    await load(); // reports mistakes in the config before anything is locked
    const removed = await removeSource(configPathOf(context), load, id, withArticles);
    if (removed === null) {
      const known = (await load()).sources.map((source) => source.id);
      throw new UsageError(`no source has the id "${id}"; there are ${known.join(', ') || 'none'}`);
    }
    const articles = withArticles ? 'the next build takes down its articles' : 'its articles stay';
    context.show(removed, () => `removed ${id} from ${removed.file}; ${articles}`);
    return EXIT.ok;
  },
};
