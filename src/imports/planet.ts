/** Imports planet configs: Planet and Venus (`[https://…/feed]`), Pluto (`[key]` with `feed =`). */

import { addScheme } from '../model/address.js';
import { toLatinWords } from '../text/url/source-id.js';
import { createBlockRule, createKeepRule } from './filters.js';
import {
  createImportedSite,
  type ImportedRule,
  type ImportedSource,
  type ImportFormat,
  type LeftOutSetting,
  mergeLeftOut,
} from './imported-site.js';
import { type IniSection, parseIni } from './ini.js';

type Values = IniSection['values'];

export const planetImport: ImportFormat = {
  name: 'planet',
  describe: '`planet.ini`, `config.ini` of Planet, Venus and Pluto',
  recognizes: ({ name, text }) =>
    /\.ini$/i.test(name) || /^\[Planet\]\s*$/im.test(text) || /^\s*feed\s*=\s*http/im.test(text),
  read({ text }) {
    const isVenus = OF_VENUS.test(text);
    const sections = parseIni(isVenus ? text : addCaseFlags(text));
    const main: Values = new Map(sections.filter(({ name }) => MAIN.test(name)).flatMap(({ values }) => [...values]));
    const replaced = FILTERS.filter((key) => isVenus && main.has(key) && sections.some((one) => isReplacing(one, key)));
    const common = new Map([...main].filter(([key]) => !replaced.includes(key)));
    const rest = new Map([...main].filter(([key]) => replaced.includes(key)));
    const isShort = showsExcerpts(main);
    const [contact] = EMAIL.exec(main.get('owner_email') ?? main.get('email') ?? '') ?? [];
    const sources = sections.filter(isFeed).map((section) => importedFeed(section, rest));
    return createImportedSite({
      title: main.get('name') ?? main.get('title') ?? null,
      url: addScheme(main.get('link') ?? main.get('url') ?? '') || null,
      contact: contact === undefined ? null : `mailto:${contact}`,
      items: Number(/^[1-9]\d{0,2}$/.exec(main.get('items_per_page') ?? '')?.[0] ?? 0) || null,
      rules: filterRules(common, new Map()),
      sources: [...sources, ...findReadingLists(main, rest, sections)].map((source) =>
        isShort ? { ...source, content: 'summary' } : source,
      ),
      files: sections.filter(isListFile).map(({ name }) => name),
      iconFolders: iconFolders(main),
      // A planet shows whole posts, and its members know it.
      content: isShort ? 'summary' : 'full',
      leftOut: mergeLeftOut(leftOutSettings(main, replaced, sections)),
    });
  },
};

