/** `newsloom announce test`: one message to one target, marked as a test. */
import type { Command } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, jsonOption, readSettings } from './options.js';

export const announceTestCommand: Command = {
  name: 'announce test',
  describe: 'send one message, marked as a test, to a target of the config; exit 3 where it did not take it',
  parameters: [{ name: '<target>', describe: 'the id of a target; without one of its own, what its `to` says' }],
  options: [configOption, jsonOption],
  examples: [
    ['newsloom announce test slack', 'is the address right, and what does a message look like?'],
    ['newsloom announce test our-readers --json', 'the same for scripts: { target, outcome, why }'],
  ],
  async run(context) {
    const { sendTest } = await import('../app/send-test.js');
    const settings = await readSettings(context);
    const [target = ''] = context.args;
    const sent = await sendTest(settings, target, { now: new Date(), signal: context.signal });
    if (sent === null)
      throw new UsageError(
        unknownTarget(
          target,
          settings.announce.map(({ id }) => id),
        ),
      );
    const { kind: outcome, why } = sent;
    context.show({ target, outcome, why }, () =>
      outcome === 'sent' ? `${target}: sent` : `${target}: ${OUTCOMES[outcome]}: ${why}`,
    );
    return outcome === 'sent' ? EXIT.ok : EXIT.strict;
  },
};

const OUTCOMES = { later: 'not taken', refused: 'refused', unknown: 'nobody knows whether it arrived' } as const;

function unknownTarget(id: string, known: readonly string[]): string {
  const there = known.length === 0 ? 'the config has no "announce:"' : `there are ${known.join(', ')}`;
  return `no target of announcements is called "${id}"; ${there}`;
}
