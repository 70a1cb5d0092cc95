/** `newsloom topics report`: statistics of each topic, for an editor who tunes them. */
import type { RecentTopics } from '../app/topics.js';
import type { Command } from './command.js';
import { evidence, reasonLine } from './evidence.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, jsonOption, nowOption, readCount, readToShow } from './options.js';
import { counted } from './table.js';

export const topicsReportCommand: Command = {
  name: 'topics report',
  describe: 'show how each topic has done lately: how many articles, by which phrases, and what it nearly caught',
  options: [
    configOption,
    jsonOption,
    { flags: '--days <n>', describe: 'articles published in so many days', default: '30', read: readCount },
    { flags: '--limit <n>', describe: 'top phrases and near misses of each topic', default: '5', read: readCount },
    nowOption,
  ],
  examples: [
    ['newsloom topics report', 'of the last thirty days'],
    ['newsloom topics report --days 7 --json', 'for scripts: { since, articles, topics: […] }'],
  ],
  async run(context) {
    const { reportTopics } = await import('../app/topics.js');
    const { value } = context;
    const settings = await readToShow(context);
    if (settings.topics.length === 0) throw new UsageError('the config has no topics');
    // Commander does not pass default values to the option's `read`.
    const [days, limit] = [Number(value('days')), Number(value('limit'))];
    const report = await reportTopics(settings, days, limit, value<Date>('now') ?? new Date());
    context.show(report, () => reportLines(report));
    return EXIT.ok;
  },
};

function reportLines({ since, articles, topics }: RecentTopics): string {
  const lines = topics.flatMap(({ topicId, articles: own, topPhrases, nearMisses, silent, alwaysWith }) => [
    `${topicId}: ${counted(own, 'article')}`,
    ...(topPhrases.length === 0
      ? []
      : [`  by ${topPhrases.map(({ phrase, articles: n }) => `"${phrase}" ${n}`).join(', ')}`]),
    ...nearMisses.map(
      ({ title, because, reason }) => `  nearly: ${title}: ${evidence(because)}, but ${reasonLine(reason)}`,
    ),
    ...(silent.length === 0 ? [] : [`  silent: ${silent.map((phrase) => `"${phrase}"`).join(', ')}`]),
    ...(alwaysWith.length === 0 ? [] : [`  always with: ${alwaysWith.join(', ')}`]),
  ]);
  return [`${articles} articles since ${since.toISOString().slice(0, 10)}`, ...lines].join('\n');
}
