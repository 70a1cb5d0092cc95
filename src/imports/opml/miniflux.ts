/** Reads the settings that miniflux adds to its OPML (`xmlns:miniflux="https://miniflux.app/opml"`, or without a prefix). */
import { createBlockRule, createKeepRule } from '../filters.js';
import type { ImportedConditions, ImportedRule, LeftOutSetting } from '../imported-site.js';
import { listUnsupportedAttributes, type ReaderSettings } from './reader-settings.js';

type Attributes = Readonly<Record<string, string>>;

const KNOWN = new Set(
  ['disabled', 'proxyurl', 'blocklistrules', 'keeplistrules', 'blockfilterentryrules', 'keepfilterentryrules'].map(
    (name) => `miniflux:${name}`,
  ),
);

/** Settings without a counterpart. */
const OTHERS = new Set(
  'crawler scraperrules rewriterules urlrewriterules useragent ignorehttpcache fetchviaproxy allowselfsignedcertificates disablehttp2 hideglobally nomediaplayer ignoreentryupdates'.split(
    ' ',
  ),
);

/** null: no settings of this program. */
export function readMinifluxSettings(given: Attributes): ReaderSettings | null {
  const named = Object.entries(given).flatMap(([name, value]): [string, string][] => {
    const full = name.startsWith('miniflux:') ? name : `miniflux:${name}`;
    return full === name || KNOWN.has(full) || OTHERS.has(name) ? [[full, value]] : [];
  });
  if (named.length === 0) return null;
  const attributes = Object.fromEntries(named);
  const proxy = attributes['miniflux:proxyurl'];
  const { rules, leftOut } = readRules(attributes);
  return {
    keys: { ...(proxy && { proxy }), ...(rules.length > 0 && { rules }) },
    ...(attributes['miniflux:disabled'] === 'true' && { refused: 'it is disabled' }),
    leftOut: [...leftOut, ...listUnsupportedAttributes(attributes, 'miniflux:', KNOWN)],
  };
}

const FIELDS = ['title', 'category', 'author'] as const;

/** The block list comes first, as in miniflux. */
function readRules(attributes: Attributes): { rules: ImportedRule[]; leftOut: LeftOutSetting[] } {
  const value = (name: string) => (attributes[`miniflux:${name}`] ?? '').trim();
  const block = value('blocklistrules');
  const keep = value('keeplistrules');
  const blocked = parseEntryRules(value('blockfilterentryrules'));
  const kept = parseEntryRules(value('keepfilterentryrules'));
  const unless = Object.fromEntries(
    (['title', 'text', 'category', 'author'] as const).flatMap((field) => {
      const values = kept.rules.filter((rule) => rule.field === field).map(({ expression }) => `/${expression}/`);
      return values.length === 0 ? [] : [[field, values]];
    }),
  );
  return {
    rules: [
      ...(block === '' ? [] : [createBlockRule(block, FIELDS)]),
      ...blocked.rules.map(({ field, expression }) => createBlockRule(expression, [field])),
      ...(keep === '' ? [] : [createKeepRule(keep, FIELDS)]),
      ...(kept.rules.length === 0 ? [] : [{ drop: { title: ['/./'], unless } }]),
    ],
    leftOut: [...blocked.leftOut, ...kept.leftOut],
  };
}

const ENTRY_FIELDS: Readonly<Record<string, keyof ImportedConditions>> = {
  EntryTitle: 'title',
  EntryContent: 'text',
  EntryAuthor: 'author',
  EntryTag: 'category',
};

interface EntryRule {
  readonly field: keyof ImportedConditions;
  readonly expression: string;
}

/** Parses one rule per line: `EntryTitle=(?i)sponsored`. */
function parseEntryRules(text: string): { rules: EntryRule[]; leftOut: LeftOutSetting[] } {
  const rules: EntryRule[] = [];
  const leftOut: LeftOutSetting[] = [];
  for (const line of text.split(/\r?\n/).map((one) => one.trim())) {
    const [, name = '', expression = ''] = /^(\w+)\s*=~?\s*(.+)$/.exec(line) ?? [];
    const field = ENTRY_FIELDS[name];
    if (field !== undefined) rules.push({ field, expression });
    else if (line !== '')
      leftOut.push({ what: `filter "${line}"`, why: 'rules match title, text, author and category only' });
  }
  return { rules, leftOut };
}
