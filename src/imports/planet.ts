/** Imports planet configs: Planet and Venus (`[https://…/feed]`), Pluto (`[key]` with `feed =`). */

import { withScheme } from '../model/address.js';
import { latinWords } from '../text/url/source-id.js';
import { blocking, keepingOnly } from './filters.js';
import {
  type ImportedSource,
  type ImportFormat,
  importedSite,
  type LeftOutSetting,
  withCounts,
} from './imported-site.js';
import { type IniSection, iniSections } from './ini.js';

export const planetImport: ImportFormat = {
  name: 'planet',
  describe: '`planet.ini`, `config.ini` of Planet, Venus and Pluto',
  recognizes: ({ name, text }) =>
    /\.ini$/i.test(name) || /^\[Planet\]\s*$/im.test(text) || /^\s*feed\s*=\s*http/im.test(text),
  read({ text }) {
    const isVenus = OF_VENUS.test(text);
    const sections = iniSections(isVenus ? text : withFlags(text));
    const main = mainValues(sections);
    const feeds = sections.filter(isFeed);
    const common = new Map([...main].filter(([key]) => FILTERS.has(key) && !(isVenus && replacedBy(key, sections))));
    const rest = new Map([...main].filter(([key]) => !common.has(key)));
    const [contact] = EMAIL.exec(main.get('owner_email') ?? main.get('email') ?? '') ?? [];
    return importedSite({
      title: main.get('name') ?? main.get('title') ?? null,
      url: withScheme(main.get('link') ?? main.get('url') ?? '') || null,
      contact: contact === undefined ? null : `mailto:${contact}`,
      items: Number(/^[1-9]\d{0,2}$/.exec(main.get('items_per_page') ?? '')?.[0] ?? 0) || null,
      rules: filtersIn(common, common),
      sources: [...feeds.map((section) => feedOf(section, main, rest)), ...readingLists(main, rest, sections)],
      files: sections.filter(isListFile).map(({ name }) => name),
      iconFolders: iconFoldersOf(main),
      // A planet republishes whole posts with the consent of its members.
      content: programsIn(main).some(isExcerpt) ? 'summary' : 'full',
      leftOut: withCounts([
        ...unlikeMain(main, sections),
        ...[...rest].flatMap(([key, value]) =>
          FILTERS.has(key) && value ? [{ what: `${key} for all`, why: REPLACED }] : [],
        ),
        ...unlikeFeeds(feeds, sections.filter(isAddressedList)),
        ...sections.filter(isListFile).flatMap((list) => unfiltered(list, main, rest)),
        ...sections.filter(isOtherList).map(({ name }) => ({ what: name, why: 'lists at a URL must be OPML' })),
      ]),
    });
  },
};

