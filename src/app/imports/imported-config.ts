/** Writes the config files for a section imported from another program. */
import { listText, type NewSource, type NewTopic } from '../../config/edit/edit-list.js';
import { withoutReferences } from '../../config/yaml.js';
import type { LeftOutSetting } from '../../imports/imported-site.js';
import { type CategorizedFeed, withPhrases } from '../../imports/propose-phrases.js';
import { sortedByFolder } from '../../text/opml.js';
import { plainLine } from '../../text/plain.js';
import { newSources, topicsOf } from '../add-source/edit-sources.js';
import type { ReadImport } from './read-import.js';

/** Lists to write. */
export interface ImportedLists {
  readonly sources: readonly NewSource[];
  readonly topics: readonly NewTopic[];
  readonly leftOut: readonly LeftOutSetting[];
}

/** Each source states its own `content`, because the permission does not cover sources that are added later. */
export function importedLists(read: ReadImport): ImportedLists {
  const { sources, added } = sortedByFolder({ value: read.sources, folders: read.folders }, []);
  const { added: kept, leftOut } = newSources({ sources: [], topics: [] }, sources);
  const topics = topicsOf(kept, added);
  const refused = leftOut.map(({ url, why }) => ({ what: url, why }));
  const licensed = kept.map(({ content: own, ...source }) => {
    const content = own ?? read.content;
    return content === null ? source : { ...source, content };
  });
  return { sources: licensed, topics, leftOut: [...read.leftOut, ...refused] };
}

/** Templates by path. */
export type StartingTexts = Readonly<
  Record<'config/newsloom.yaml' | 'config/sources.yaml' | 'config/topics.yaml', string>
>;

export interface ImportedConfig {
  readonly read: Pick<ReadImport, 'title' | 'url' | 'contact' | 'items' | 'rules' | 'formats'>;
  readonly lists: ImportedLists;
  readonly feeds: readonly CategorizedFeed[];
  readonly allowPrivateAddresses: boolean;
}

export function configText(template: string, { read, allowPrivateAddresses }: ImportedConfig): string {
  const { title, url, contact, items, rules, formats } = read;
  const lines: readonly (readonly [RegExp, string | null])[] = [
    [/^ {2}title: .*$/m, `  title: ${quoted(plainLine(title ?? '') || 'News')}`],
    [/^ {2}url: \S+/m, url === null ? null : `  url: ${quoted(url)}`],
    // Feeds of a planet stay at the URL of its pages.
    [/^ {2}# feedsUrl: \S+/m, url === null || formats[0] !== 'planet' ? null : `  feedsUrl: ${quoted(url)}`],
    [/^ {2}description: .*\n/m, ''],
    [/^ {2}# contact: \S+/m, contact === null ? null : `  contact: ${quoted(contact)}`],
    [
      /^(?=# publish:$)/m,
      rules.length === 0 ? null : `rules: # use /…/i to ignore case\n${listText(rules).replace(/^(?=.)/gm, '  ')}\n`,
    ],
    [/^# publish:$/m, items === null ? null : `publish:\n  items: ${items}`],
    [/^# fetch:$/m, allowPrivateAddresses ? 'fetch:\n  allowPrivateAddresses: true' : null],
  ];
  return lines.reduce((text, [at, line]) => (line === null ? text : text.replace(at, () => line)), template);
}

/** JSON strings are valid YAML. */
function quoted(text: string): string {
  return JSON.stringify(withoutReferences(text));
}

export function sourcesText(template: string, { lists }: ImportedConfig): string {
  return `${headOf(template)}${listText(lists.sources)}`;
}

/** Adds proposed phrases to topics that were folders. */
export function topicsText(template: string, { lists, feeds }: ImportedConfig): string {
  return `${headOf(template)}${listText(withPhrases(lists.topics, feeds))}`;
}

/** Returns the comments before the first section of a template. */
function headOf(template: string): string {
  const end = template.indexOf('\n# ──');
  return end < 0 ? '' : template.slice(0, end + 1);
}
