/** `newsloom add`: reads a page once and adds its article to the links. */
import type { AddedLink } from '../app/add-source/add-link.js';
import type { Settings } from '../model/settings.js';
import type { OwnSource } from '../model/source.js';
import type { Command } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, jsonOption, readIds, readToShow } from './options.js';
import { typedUrl } from './sources-add.js';

export const addLinkCommand: Command = {
  name: 'add',
  describe: 'read what a page says of its article, once, and add it to the links',
  parameters: [{ name: '<url>', describe: 'of the article' }],
  options: [
    configOption,
    jsonOption,
    { flags: '--topics <ids>', describe: 'topics that it has in any case', read: readIds },
    { flags: '--to <source>', describe: 'the source of kind: links (default: the only one)' },
  ],
  examples: [
    ['newsloom add https://paper.example/2026/ferry', 'writes its title, date and so on into links.yaml'],
    ['newsloom add https://paper.example/2026/ferry --topics harbour', 'under a topic of your choice'],
  ],
  async run(context) {
    const { addPageToLinks } = await import('../app/add-source/add-link.js');
    const { value, args, signal } = context;
    const settings = await readToShow(context);
    const own = linksSource(settings, value('to'));
    const topics = value<string[]>('topics') ?? [];
    const unknown = topics.find((id) => !settings.topics.some((topic) => topic.id === id));
    if (unknown !== undefined) throw new UsageError(`--topics: no topic has the id "${unknown}"`);
    const refuse = (why: string) => new UsageError(why);
    const added = await addPageToLinks(typedUrl(args[0] ?? ''), { own, topics }, settings, { refuse, signal });
    context.show(added, () => addedLines(added));
    return EXIT.ok;
  },
};

function linksSource({ sources }: Settings, wanted: string | undefined): OwnSource {
  const links = sources.flatMap(({ id, own }) => (own?.kind === 'links' ? [{ id, own }] : []));
  const [found, another] = links.filter(({ id }) => wanted === undefined || id === wanted);
  if (found !== undefined && another === undefined) return found.own;
  throw new UsageError(
    links.length === 0
      ? 'no source is a file of links: add "- { id: links, kind: links, path: config/links.yaml }" to your sources'
      : `say where to, with --to: ${links.map(({ id }) => id).join(', ')}`,
  );
}

function addedLines({ file, link }: AddedLink): string {
  const { url, title, publication, date } = link;
  const facts = [publication, date?.slice(0, 10)].filter((fact) => fact !== undefined).join(', ');
  return [
    `added to ${file}`,
    `  ${title}${facts === '' ? '' : ` (${facts})`} <${url}>`,
    '  change there what you like; the next build publishes it',
  ].join('\n');
}
