import type { AddedSources } from '../app/add-source/edit-sources.js';
import {
  type FoundSource,
  isProposedList,
  listUnreadableFeeds,
  type ProposedList,
  proposeSource,
  toRequestedSource,
} from '../app/add-source/propose-source.js';
import type { NewSource } from '../config/edit/edit-list.js';
import { parseDuration } from '../config/quantities.js';
import { isHttpUrl } from '../config/values.js';
import { completeWebAddress } from '../model/address.js';
import { FetchError, ParseError } from '../model/errors.js';
import type { Settings } from '../model/settings.js';
import type { Licence } from '../model/source.js';
import type { Command, Context } from './command.js';
import { EXIT, type ExitStatus, requireKnown, toErrorDocument, toExitStatus, UsageError } from './exit.js';
import { applyNetworkOptions } from './import-file.js';
import { chooseConfigPath, configOption, jsonOption, readDisplaySettings, readIds } from './options.js';

export const sourcesAddCommand: Command = {
  name: 'sources add',
  describe:
    'find the feed behind an address and add it to the sources; also reads article lists of pages and JSON without a feed',
  parameters: [
    {
      name: '<urls...>',
      describe: 'addresses of feeds, of pages that link to feeds, or of pages or JSON with a list of articles',
    },
  ],
  options: [
    configOption,
    jsonOption,
    {
      flags: '--id <id>',
      describe: 'id of the source; its feed is sources/<id> (default: derived from the address)',
    },
    {
      flags: '--title <title>',
      describe:
        'name of the publication for readers (default: title of the feed, or of the site if the feed covers one section)',
    },
    {
      flags: '--content <how much>',
      describe: "how much of the articles you may republish: full, summary or none (default: the section's setting)",
    },
    {
      flags: '--topics <ids>',
      describe: 'default topics of its articles, ids separated by commas',
      read: readIds,
    },
    { flags: '--every <duration>', describe: 'how often to poll, such as 30m' },
    {
      flags: '--yes',
      describe: 'accept the article list detected in a page or JSON document without asking, unless it looks wrong',
    },
    { flags: '--allow-private', describe: 'allow a loopback or private address' },
    { flags: '--proxy <url>', describe: 'proxy to use for this source', read: readProxy },
  ],
  examples: [['newsloom sources add foreignpolicy.com', 'finds the feed and adds it; keeps the comments in the file']],
  async run(context) {
    const urls = context.args.map(parseTypedUrl); // reject invalid addresses before any request
    const settings = await readDisplaySettings(context);
    const options = readAddOptions(context, settings, urls.length);
    if (urls.length === 1) {
      const added = await addOne(context.args[0]!, options, context);
      if (added !== null) context.show(added.report, () => added.words);
      return EXIT.ok;
    }
    const all: (AddedOne | Refused | null)[] = [];
    for (const [n, url] of urls.entries())
      all.push(await addOne(context.args[n]!, options, context).catch((error) => toRefusal(url, error)));
    const results = all.filter((one) => one !== null);
    context.show(
      results.map(({ report }) => report),
      () => results.map(({ words }) => words).join('\n'),
    );
    return results.find((one) => 'status' in one)?.status ?? EXIT.ok;
  },
};

interface AddedOne {
  readonly report: object;
  readonly words: string;
}

interface Refused extends AddedOne {
  readonly status: ExitStatus;
}

/** A failure does not prevent the other addresses from being added. */
function toRefusal(url: string, error: unknown): Refused {
  if (!(error instanceof UsageError || error instanceof FetchError || error instanceof ParseError)) throw error;
  const { error: said } = toErrorDocument(error);
  return { report: { url, error: said }, words: `not added ${url}: ${said.message}`, status: toExitStatus(error) };
}

interface AddOptions {
  readonly id: string | undefined;
  readonly title: string | undefined;
  readonly more: Omit<NewSource, 'id' | 'url' | 'title'>;
  readonly network: Settings;
}

function readProxy(text: string): string {
  if (isHttpUrl(text)) return text;
  throw new UsageError(`--proxy "${text}": not an address such as http://proxy.example:3128`);
}

function readAddOptions(context: Context, settings: Settings, count: number): AddOptions {
  const [id, title] = ['id', 'title'].map((name) => context.value<string>(name));
  if (count > 1 && (id !== undefined || title !== undefined))
    throw new UsageError('--id and --title work with a single address only');
  const taken = settings.sources.map((source) => source.id);
  return {
    id: checkId(id, taken),
    title,
    more: readFurtherKeys(context, settings),
    network: applyNetworkOptions(context, settings),
  };
}

/** null: the editor declined. */
async function addOne(
  given: string,
  { id, title, more, network: reach }: AddOptions,
  context: Context,
): Promise<AddedOne | null> {
  const found = await proposeSource(given, reach, context.signal);
  if (isProposedList(found) && !(await confirmProposal(found, context))) return null;
  const { addSources } = await import('../app/add-source/edit-sources.js');
  const wanted = toRequestedSource(found);
  const result = await addSources(chooseConfigPath(context), () => readDisplaySettings(context), [
    { ...wanted, id, title: title ?? wanted.title, ...more },
  ]);
  const [refused] = result.leftOut;
  if (refused !== undefined) throw new UsageError(`${refused.url} was not added: ${refused.why}`);
  return { report: { ...result, [toReportKey(found)]: found }, words: formatAddedSource(result, found) };
}

