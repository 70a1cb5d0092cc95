/** The command `sources move`. */
import type { Command } from './command.js';
import { EXIT, requireKnown, UsageError } from './exit.js';
import { applyNetworkOptions } from './import-file.js';
import { chooseConfigPath, configOption, jsonOption, readSettings } from './options.js';
import { parseTypedUrl } from './sources-add.js';

export const sourcesMoveCommand: Command = {
  name: 'sources move',
  describe: 'change the address of a source; its id, articles and archive stay',
  parameters: [
    { name: '<id>', describe: 'id of the source' },
    { name: '[url]', describe: 'the feed, or a page that links to it (default: the address that `status` proposes)' },
  ],
  options: [configOption, jsonOption, { flags: '--allow-private', describe: 'allow a loopback or private address' }],
  examples: [
    ['newsloom sources move wire https://wire.example/', 'finds the feed of that page, and writes its address'],
  ],
  async run(context) {
    const { moveSource, readProposedUrl } = await import('../app/add-source/edit-sources.js');
    const { findFeedUrl } = await import('../app/add-source/find-feed.js');
    const { createFetcher } = await import('../app/http-clients.js');
    const [id = '', given] = context.args;
    const load = () => readSettings(context, 'fresh', 'sent');
    const settings = applyNetworkOptions(context, await load());
    requireKnown('source', [id], settings.sources);
    const start = given === undefined ? await readProposedUrl(settings, id) : parseTypedUrl(given);
    if (start === null) throw new UsageError(`no new address of "${id}" is known: add it to the command`);
    const fetcher = createFetcher(settings);
    const visit = { fetcher, settings, signal: context.signal };
    const url = await findFeedUrl(start, visit).finally(() => fetcher.close());
    if (url === null) throw new UsageError(`${start} is not a feed, and links to none that can be read`);
    const file = await moveSource(chooseConfigPath(context), load, id, url);
    context.show({ id, url, file }, () => `${file}: moved ${id} to ${url}`);
    return EXIT.ok;
  },
};
