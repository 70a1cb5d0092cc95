/** The command `sources test`. */
import type { Command } from './command.js';
import { EXIT, requireKnown } from './exit.js';
import { configOption, jsonOption, readDisplaySettings } from './options.js';
import { formatCount } from './table.js';

const MOST_SHOWN = 1_500;

export const sourcesTestCommand: Command = {
  name: 'sources test',
  describe: 'show the text of the newest article of a source before and after its `text` selectors',
  parameters: [{ name: '<id>', describe: 'id of the source' }],
  options: [configOption, jsonOption],
  examples: [['newsloom sources test paper', 'fetches its feed and, with `fetch: article`, one page; stores nothing']],
  async run(context) {
    const { testText } = await import('../app/rules/test-text.js');
    const [id = ''] = context.args;
    const settings = await readDisplaySettings(context);
    requireKnown('source', [id], settings.sources);
    const source = settings.sources.find((one) => one.id === id)!;
    const tested = await testText(settings, source, context.signal);
    const format = (name: string, text: string) =>
      `\n${name} (${formatCount(text.length, 'character')}):\n${text.slice(0, MOST_SHOWN) || 'nothing'}`;
    context.show(tested, () =>
      tested === null
        ? 'the feed has no article'
        : `${tested.title} <${tested.url}>\n${format('before', tested.before)}\n${format('after', tested.after)}`,
    );
    return EXIT.ok;
  },
};