/** Also matches `Ana Dorn <ana@planet.example>`. */
const EMAIL = /(?<![^\s<>,;("])[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+(?![^\s<>,;)"])/;

/** Venus has a section for these keys. Pluto writes them before the first section. */
function mainValues(sections: readonly IniSection[]): Values {
  const own = sections.filter(({ name }) => MAIN.test(name));
  return new Map(own.flatMap(({ values }) => [...values]));
}

const MAIN = /^(?:planet|default)?$/i;

type Values = IniSection['values'];

/** Detects keys that only Venus supports. */
const OF_VENUS =
  /^(?:\w+_(?:theme|materials|entries|threads|type|directories)|filters|reading_lists|future_dates)[ \t]*[=:]/im;

/** Unlike Venus, Planet ignores case in its filters. */
function withFlags(text: string): string {
  return text.replace(/^([ \t]*(?:exclude|filter)[ \t]*[=:][ \t]*)(?=\S)(?!\(\?i\))/gim, '$1(?i)');
}

/** In Venus, a feed's own filters replace those of the planet. In Planet, both apply. */
const FILTERS = new Set(['exclude', 'filter', 'filters']);
const REPLACED = 'copied to each source, because some sources have their own; add it to new sources yourself';

function replacedBy(key: string, sections: readonly IniSection[]): boolean {
  return key !== 'filters' && sections.some((one) => (isFeed(one) || isList(one.values)) && one.values.has(key));
}

const ADDRESS = /^https?:\/\//i;
/** A heading without a slash names a template. */
const FEED = /^(?:feed:)?(?:https?:)?\/\/|^[\w-]+(?:\.[\w-]+)+(?::\d+)?\//i;

/** The feed that `[Planet]` names is the planet's own. */
function isFeed({ name, values }: IniSection): boolean {
  return !isList(values) && !MAIN.test(name) && (FEED.test(name) || FEED.test(values.get('feed') ?? ''));
}

function isList(values: Values): boolean {
  return /opml|foaf|csv/i.test(values.get('content_type') ?? '');
}

function isListFile({ name, values }: IniSection): boolean {
  return isList(values) && !ADDRESS.test(name);
}

function isOtherList({ name, values }: IniSection): boolean {
  return isList(values) && ADDRESS.test(name) && !/opml/i.test(values.get('content_type') ?? '');
}

/** Icon folders named in the "bill of materials", then the usual ones, also below the output folder. */
function iconFoldersOf(main: Values): string[] {
  const [, named] = /(\S*)\/#\{face\}/.exec(main.get('bill_of_materials') ?? '') ?? [];
  const folders = [...(named === undefined ? [] : [named]), 'images', 'heads', 'images/heads', 'hackergotchi', '.'];
  const output = main.get('output_dir');
  return [...folders, ...(output ? folders.map((folder) => `${output}/${folder}`) : [])];
}

function isAddressedList({ name, values }: IniSection): boolean {
  return /opml/i.test(values.get('content_type') ?? '') && ADDRESS.test(name);
}

/** `rest`: planet settings without the filters that apply to all feeds. */
function feedOf({ name, values }: IniSection, main: Values, rest: Values): ImportedSource {
  const title = values.get('name') ?? values.get('title');
  const rules = filtersIn(values, rest);
  const icon = values.get('face') ?? values.get('avatar');
  const key = FEED.test(name) ? '' : latinWords(name);
  return {
    url: values.get('feed') ?? name,
    ...(key && { id: key }),
    ...(title && { title }),
    ...(icon && { icon }),
    ...(rules.length > 0 && { rules }),
    ...excerpted(values, main),
  };
}

/** One filter per line, matched against the whole entry. */
function filtersIn(values: Values, main: Values) {
  const block = values.get('exclude') ?? main.get('exclude');
  const keep = values.get('filter') ?? main.get('filter');
  const sifters = programsIn(values).flatMap((program) => sifterOf(program) ?? []);
  const lines = (own = '', option: string) =>
    [own, ...sifters.flatMap((one) => one.getAll(option))].join('\n').split('\n').filter(Boolean);
  return [
    ...lines(block, 'exclude').map((one) => blocking(one, ['text'])),
    ...lines(keep, 'require').map((one) => keepingOnly(one, ['text'])),
  ];
}

function programsIn(values: Values): string[] {
  return (values.get('filters') ?? '').split(/\s+/).filter((program) => program !== '');
}

/** Options of `regexp_sifter.py?exclude=…&require=…`, which rules can replace; null: another program. */
function sifterOf(program: string): URLSearchParams | null {
  const [, options] = /^(?:\S*\/)?regexp_sifter\.py\?(.*)$/.exec(program) ?? [];
  return options === undefined ? null : new URLSearchParams(options);
}

/** The program shows only the first words of each entry. */
function isExcerpt(program: string): boolean {
  return /^(?:\S*\/)?excerpt\.py(?:\?|$)/.test(program);
}

function excerpted(values: Values, main: Values): Pick<ImportedSource, 'content'> {
  return [...programsIn(main), ...programsIn(values)].some(isExcerpt) ? { content: 'summary' } : {};
}

function leftOutPrograms(values: Values, of: string): LeftOutSetting[] {
  return programsIn(values).flatMap((program) => {
    const why = whyLeftOut(program);
    return why === null ? [] : [{ what: `${program}${of}`, why }];
  });
}

function whyLeftOut(program: string): string | null {
  if (isExcerpt(program)) return EXCERPT;
  const options = sifterOf(program);
  if (options === null) return NOT_RUN;
  return [...options.keys()].every((option) => /^(?:exclude|require)$/.test(option)) ? null : UNREAD;
}

/** Lists at a URL stay there. Their feeds are filtered like the planet's own. */
function readingLists(main: Values, rest: Values, sections: readonly IniSection[]): ImportedSource[] {
  const named = (main.get('reading_lists') ?? '').split(/\s+/).map((name): IniSection => ({ name, values: new Map() }));
  return [...named.filter(({ name }) => ADDRESS.test(name)), ...sections.filter(isAddressedList)].map(
    ({ name, values }) => {
      const rules = filtersIn(values, rest);
      return { url: name, kind: 'opml', ...(rules.length > 0 && { rules }), ...excerpted(values, main) };
    },
  );
}

const OF_SITE = new Set([
  'name',
  'title',
  'link',
  'url',
  'owner_email',
  'email',
  'owner_name',
  'reading_lists',
  'filter',
  'exclude',
  'filters',
  'items_per_page',
]);

const NOT_RUN = 'programs that change entries are not run; use "rules" to drop articles and correct headlines';
const UNREAD = 'only its options "exclude=…" and "require=…" are imported; write the others as "rules"';
const EXCERPT = 'replaced by "content: summary"';

const ICON_SIZE = 'icons are squares of at most 64 pixels';

const MAIN_REASONS: Readonly<Record<string, string>> = {
  output_theme: 'the pages have their own design; to change it, see docs/pages.md',
  template_files: 'the pages have their own design; to change it, see docs/pages.md',
  activity_threshold: '"newsloom status" lists inactive sources',
  facewidth: ICON_SIZE,
  faceheight: ICON_SIZE,
};

/** Keys for paths, schedules and logging. */
const OF_THE_MACHINE =
  /^(?:cache_|output_dir|log_|feed(?:$|type|_timeout)|spider_threads|new_feed_items|days_per_page|date_format|encoding|locale|bill_of|filter_dir|template_dir|django_|http_cache|pubsubhubbub|future_dates|source|threads?|arrange)/;

function unlikeMain(main: Values, sections: readonly IniSection[]): LeftOutSetting[] {
  const keys = [...main.keys()].filter((key) => !OF_SITE.has(key) && !OF_THE_MACHINE.test(key));
  const machine = [...main.keys()].filter((key) => OF_THE_MACHINE.test(key));
  const templates = sections.filter((one) => !isFeed(one) && !isList(one.values) && !MAIN.test(one.name));
  return [
    ...leftOutPrograms(main, ''),
    ...keys.map((key) => ({ what: key, why: MAIN_REASONS[key] ?? 'no counterpart' })),
    ...(machine.length === 0 ? [] : [{ what: machine.join(', '), why: 'set such options in config/newsloom.yaml' }]),
    ...templates.map(({ name }) => ({ what: `[${name}]`, why: 'not a feed' })),
  ];
}

const OF_FEED = new Set([
  'name',
  'title',
  'link',
  'feed',
  'filter',
  'exclude',
  'filters',
  'content_type',
  'face',
  'avatar',
  'facewidth',
  'faceheight',
]);

const FEED_REASONS: Readonly<Record<string, string>> = {
  ignore_in_feed: 'duplicate and invalid values in feeds are detected automatically',
  twitter: 'only the name and the articles of a source are shown',
};

/** Feeds of a list file become sources. Options of the list must be applied by hand. */
function unfiltered({ name, values }: IniSection, main: Values, rest: Values): LeftOutSetting[] {
  const programs = programsIn(values).filter((program) => !isExcerpt(program));
  const keys = ['filter', 'exclude'].filter((key) => values.get(key) ?? rest.get(key));
  const filters = [...keys, ...(programs.length > 0 ? ['filters'] : [])].join(', ');
  const excerpt = programsIn(main).some(isExcerpt) ? undefined : programsIn(values).find(isExcerpt);
  return [
    ...(filters === '' ? [] : [{ what: `${filters} for ${name}`, why: AS_RULES }]),
    ...(excerpt === undefined ? [] : [{ what: `${excerpt} for ${name}`, why: AS_SUMMARY }]),
  ];
}

const AS_RULES = 'write it as "rules" of the section for all feeds of the list';
const AS_SUMMARY = 'write "content: summary" at each source of the list';

/** Reports programs with their feed, because each needs a review. */
function unlikeFeeds(feeds: readonly IniSection[], lists: readonly IniSection[]): LeftOutSetting[] {
  const keys = new Set(feeds.flatMap(({ values }) => [...values.keys()]).filter((key) => !OF_FEED.has(key)));
  return [
    ...[...feeds, ...lists].flatMap((section) => leftOutPrograms(section.values, ` of ${nameOf(section)}`)),
    ...[...keys].map((key) => {
      const names = feeds.filter(({ values }) => values.has(key)).map(nameOf);
      const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
      return {
        what: `${key} of ${names.slice(0, MOST_NAMED).join(', ')}${more}`,
        why: FEED_REASONS[key] ?? 'no counterpart',
      };
    }),
  ];
}

const MOST_NAMED = 3;

function nameOf({ name, values }: IniSection): string {
  return values.get('name') ?? values.get('title') ?? name;
}
