import type { AddedLink } from '../app/add-source/add-link.js';
import type { Settings } from '../model/settings.js';
import type { OwnSource } from '../model/source.js';
import type { Command } from './command.js';
import { EXIT, requireKnown, UsageError } from './exit.js';
import { configOption, jsonOption, readDisplaySettings, readIds } from './options.js';
import { parseTypedUrl } from './sources-add.js';

export const addLinkCommand: Command = {
  name: 'add',
  describe: 'read the metadata of a page once, and add the page as an article to your links',
  parameters: [{ name: '<url>', describe: 'address of the article' }],
  options: [
    configOption,
    jsonOption,
    { flags: '--topics <ids>', describe: 'topics to add to the article', read: readIds },
    { flags: '--to <source>', describe: 'id of the source with kind: links (default: the only one)' },
  ],
  examples: [
    ['newsloom add https://paper.example/2026/ferry', 'writes its title, date and other facts into links.yaml'],
    ['newsloom add https://paper.example/2026/ferry --topics harbour', 'with a topic of your choice'],
  ],
  async run(context) {
    const { addPageToLinks } = await import('../app/add-source/add-link.js');
    const { value, args, signal } = context;
    const settings = await readDisplaySettings(context);
    const own = selectLinksSource(settings, value('to'));
    const topics = value<string[]>('topics') ?? [];
    requireKnown('topic', topics, settings.topics);
    const refuse = (why: string) => new UsageError(why);
    const added = await addPageToLinks({ address: parseTypedUrl(args[0] ?? ''), own, topics }, settings, {
      refuse,
      signal,
    });
    context.show(added, () => formatAddedLink(added));
    return EXIT.ok;
  },
};

function selectLinksSource({ sources }: Settings, wanted: string | undefined): OwnSource {
  const links = sources.flatMap(({ id, own }) => (own?.kind === 'links' ? [{ id, own }] : []));
  const [found, another] = links.filter(({ id }) => wanted === undefined || id === wanted);
  if (found !== undefined && another === undefined) return found.own;
  throw new UsageError(
    links.length === 0
      ? 'the config has no source with kind: links; add "- { id: links, kind: links, path: config/links.yaml }" to your sources'
      : `the config has several sources with kind: links; choose one with --to: ${links.map(({ id }) => id).join(', ')}`,
  );
}

function formatAddedLink({ file, link }: AddedLink): string {
  const { url, title, publication, date } = link;
  const facts = [publication, date?.slice(0, 10)].filter((fact) => fact !== undefined).join(', ');
  return [
    `added to ${file}`,
    `  ${title}${facts === '' ? '' : ` (${facts})`} <${url}>`,
    '  edit the entry there if you like; the next build publishes it',
  ].join('\n');
}
