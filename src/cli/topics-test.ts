import { describeDeskEntry } from '../app/desk/desk-words.js';
import type { TriedText } from '../app/topics.js';
import type { Command } from './command.js';
import { formatEvidence, formatNearMiss } from './evidence.js';
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
    const query = context.args.join(' ');
    const settings = await readSettings(context, 'cached', isTypedAddress(query) ? 'sent' : 'sent and stored');
    if (settings.topics.length === 0) throw new UsageError('the config has no topics');
    const tried = await tryTopics(settings, query, context.signal);
    context.show(tried, () => formatTextTopics(tried));
    return EXIT.ok;
  },
};

const FROM = { text: '', article: ' (stored article)', page: ' (fetched page)' };

function formatTextTopics({ from, title, topics, missed, desk }: TriedText): string {
  const given = topics.map(({ topicId, score, because }) => `  ${topicId} (${score}): ${formatEvidence(because)}`);
  const not = missed.map((miss) => `  ${formatNearMiss(miss)}`);
  const decided =
    desk === null
      ? []
      : [`  changed by the desk: ${describeDeskEntry(desk, null).join(', ')} (${desk.file}:${desk.line})`];
  return [`${title}${FROM[from]}`, ...(given.length === 0 ? ['  no topics'] : given), ...not, ...decided].join('\n');
}
