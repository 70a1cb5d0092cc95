/** `newsloom sources add`: finds the feed of an address and adds it to the config. */

import type { AddedSources } from '../app/edit-sources.js';
import type { FoundFeed } from '../app/find-feed.js';
import type { NewSource } from '../config/edit/edit-list.js';
import { parseDuration } from '../config/quantities.js';
import { isAddress } from '../model/address.js';
import type { Settings } from '../model/settings.js';
import type { Licence } from '../model/source.js';
import { describeBackfill, historyOf, runBackfill } from './backfill.js';
import type { Command, Context } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, configPathOf, jsonOption, readIds, readSettings } from './options.js';

export const sourcesAddCommand: Command = {
  name: 'sources add',
  describe: 'find the feed behind an address and add it to the sources',
  parameters: [{ name: '<url>', describe: 'of a feed, or of a page that names its feeds' }],
  options: [
    configOption,
    jsonOption,
    {
      flags: '--id <id>',
      describe: 'what to call the source; its feed is sources/<id> (default: made of the address)',
    },
    {
      flags: '--title <title>',
      describe:
        "what readers see of the publication (default: the feed's own, or its site's where the feed is named after a section)",
    },
    {
      flags: '--content <how much>',
      describe: 'how much may be republished: full, summary or none (default: summary)',
    },
    {
      flags: '--topics <ids>',
      describe: 'topics that its articles have by default, separated by commas',
      read: readIds,
    },
    { flags: '--every <duration>', describe: 'how often you wish it to be asked, such as 30m' },
    {
      flags: '--history <duration>',
      describe: 'bring in its older articles at once, as far back as this, such as 90d (see backfill)',
    },
    { flags: '--allow-private', describe: 'it may stand on a loopback or private address' },
  ],
  examples: [
    ['newsloom sources add foreignpolicy.com', 'finds its feed and adds it; comments in the file stay'],
    ['newsloom sources add https://paper.example/rss --id paper', 'under an id of your own'],
    ['newsloom sources add paper.example --history 90d', 'with what it published in the last 90 days'],
  ],
  async run(context) {
    const [{ findFeed }, { addSources }] = await Promise.all([
      import('../app/find-feed.js'),
      import('../app/edit-sources.js'),
    ]);
    const { value, args, signal } = context;
    const settings = await readSettings(context);
    const id = checkedId(
      value('id'),
      settings.sources.map((source) => source.id),
    );
    const more = furtherKeys(context, settings);
    const wished = value<string>('history');
    const history = wished === undefined ? null : historyOf(wished);
    const allowPrivateAddresses = settings.fetch.allowPrivateAddresses || context.flag('allow-private');
    const reach = { ...settings, fetch: { ...settings.fetch, allowPrivateAddresses } };
    const feed = await findFeed(typedUrl(args[0] ?? ''), reach, signal);
    const title = value<string>('title') ?? feed.siteName ?? undefined;
    const result = await addSources(configPathOf(context), () => readSettings(context), [
      { url: feed.url, id, title, ...more },
    ]);
    const [refused] = result.leftOut;
    if (refused !== undefined) throw new UsageError(`${refused.url} is not added: ${refused.why}`);
    const past = history === null ? null : await bringHistory(context, result, history);
    context.show({ ...result, feed, ...(past && { backfill: past.report }) }, () =>
      [addedLines(result, feed), ...(past === null ? [] : [past.words])].join('\n'),
    );
    return EXIT.ok;
  },
};

/** The source is read for the first time, then walked back. */
async function bringHistory(context: Context, { added: [source] }: AddedSources, history: number) {
  const id = source!.id;
  const report = await runBackfill(context, await readSettings(context), id, history);
  return { report, words: describeBackfill(id, report) };
}

/** Accepts `feed:` links and bare host names, as people paste them. */
export function typedUrl(given: string): string {
  const bare = given
    .trim()
    .replace(/^feed:(\/\/)?(?=https?:)/i, '')
    .replace(/^feed:\/\//i, 'http://');
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(bare) ? bare : `https://${bare}`;
  if (!isAddress(url) || !/^https?:$/.test(new URL(url).protocol)) throw new UsageError(`"${given}" is no web address`);
  return new URL(url).href;
}

function checkedId(id: string | undefined, taken: readonly string[]): string | undefined {
  if (id === undefined) return undefined;
  if (!/^[a-z0-9-]+$/.test(id)) throw new UsageError(`--id "${id}": only a to z, 0 to 9 and "-"`);
  if (taken.includes(id)) throw new UsageError(`--id "${id}" is taken`);
  return id;
}

const LICENCES: readonly Licence[] = ['full', 'summary', 'none'];

/** Checked before anybody is asked. */
function furtherKeys({ value, flag }: Context, { topics }: Settings): Omit<NewSource, 'id' | 'url' | 'title'> {
  const content = value<string>('content');
  const licence = LICENCES.find((one) => one === content);
  if (content !== undefined && licence === undefined)
    throw new UsageError(`--content "${content}": none of ${LICENCES.join(', ')}`);
  const ids = value<readonly string[]>('topics');
  const unknown = ids?.find((id) => !topics.some((topic) => topic.id === id));
  if (unknown !== undefined) {
    const known = topics.map(({ id }) => id);
    throw new UsageError(`--topics: no topic has the id "${unknown}"; there are ${known.join(', ') || 'none'}`);
  }
  const every = value<string>('every');
  if (every !== undefined && (parseDuration(every) ?? 0) < SHORTEST_EVERY_MS)
    throw new UsageError(`--every "${every}": write a number and m, h, d or w, such as 30m, at least 1m`);
  return {
    ...(licence && { content: licence }),
    ...(ids && { topics: ids }),
    ...(every && { every }),
    ...(flag('allow-private') && { allowPrivateAddresses: true }),
  };
}

const SHORTEST_EVERY_MS = 60_000;

function addedLines({ file, added: [source] }: AddedSources, feed: FoundFeed): string {
  const dated = feed.newest === null ? '' : `, the newest of ${feed.newest.slice(0, 10)}`;
  return [
    `added ${source?.id} to ${file}`,
    `  ${feed.title ?? 'a feed without a title'} <${feed.url}>: ${feed.items} items${dated}`,
    ...(feed.page === null ? [] : [`  found on ${feed.page}`]),
    ...feed.others.map(({ url, title }) => `  it also offers ${title ?? 'a feed'} <${url}>`),
  ].join('\n');
}
