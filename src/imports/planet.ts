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
} from './imported-site.js';
import { type IniSection, parseIni } from './ini.js';

type Values = IniSection['values'];

export const planetImport: ImportFormat = {
  name: 'planet',
  describe: '`planet.ini`, `config.ini` of Planet, Venus and Pluto',
  recognizes: ({ name, text }) =>
    /\.ini$/i.test(name) || /^\[Planet\]\s*$/im.test(text) || /^\s*feed\s*=\s*http/im.test(text),
  read({ text }) {
    const sections = parseIni(text);
    const main: Values = new Map(sections.filter(({ name }) => MAIN.test(name)).flatMap(({ values }) => [...values]));
    const isShort = showsExcerpts(main);
    const [contact] = EMAIL.exec(main.get('owner_email') ?? main.get('email') ?? '') ?? [];
    const sources = [...sections.filter(isFeed).map(importedFeed), ...findReadingLists(main, sections)];
    return createImportedSite({
      title: main.get('name') ?? main.get('title') ?? null,
      url: addScheme(main.get('link') ?? main.get('url') ?? '') || null,
      contact: contact === undefined ? null : `mailto:${contact}`,
      items: Number(/^[1-9]\d{0,2}$/.exec(main.get('items_per_page') ?? '')?.[0] ?? 0) || null,
      rules: filterRules(main),
      sources: isShort ? sources.map((source) => ({ ...source, content: 'summary' as const })) : sources,
      files: sections.filter((one) => isList(one) && !ADDRESS.test(one.name)).map(({ name }) => name),
      // A planet shows whole posts, and its members know it.
      content: isShort ? 'summary' : 'full',
      leftOut: listLeftOut(main, sections),
    });
  },
};

/** Also matches `Ana Dorn <ana@planet.example>`. */
const EMAIL = /(?<![^\s<>,;("])[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+(?![^\s<>,;)"])/;

/** Venus has a section for the planet itself, Pluto writes its keys first. */
const MAIN = /^(?:planet|default)?$/i;

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

function isAddressedList({ name, values }: IniSection): boolean {
  return /opml/i.test(values.get('content_type') ?? '') && ADDRESS.test(name);
}

function importedFeed({ name, values }: IniSection): ImportedSource {
  const title = values.get('name') ?? values.get('title');
  const icon = values.get('face') ?? values.get('avatar');
  const key = FEED.test(name) ? '' : toLatinWords(name);
  return {
    url: values.get('feed') ?? name,
    ...(key && { id: key }),
    ...(title && { title }),
    ...(icon && { icon }),
    ...filtered(values),
  };
}

/** Lists that are kept elsewhere stay there. */
function findReadingLists(main: Values, sections: readonly IniSection[]): ImportedSource[] {
  const named = (main.get('reading_lists') ?? '').split(/\s+/).map((name): IniSection => ({ name, values: new Map() }));
  const lists = [...named.filter(({ name }) => ADDRESS.test(name)), ...sections.filter(isAddressedList)];
  return lists.map(({ name, values }) => ({ url: name, kind: 'opml', ...filtered(values) }));
}

function filtered(values: Values): Pick<ImportedSource, 'rules' | 'content'> {
  const rules = filterRules(values);
  return { ...(rules.length > 0 && { rules }), ...(showsExcerpts(values) && { content: 'summary' }) };
}

/** Filters search the whole entry, in any case. Each line is one. */
function filterRules(values: Values): ImportedRule[] {
  const lines = (key: string) =>
    (values.get(key) ?? '')
      .split('\n')
      .filter(Boolean)
      .map((expression) => (expression.startsWith('(?i)') ? expression : `(?i)${expression}`));
  return [
    ...lines('exclude').map((one) => createBlockRule(one, ['text'])),
    ...lines('filter').map((one) => createKeepRule(one, ['text'])),
  ];
}

const EXCERPT = /(?:^|[\s/])excerpt\.py(?:[?\s]|$)/;

/** Whether a program of theirs cuts entries to their first words. */
function showsExcerpts(values: Values): boolean {
  return EXCERPT.test(values.get('filters') ?? '');
}

/** What is carried over, or says where files are and how often they are made. */
const KNOWN =
  /^(?:name|title|link|url|(?:owner_)?(?:e?mail|name)|reading_lists|filter|exclude|items_per_page|content_type|face|avatar|facewidth|faceheight|cache_\w+|output_\w+|log_\w+|feed\w*|spider_threads|new_feed_items|days_per_page|date_format|encoding|locale|bill_of_materials|\w+_dir|\w+_directories|template_files|activity_threshold|threads?|source)$/;

function listLeftOut(main: Values, sections: readonly IniSection[]): LeftOutSetting[] {
  const feeds = sections.filter((one) => isFeed(one) || isAddressedList(one));
  const others = sections.filter(
    (one) => !feeds.includes(one) && !(isList(one) && !ADDRESS.test(one.name)) && !MAIN.test(one.name),
  );
  const set = [main, ...feeds.map(({ values }) => values)].flatMap((values) => [...values]);
  const unknown = set.filter(([key, value]) => !KNOWN.test(key) && !(key === 'filters' && EXCERPT.test(value)));
  return [
    ...[...new Set(unknown.map(([key]) => key))].map((what) => ({ what, why: 'newsloom has no such option' })),
    ...others.map(({ name }) => ({ what: `[${name}]`, why: 'not a feed' })),
  ];
}
