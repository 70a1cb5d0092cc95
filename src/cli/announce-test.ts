import type { Command } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, jsonOption, readSettings } from './options.js';

export const announceTestCommand: Command = {
  name: 'announce test',
  describe:
    'send one message, marked as a test, to a target of the config; exits with 3 if the target does not accept it',
  parameters: [{ name: '<target>', describe: "the target's id, or its `to` value if it has no id" }],
  options: [configOption, jsonOption],
  examples: [
    ['newsloom announce test slack', 'checks the address and shows what a message looks like'],
    ['newsloom announce test our-readers --json', 'the same result as JSON: { target, outcome, why }'],
  ],
  async run(context) {
    const { sendTest } = await import('../app/send-test.js');
    const settings = await readSettings(context);
    const [target = ''] = context.args;
    const sent = await sendTest(settings, target, { now: new Date(), signal: context.signal });
    if (sent === null)
      throw new UsageError(
        describeUnknownTarget(
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

const OUTCOMES = {
  later: 'not accepted',
  refused: 'refused',
  unknown: 'may not have arrived',
} as const;

function describeUnknownTarget(id: string, known: readonly string[]): string {
  const there = known.length === 0 ? 'the config has no "announce" targets' : `known targets: ${known.join(', ')}`;
  return `unknown announcement target "${id}"; ${there}`;
}
