/** `newsloom topics test`: which topics a text gets, and why. */
import type { TriedText } from '../app/topics.js';
import type { Command } from './command.js';
import { deskWords } from './desk-words.js';
import { evidence, missedLine } from './evidence.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, jsonOption, readSettings } from './options.js';

export const topicsTestCommand: Command = {
  name: 'topics test',
  describe: 'show which topics a headline or a page gets, and why',
  parameters: [{ name: '<text...>', describe: 'words, or the address of an article' }],
  options: [configOption, jsonOption],
  examples: [
    ['newsloom topics test "Freighter strikes harbour wall"', 'the topics of a headline'],
    ['newsloom topics test https://paper.example/ferry', 'of an article that is stored, or else of the page there'],
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

const FROM = { text: '', article: ' (an article that is stored)', page: ' (as the page says)' };

function textTopicLines({ from, title, topics, missed, desk }: TriedText): string {
  const given = topics.map(({ topicId, score, because }) => `  ${topicId} (${score}): ${evidence(because)}`);
  const not = missed.map((miss) => `  ${missedLine(miss)}`);
  const decided =
    desk === null ? [] : [`  but the desk: ${deskWords(desk, null).join(', ')} (${desk.file}:${desk.line})`];
  return [`${title}${FROM[from]}`, ...(given.length === 0 ? ['  no topic'] : given), ...not, ...decided].join('\n');
}
