import type { RecentTopics } from '../app/topics.js';
import type { Command } from './command.js';
import { formatEvidence, formatMissReason } from './evidence.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, jsonOption, nowOption, readCount, readDisplaySettings } from './options.js';
import { formatCount } from './table.js';

export const topicsReportCommand: Command = {
  name: 'topics report',
  describe: 'show statistics of each topic: articles, matching phrases and near misses',
  options: [
    configOption,
    jsonOption,
    {
      flags: '--days <n>',
      describe: 'use articles published within this number of days',
      default: '30',
      read: readCount,
    },
    {
      flags: '--limit <n>',
      describe: 'number of phrases and near misses for each topic',
      default: '5',
      read: readCount,
    },
    nowOption,
  ],
  examples: [
    ['newsloom topics report', 'covers the last thirty days'],
    ['newsloom topics report --days 7 --json', 'prints JSON: { since, articles, topics: […] }'],
  ],
  async run(context) {
    const { reportTopics } = await import('../app/topics.js');
    const { value } = context;
    const settings = await readDisplaySettings(context);
    if (settings.topics.length === 0) throw new UsageError('the config has no topics');
    // Commander does not pass default values to the option's `read`.
    const [days, limit] = [Number(value('days')), Number(value('limit'))];
    const report = await reportTopics(settings, days, limit, value<Date>('now') ?? new Date());
    context.show(report, () => formatTopicReport(report));
    return EXIT.ok;
  },
};

function formatTopicReport({ since, articles, topics }: RecentTopics): string {
  const lines = topics.flatMap(({ topicId, articles: own, topPhrases, nearMisses, silent, alwaysWith }) => [
    `${topicId}: ${formatCount(own, 'article')}`,
    ...(topPhrases.length === 0
      ? []
      : [`  matched by ${topPhrases.map(({ phrase, articles: n }) => `"${phrase}" ${n}`).join(', ')}`]),
    ...nearMisses.map(
      ({ title, because, reason }) =>
        `  near miss: ${title}: ${formatEvidence(because)}, but ${formatMissReason(reason)}`,
    ),
    ...(silent.length === 0 ? [] : [`  no matches: ${silent.map((phrase) => `"${phrase}"`).join(', ')}`]),
    ...(alwaysWith.length === 0 ? [] : [`  always together with: ${alwaysWith.join(', ')}`]),
  ]);
  return [`${articles} articles since ${since.toISOString().slice(0, 10)}`, ...lines].join('\n');
}
