import type { SiteOverview } from '../app/status/overview.js';
import type { Command } from './command.js';
import { EXIT } from './exit.js';
import { configOption, describeRejected, jsonOption, nowOption, readSettingsInUse } from './options.js';
import { formatCount, formatMinute, formatSpan } from './table.js';
import { describeUnpublished } from './unpublished-line.js';

export const overviewCommand: Command = {
  name: 'overview',
  describe:
    'show the state of the section in five lines and suggest the next step; also run by "newsloom" alone in its folder',
  options: [configOption, jsonOption, nowOption],
  examples: [['newsloom overview', 'its sources, articles and files, and a suggested next step']],
  async run(context) {
    const { readSiteOverview } = await import('../app/status/overview.js');
    const now = context.value<Date>('now') ?? new Date();
    const { settings, rejected, isValid } = await readSettingsInUse(context);
    const overview = await readSiteOverview(settings, now, rejected);
    context.show(overview, () => formatOverview(overview, now).join('\n'));
    return isValid ? EXIT.ok : EXIT.config;
  },
};

function formatOverview(overview: SiteOverview, now: Date): string[] {
  const { title, url, states, sources, topics, articles, dropped, stories, files, next } = overview;
  const parts = Object.entries(states).map(([state, count]) => `${count} ${state}`);
  const newest = overview.newestArticleAt === null ? '' : `, the newest ${formatAge(overview.newestArticleAt, now)}`;
  const read = overview.lastReadAt === null ? 'never fetched' : `last fetched ${formatAge(overview.lastReadAt, now)}`;
  return [
    `${title}  ${url}`,
    `sources   ${sources === 0 ? 'none' : `${sources}: ${parts.join(', ')}`}; ${formatCount(topics, 'topic')}`,
    `articles  ${articles}${dropped === 0 ? '' : `, ${dropped} of them dropped by rules`}${newest}${stories === 0 ? '' : `; ${formatCount(stories, 'story', 'stories')} with several publications`}`,
    ...(overview.config === undefined ? [] : [describeRejected(overview.config)]),
    `published ${files === 0 ? 'nothing yet' : `${files} files`}; ${read}`,
    ...(overview.unpublished === null
      ? []
      : [
          `${overview.unpublished.code === null ? 'waiting' : 'failed '}   ${describeUnpublished(overview.unpublished)}`,
        ]),
    ...overview.digests.map(
      ({ id, closesAt }) =>
        `digest    ${id}: the next issue closes with the first news after ${formatMinute(closesAt)} UTC`,
    ),
    `next      ${next.what}  (${next.why})`,
  ];
}

function formatAge(date: Date, now: Date): string {
  const minutes = Math.max(0, (now.getTime() - date.getTime()) / 60_000);
  return minutes < 1 ? 'just now' : `${formatSpan(minutes)} ago${minutes < 1440 ? '' : ` (${formatMinute(date)})`}`;
}
