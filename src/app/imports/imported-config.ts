/** Writes the config files for a section imported from another program. */
import { type NewSource, type NewTopic, renderList } from '../../config/edit/edit-list.js';
import { escapeVariables } from '../../config/yaml.js';
import type { LeftOutSetting } from '../../imports/imported-site.js';
import { proposePhrases } from '../../imports/propose-phrases.js';
import { assignFolderTopics } from '../../text/opml-folders.js';
import { plainLine } from '../../text/plain.js';
import { selectNewSources, selectUsedTopics } from '../add-source/edit-sources.js';
import type { ReadImport } from './read-import.js';

export interface ImportedLists {
  readonly sources: readonly NewSource[];
  readonly topics: readonly NewTopic[];
  readonly leftOut: readonly LeftOutSetting[];
}

/** Each source states its own `content`, because the permission does not cover sources that are added later. */
export function toImportedLists(read: ReadImport): ImportedLists {
  const { sources, added } = assignFolderTopics({ value: read.sources, folders: read.folders }, []);
  const { added: kept, leftOut } = selectNewSources({ sources: [], topics: [] }, sources);
  const topics = selectUsedTopics(kept, added);
  const refused = leftOut.map(({ url, why }) => ({ what: url, why }));
  const licensed = kept.map(({ content: own, ...source }) => {
    const content = own ?? read.content;
    return content === null ? source : { ...source, content };
  });
  return { sources: licensed, topics, leftOut: [...read.leftOut, ...refused] };
}

export type StartingTexts = Readonly<
  Record<'config/newsloom.yaml' | 'config/sources.yaml' | 'config/topics.yaml', string>
>;

export interface ImportedConfig {
  readonly read: Pick<ReadImport, 'title' | 'url' | 'contact' | 'items' | 'rules' | 'formats'>;
  readonly lists: ImportedLists;
  readonly allowPrivateAddresses: boolean;
}

export function renderConfig(template: string, { read, allowPrivateAddresses }: ImportedConfig): string {
  const { title, url, contact, items, rules, formats } = read;
  const lines: readonly (readonly [RegExp, string | null])[] = [
    [/^ {2}title: .*$/m, `  title: ${quoteYaml(plainLine(title ?? '') || 'News')}`],
    [/^ {2}url: \S+/m, url === null ? null : `  url: ${quoteYaml(url)}`],
    // Feeds of a planet stay at the URL of its pages.
    [/^ {2}# feedsUrl: \S+/m, url === null || formats[0] !== 'planet' ? null : `  feedsUrl: ${quoteYaml(url)}`],
    [/^ {2}description: .*\n/m, ''],
    [/^ {2}# contact: \S+/m, contact === null ? null : `  contact: ${quoteYaml(contact)}`],
    [
      /^(?=# publish:$)/m,
      rules.length === 0 ? null : `rules: # use /…/i to ignore case\n${renderList(rules).replace(/^(?=.)/gm, '  ')}\n`,
    ],
    [/^# publish:$/m, items === null ? null : `publish:\n  items: ${items}`],
    [/^# fetch:$/m, allowPrivateAddresses ? 'fetch:\n  allowPrivateAddresses: true' : null],
  ];
  return lines.reduce((text, [at, line]) => (line === null ? text : text.replace(at, () => line)), template);
}

/** JSON strings are valid YAML. */
function quoteYaml(text: string): string {
  return JSON.stringify(escapeVariables(text));
}

export function renderSources(template: string, { lists }: ImportedConfig): string {
  return `${readHeadComment(template)}${renderList(lists.sources)}`;
}

export function renderTopics(template: string, { lists }: ImportedConfig): string {
  return `${readHeadComment(template)}${renderList(proposePhrases(lists.topics))}`;
}

function readHeadComment(template: string): string {
  const end = template.indexOf('\n# ──');
  return end < 0 ? '' : template.slice(0, end + 1);
}
