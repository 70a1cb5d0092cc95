/** `newsloom sources add`: finds the feed of an address and adds it to the config. */

import type { AddedSources } from '../app/edit-sources.js';
import type { FoundFeed } from '../app/find-feed.js';
import { isAddress } from '../model/address.js';
import type { Command } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, configPathOf, jsonOption, readSettings } from './options.js';

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
  ],
  examples: [
    ['newsloom sources add foreignpolicy.com', 'finds its feed and adds it; comments in the file stay'],
    ['newsloom sources add https://paper.example/rss --id paper', 'under an id of your own'],
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
    const feed = await findFeed(typedUrl(args[0] ?? ''), settings, signal);
    const result = await addSources(configPathOf(context), () => readSettings(context), [
      { url: feed.url, id, title: value('title') ?? feed.siteName ?? undefined },
    ]);
    const [refused] = result.leftOut;
    if (refused !== undefined) throw new UsageError(`${refused.url} is not added: ${refused.why}`);
    context.show({ ...result, feed }, () => addedLines(result, feed));
    return EXIT.ok;
  },
};

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

function addedLines({ file, added: [source] }: AddedSources, feed: FoundFeed): string {
  const dated = feed.newest === null ? '' : `, the newest of ${feed.newest.slice(0, 10)}`;
  return [
    `added ${source?.id} to ${file}`,
    `  ${feed.title ?? 'a feed without a title'} <${feed.url}>: ${feed.items} items${dated}`,
    ...(feed.page === null ? [] : [`  found on ${feed.page}`]),
    ...feed.others.map(({ url, title }) => `  it also offers ${title ?? 'a feed'} <${url}>`),
  ].join('\n');
}