/** Also matches `Ana Dorn <ana@planet.example>`. */
const EMAIL = /(?<![^\s<>,;("])[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+(?![^\s<>,;)"])/;

/** Venus has a section for the planet itself, Pluto writes its keys first. */
const MAIN = /^(?:planet|default)?$/i;

/** A key that Venus alone reads. */
const OF_VENUS =
  /^(?:\w+_(?:theme|materials|entries|threads|type|directories)|filters|reading_lists|future_dates)[ \t]*[=:]/im;

/** Unlike Venus, Planet ignores case in its filters. */
function addCaseFlags(text: string): string {
  return text.replace(/^([ \t]*(?:exclude|filter)[ \t]*[=:][ \t]*)(?=\S)(?!\(\?i\))/gim, '$1(?i)');
}

/** In Venus a feed's own filters replace those of the planet, in Planet both apply. */
const FILTERS = ['exclude', 'filter'];

function isReplacing(section: IniSection, key: string): boolean {
  return (isFeed(section) || isList(section)) && section.values.has(key);
}

const ADDRESS = /^https?:\/\//i;
/** A heading without a slash names a template. */
const FEED = /^(?:feed:)?(?:https?:)?\/\/|^[\w-]+(?:\.[\w-]+)+(?::\d+)?\//i;

/** What `[Planet]` calls its feed is the planet's own. */
function isFeed(section: IniSection): boolean {
  const { name, values } = section;
  return !isList(section) && !MAIN.test(name) && (FEED.test(name) || FEED.test(values.get('feed') ?? ''));
}

function isList({ values }: IniSection): boolean {
  return /opml|foaf|csv/i.test(values.get('content_type') ?? '');
}

function isListFile(section: IniSection): boolean {
  return isList(section) && !ADDRESS.test(section.name);
}

function isAddressedList({ name, values }: IniSection): boolean {
  return /opml/i.test(values.get('content_type') ?? '') && ADDRESS.test(name);
}

/** What its "bill of materials" copies, else where themes look; in the output, too. */
function iconFolders(main: Values): string[] {
  const [, named] = /(\S*)\/#\{face\}/.exec(main.get('bill_of_materials') ?? '') ?? [];
  const folders = [...(named === undefined ? [] : [named]), 'images', 'heads', 'images/heads', 'hackergotchi', '.'];
  const output = main.get('output_dir');
  return [...folders, ...(output ? folders.map((folder) => `${output}/${folder}`) : [])];
}

/** `rest`: filters of the planet that others replace. */
function importedFeed({ name, values }: IniSection, rest: Values): ImportedSource {
  const title = values.get('name') ?? values.get('title');
  const icon = values.get('face') ?? values.get('avatar');
  const key = FEED.test(name) ? '' : toLatinWords(name);
  return {
    url: values.get('feed') ?? name,
    ...(key && { id: key }),
    ...(title && { title }),
    ...(icon && { icon }),
    ...filtered(values, rest),
  };
}

/** Lists that are kept elsewhere stay there. What they name is filtered as the planet's own feeds are. */
function findReadingLists(main: Values, rest: Values, sections: readonly IniSection[]): ImportedSource[] {
  const named = (main.get('reading_lists') ?? '').split(/\s+/).map((name): IniSection => ({ name, values: new Map() }));
  const lists = [...named.filter(({ name }) => ADDRESS.test(name)), ...sections.filter(isAddressedList)];
  return lists.map(({ name, values }) => ({ url: name, kind: 'opml', ...filtered(values, rest) }));
}

function filtered(values: Values, rest: Values): Pick<ImportedSource, 'rules' | 'content'> {
  const rules = filterRules(values, rest);
  return { ...(rules.length > 0 && { rules }), ...(showsExcerpts(values) && { content: 'summary' }) };
}

/** Filters search the whole entry. Each line is one. */
function filterRules(values: Values, rest: Values): ImportedRule[] {
  const lines = (key: string) => (values.get(key) ?? rest.get(key) ?? '').split('\n').filter(Boolean);
  return [
    ...lines('exclude').map((one) => createBlockRule(one, ['text'])),
    ...lines('filter').map((one) => createKeepRule(one, ['text'])),
  ];
}

/** Whether a program of theirs cuts entries to their first words. */
function showsExcerpts(values: Values): boolean {
  return /(?:^|[\s/])excerpt\.py(?:[?\s]|$)/.test(values.get('filters') ?? '');
}

/** What is carried over, or says where files are and how often they are made. */
const KNOWN =
  /^(?:name|title|link|url|(?:owner_)?(?:e?mail|name)|reading_lists|filter|exclude|items_per_page|content_type|face|avatar|facewidth|faceheight|cache_\w+|output_\w+|log_\w+|feed\w*|spider_threads|new_feed_items|days_per_page|date_format|encoding|locale|bill_of_materials|\w+_dir|\w+_directories|template_files|activity_threshold|threads?|source)$/;

function leftOutSettings(main: Values, replaced: readonly string[], sections: readonly IniSection[]): LeftOutSetting[] {
  const feeds = sections.filter((one) => isFeed(one) || isAddressedList(one));
  const others = sections.filter((one) => !feeds.includes(one) && !isListFile(one) && !MAIN.test(one.name));
  const keys = new Set([main, ...feeds.map(({ values }) => values)].flatMap((values) => [...values.keys()]));
  const unknown = [...keys].filter((key) => key !== 'filters' && !KNOWN.test(key));
  return [
    ...listUnsupportedPrograms(main, ''),
    ...feeds.flatMap(({ name, values }) => listUnsupportedPrograms(values, ` of ${values.get('name') ?? name}`)),
    ...unknown.map((what) => ({ what, why: 'newsloom has no such option' })),
    ...replaced.map((key) => ({ what: `${key} for all`, why: REPLACED })),
    ...sections.filter(isListFile).flatMap(({ name, values }) => {
      const filters = [...FILTERS, 'filters'].filter((key) => values.has(key));
      return filters.length === 0 ? [] : [{ what: `${filters.join(', ')} for ${name}`, why: AS_RULES }];
    }),
    ...others.map(({ name }) => ({ what: `[${name}]`, why: 'not a feed' })),
  ];
}

const REPLACED = 'copied to each source, because some have their own: add it to new sources yourself';
const AS_RULES = 'write it as "rules" of the section; for "excerpt.py", write "content: summary"';

function listUnsupportedPrograms(values: Values, place: string): LeftOutSetting[] {
  const programs = (values.get('filters') ?? '').split(/\s+/).filter(Boolean);
  return programs.map((program) => ({
    what: `${program}${place}`,
    why: showsExcerpts(new Map([['filters', program]])) ? EXCERPT : NOT_RUN,
  }));
}

const EXCERPT = 'replaced by "content: summary"';
const NOT_RUN = 'programs that change entries are not run; "rules" drop articles and correct headlines';
