/** The command `sources move`. */
import { findNewUrl } from '../app/add-source/propose-source.js';
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
  examples: [['newsloom sources move wire', 'applies the address that `newsloom status` proposes']],
  async run(context) {
    const { moveSource } = await import('../app/add-source/edit-sources.js');
    const [id = '', given] = context.args;
    const load = () => readSettings(context, 'fresh', 'sent');
    const settings = applyNetworkOptions(context, await load());
    requireKnown('source', [id], settings.sources);
    const start = given === undefined ? null : parseTypedUrl(given);
    const found = await findNewUrl(settings, id, start, context.signal);
    if ('refused' in found) throw new UsageError(found.refused);
    const { url } = found;
    const file = await moveSource(chooseConfigPath(context), load, id, url);
    context.show({ id, url, file }, () => `${file}: moved ${id} to ${url}`);
    return EXIT.ok;
  },
};
