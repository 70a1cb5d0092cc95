/** The command `digest send`. */
import type { Command } from './command.js';
import { EXIT, requireKnown, UsageError } from './exit.js';
import { configOption, jsonOption, readDisplaySettings } from './options.js';

export const digestSendCommand: Command = {
  name: 'digest send',
  describe: 'hand the last issue of a digest as a mail to its `send.command`, once',
  parameters: [{ name: '<digest>', describe: 'id of the digest' }],
  options: [configOption, jsonOption],
  examples: [['newsloom digest send weekly', 'run it after each build: it sends each issue once']],
  async run(context) {
    const { sendDigest } = await import('../app/send-digest.js');
    const settings = await readDisplaySettings(context);
    const [id = ''] = context.args;
    requireKnown('digest', [id], settings.digests ?? []);
    const digest = settings.digests!.find((one) => one.id === id)!;
    const { send } = digest;
    if (send === undefined) throw new UsageError(`"${id}" has no send: add its command and address to the config`);
    const found = await sendDigest(settings, { ...digest, send }, context.signal);
    context.show(found, () =>
      found === null ? 'no issue yet' : `${found.sent ? 'sent' : 'already sent'}: ${found.title} to ${found.to}`,
    );
    return EXIT.ok;
  },
};