function toReportKey(found: FoundSource): 'feed' | 'sitemap' | 'page' | 'document' {
  if ('entries' in found || 'sitemap' in found) return 'sitemap';
  if ('json' in found) return 'document';
  return 'selectors' in found ? 'page' : 'feed';
}

async function confirmProposal(page: ProposedList, { flag, ask, print }: Context): Promise<boolean> {
  if (flag('yes') && page.doubt === null) return true;
  const answer = await ask(`${formatProposal(page)}\nAdd this list? [y/N] `);
  if (answer === null) throw new UsageError(`${formatProposal(page)}\n${adviseNextStep(page)}`);
  if (!answer) print(`nothing was added; ${adviseNextStep(page)}`);
  return answer;
}

const HEADLINES = 5;

function formatProposal(list: ProposedList): string {
  const { url, items, doubt, unreadable = [] } = list;
  const [is, by, keys] =
    'page' in list
      ? [unreadable.length === 0 ? 'has no feed' : 'has no readable feed', 'selectors', list.page]
      : 'json' in list
        ? ['is JSON, but not a feed', 'paths', list.json]
        : ['is a sitemap, not a feed', 'options', list.sitemap];
  return [
    ...listUnreadableFeeds(unreadable),
    `${url} ${is}; newsloom found ${items.length} articles in it:`,
    ...items.slice(0, HEADLINES).map(formatHeadline),
    ...(doubt === null ? [] : [`This may be the wrong list: ${doubt}.`]),
    `with these ${by}:`,
    ...Object.entries(keys).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`),
  ].join('\n');
}

function adviseNextStep(list: ProposedList): string {
  if ('sitemap' in list) return 'confirm with --yes, or look for a news sitemap or a feed of the site';
  const byHand =
    'page' in list
      ? 'write "kind: page" with your own selectors into the config (docs/sources.md)'
      : 'write "kind: json" with your own paths into the config (docs/other-sources.md)';
  return list.doubt === null ? `confirm with --yes, or ${byHand}` : `check the list and ${byHand}`;
}

function formatHeadline({ title, date }: { readonly title: string; readonly date: string | null }): string {
  return `  ${date?.slice(0, 10) ?? 'no date   '}  ${title}`;
}

function formatAddedSource({ file, added: [source] }: AddedSources, found: FoundSource): string {
  const unreadable = listUnreadableFeeds(found.unreadable ?? []).map((line) => `  ${line}`);
  return [`added ${source?.id} to ${file}`, ...unreadable, ...formatFound(found)].join('\n');
}

function formatFound(found: FoundSource): string[] {
  if ('entries' in found)
    return [
      `  using the headlines of the sitemap ${found.url}:`,
      ...found.entries.slice(0, HEADLINES).map(formatHeadline),
    ];
  if (isProposedList(found)) {
    return [
      `  ${found.items.length} articles found in ${'page' in found ? 'the page ' : ''}${found.url}, which is not a feed`,
    ];
  }
  const { items, newest, title, url, page, others } = found;
  const undated = items === 0 ? '' : ' without dates: each article gets the time when it is first seen';
  return [
    `  ${title ?? 'a feed without a title'} <${url}>: ${items} items${newest === null ? undated : `, newest ${newest.slice(0, 10)}`}`,
    ...(page === null ? [] : [`  found on ${page}`]),
    ...others.map((other) => `  also available: ${other.title ?? 'a feed'} <${other.url}>`),
  ];
}

export function parseTypedUrl(given: string): string {
  const url = completeWebAddress(given);
  if (url === null) throw new UsageError(`"${given}" is not a web address`);
  return url;
}

function checkId(id: string | undefined, taken: readonly string[]): string | undefined {
  if (id === undefined) return undefined;
  if (!/^[a-z0-9-]+$/.test(id)) throw new UsageError(`--id "${id}": use only a to z, 0 to 9 and "-"`);
  if (taken.includes(id)) throw new UsageError(`--id "${id}" is already in use; choose another`);
  return id;
}

const LICENCES: readonly Licence[] = ['full', 'summary', 'none'];

function readFurtherKeys({ value, flag }: Context, { topics }: Settings): Omit<NewSource, 'id' | 'url' | 'title'> {
  const content = value<string>('content');
  const licence = LICENCES.find((one) => one === content);
  if (content !== undefined && licence === undefined)
    throw new UsageError(`--content "${content}": use one of ${LICENCES.join(', ')}`);
  const ids = value<readonly string[]>('topics');
  requireKnown('topic', ids ?? [], topics);
  const [every, proxy] = [value('every'), value('proxy')];
  if (every !== undefined && (parseDuration(every) ?? 0) < SHORTEST_EVERY_MS)
    throw new UsageError(`--every "${every}": write a number followed by m, h, d or w, such as 30m; the minimum is 1m`);
  return {
    ...(licence && { content: licence }),
    ...(ids && { topics: ids }),
    ...(every && { every }),
    ...(proxy && { proxy }),
    ...(flag('allow-private') && { allowPrivateAddresses: true }),
  };
}

const SHORTEST_EVERY_MS = 60_000;
