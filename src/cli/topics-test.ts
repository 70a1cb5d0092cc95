/** `newsloom topics test`: prints the topics of a text with their evidence. */
import type { TriedText } from '../app/topics.js';
import type { Command } from './command.js';
import { deskWords } from './desk-words.js';
import { evidence, missedLine } from './evidence.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, jsonOption, readSettings } from './options.js';

export const topicsTestCommand: Command = {
  name: 'topics test',
  describe: 'show the topics of a headline or a page, with the evidence',
  parameters: [{ name: '<text...>', describe: 'a text, or the address of an article' }],
  options: [configOption, jsonOption],
  examples: [
    ['newsloom topics test "Freighter strikes harbour wall"', 'shows the topics of a headline'],
    ['newsloom topics test https://paper.example/ferry', 'uses the stored article, or fetches the page'],
  ],
  async run(context) {
    const { isTypedAddress, tryTopics } = await import('../app/topics.js');
    const asked = context.args.join(' ');
    const settings = await readSettings(context, 'cached', isTypedAddress(asked) ? 'sent' : 'sent and stored');
    if (settings.topics.length === 0) throw new UsageError('the config has no topics');
    const tried = await tryTopics(settings, asked, context.signal);
    context.show(tried, () => textTopicLines(tried));
    return EXIT.ok;
  },
};

const FROM = { text: '', article: ' (stored article)', page: ' (fetched page)' };

function textTopicLines({ from, title, topics, missed, desk }: TriedText): string {
  const given = topics.map(({ topicId, score, because }) => `  ${topicId} (${score}): ${evidence(because)}`);
  const not = missed.map((miss) => `  ${missedLine(miss)}`);
  const decided =
    desk === null ? [] : [`  changed by the desk: ${deskWords(desk, null).join(', ')} (${desk.file}:${desk.line})`];
  return [`${title}${FROM[from]}`, ...(given.length === 0 ? ['  no topics'] : given), ...not, ...decided].join('\n');
}
