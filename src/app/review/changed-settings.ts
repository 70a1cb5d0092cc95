/** Lists every setting that a change of the config alters, so that no key, not even a new one, can be overlooked. */
import { pathToFileURL } from 'node:url';
import { containsStandIn, nameStandIns } from '../../config/environment.js';
import { annotatedSchema, type JsonSchema } from '../../config/json-schema.js';
import type { Settings } from '../../model/settings.js';
import { isRecord } from '../../text/record.js';
import { looksLikeKey, redactUrls } from '../../text/url/redact-url.js';

export interface ChangedSetting {
  /** `sources[paper].proxy`; entries of a list are named by their id, or else numbered from 0. */
  readonly path: string;
  /** Without secrets; null: not set. */
  readonly before: string | null;
  readonly after: string | null;
  /** Whether the key decides whom the section listens to, or where secrets go. */
  readonly trust: boolean;
  /** Whether the rest of the review shows its effect. */
  readonly compared: boolean;
}

/** Keys whose effect the trial editions and the tables of sources, rules and channels show. */
const COMPARED =
  /^(?:site\.(?!icon)|topics(?!\[\]\.icon)|channels|digests|languages|rules|credits|desk|duplicates|stories|publish\.(?:formats|items|perSource|stories|archive|link|failures|embed|search|script|menu|words)|sources\[\](?:$|\.(?:id|url|moreFeeds|reading|title|content|topics|language|images|formerly|rules|reservation|own)))/;
/** Facts about the files of the config, not settings. */
const NOT_SETTINGS =
  /^(?:configPath|configFiles|readFrom|root|secrets|withoutEffect|unset)$|(?:^|[.\]])at\.|^desk\.(?:path|file|digest|writtenIn)$/;
const SECRET = /headers|token|secret|password/i;
/** Of a value. What is cut off could hide a host or a command. */
const MOST_CHARACTERS = 2_000;

/**
 * Those that decide about trust first, each part in the order of its path. Leaves out what the table of sources shows, and
 * settings of a new source that another source already has.
 */
export function compareSettings(was: Settings, is: Settings): ChangedSetting[] {
  const [before, after] = [flatten(was), flatten(is)];
  const trusted = listTrustedKeys(annotatedSchema(), '');
  const usual = new Set([...before].map(([path, value]) => `${toSettingKey(path)} ${value}`));
  const [hadSources, hasSources] = [was, is].map(({ sources }) => new Set<string>(sources.map(({ id }) => id)));
  // Many new sources must not push changes of the others off the end of a comment.
  const rank = ({ path, trust }: ChangedSetting) => {
    const [, source] = /^sources\[([^\]]*)\]/.exec(path) ?? [];
    return Number(!trust) * 2 + Number(source !== undefined && !hadSources!.has(source));
  };
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path): ChangedSetting => {
      const [old, now] = [before, after].map((values) => describeValue(path, values.get(path) ?? null));
      const key = toSettingKey(path);
      return {
        path,
        before: old!,
        after: now!,
        trust: isBelow(key, trusted) || containsStandIn(after.get(path)),
        compared: COMPARED.test(key),
      };
    })
    .filter(({ path, trust }) => {
      const [, source, key = ''] = /^sources\[([^\]]*)\]\.(.+)$/.exec(path) ?? [];
      if (source === undefined || (hadSources!.has(source) && hasSources!.has(source))) return true;
      if (containsStandIn(after.get(path))) return true; // a secret may leave in any text or address
      const isAsTheSite = key === 'allowPrivateAddresses' && was.fetch.allowPrivateAddresses;
      const isInTable = !hasSources!.has(source) || /^(?:id|url|moreFeeds)/.test(key) || isAsTheSite;
      return !isInTable && (trust || !usual.has(`${toSettingKey(path)} ${after.get(path)}`));
    })
    .sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
}

/** `sources[paper].proxy` → `sources[].proxy` */
export function toSettingKey(path: string): string {
  return path.replace(/\[[^\]]*\]/g, '[]');
}

/** Text by path, without the section's folder. Empty values are left out, so that a new entry shows only what it sets. */
function flatten(settings: Settings): Map<string, string> {
  const values = new Map<string, string>();
  const roots = [pathToFileURL(settings.root).href, settings.root];
  const visit = (value: unknown, path: string): void => {
    if (NOT_SETTINGS.test(path) || isEmpty(value)) return;
    if (Array.isArray(value) && value.some(isRecord))
      for (const [index, one] of value.entries()) visit(one, `${path}[${nameEntry(one) ?? index}]`);
    else if (isRecord(value))
      for (const [key, one] of Object.entries(value)) visit(one, path === '' ? key : `${path}.${key}`);
    else
      values.set(
        path,
        roots.reduce((text, root) => text.replaceAll(root, ''), toText(value)),
      );
  };
  visit(settings, '');
  return values;
}

function nameEntry(entry: unknown): string | null {
  if (!isRecord(entry)) return null;
  const name = entry.id ?? entry.article ?? entry.story;
  return typeof name === 'string' ? name : null;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0);
}

function toText(value: unknown): string {
  return Array.isArray(value) ? value.map(toText).join(', ') : String(value);
}

function describeValue(path: string, value: string | null): string | null {
  if (value === null) return null;
  if (SECRET.test(path) || (!/\s|:\/\//.test(value) && looksLikeKey(value))) return '***';
  const shown = redactUrls(nameStandIns(value));
  const more = shown.length - MOST_CHARACTERS;
  return more > 0 ? `${shown.slice(0, MOST_CHARACTERS)}… (${more} more characters)` : shown;
}

/** The keys that the schema marks with `trust`: `sources[].proxy`. */
function listTrustedKeys(schema: JsonSchema, path: string): string[] {
  if (schema.trust === true) return [path];
  const inner = Object.entries(schema.properties ?? {}).map(
    ([key, one]) => [one, path === '' ? key : `${path}.${key}`] as const,
  );
  return [
    ...inner.flatMap(([one, at]) => listTrustedKeys(one, at)),
    ...(schema.items === undefined ? [] : listTrustedKeys(schema.items, `${path}[]`)),
    ...(schema.anyOf ?? []).flatMap((one) => listTrustedKeys(one, path)),
  ];
}

/** Settings that have another name than their key in the config. */
const RENAMED: readonly (readonly [setting: RegExp, key: string])[] = [
  [/^sources\[\]\.moreFeeds/, 'sources[].feeds'],
  [/^sources\[\]\.(?:reading\.lists|own)$/, 'sources[].kind'],
  [/^fetch\.(\w+)Ms$/, 'fetch.$1'],
];

function isBelow(setting: string, keys: readonly string[]): boolean {
  const path = RENAMED.reduce((text, [from, to]) => text.replace(from, to), setting);
  return keys.some((key) => path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`));
}
