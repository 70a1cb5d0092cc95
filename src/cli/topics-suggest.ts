import type { suggestPhrases } from '../app/topics.js';
import type { Command } from './command.js';
import { EXIT, requireKnown, UsageError } from './exit.js';
import { configOption, jsonOption, readCount, readDisplaySettings } from './options.js';
import { formatCount } from './table.js';

export const topicsSuggestCommand: Command = {
  name: 'topics suggest',
  describe: 'suggest phrases that would match more articles of a topic; changes nothing',
  parameters: [{ name: '[topic]', describe: 'the id of a topic (default: all topics)' }],
  options: [
    configOption,
    jsonOption,
    { flags: '--limit <n>', describe: 'number of phrases for each topic', default: '10', read: readCount },
  ],
  examples: [
    ['newsloom topics suggest harbour', 'based on stored articles with this topic, however they got it'],
    ['newsloom topics suggest --json', 'prints JSON: [{ topicId, articles, suggestions: [{ phrase, adds, … }] }]'],
  ],
  async run(context) {
    const { suggestPhrases } = await import('../app/topics.js');
    const settings = await readDisplaySettings(context);
    const topic = context.args[0] ?? null;
    if (settings.topics.length === 0) throw new UsageError('the config has no topics');
    if (topic !== null) requireKnown('topic', [topic], settings.topics);
    const found = await suggestPhrases(settings, topic, Number(context.value('limit')));
    context.show(found, () => formatSuggestions(found));
    return EXIT.ok;
  },
};

function formatSuggestions(topics: Awaited<ReturnType<typeof suggestPhrases>>): string {
  const lines = topics.flatMap(({ topicId, articles, suggestions }) => [
    `${topicId}: ${formatCount(articles, 'article')}`,
    ...(suggestions.length === 0 ? ['  no suggestions'] : []),
    ...suggestions.flatMap(({ phrase, adds, accepted, purity, headlines }) => [
      `  "${phrase}" adds ${adds}; ${accepted} articles of the topic contain it; precision at least ${Math.round(100 * purity)} %`,
      ...headlines.map((title) => `    ${title}`),
    ]),
  ]);
  return [...lines, 'Nothing was changed. Copy the phrases that you want to the topic\u2019s "any".'].join('\n');
}
