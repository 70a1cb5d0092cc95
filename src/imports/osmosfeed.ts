/** `osmosfeed.yaml`. */
import { parse } from 'yaml';
import { type ImportFormat, importedSite, type LeftOutSetting } from './imported-site.js';

export const osmosfeedImport: ImportFormat = {
  name: 'osmosfeed',
  describe: '`osmosfeed.yaml`',
  recognizes: ({ name, text }) => /\.ya?ml$/i.test(name) && /^\s*-\s+href\s*:/m.test(text),
  read({ text }) {
    const { sources, siteTitle, timezone, cacheUrl, cacheMaxDays, ...others } = yamlRecord(text);
    const listed = Array.isArray(sources) ? sources : [];
    const kept = typeof cacheMaxDays === 'number' ? [{ what: 'cacheMaxDays', why: KEPT }] : [];
    return importedSite({
      title: typeof siteTitle === 'string' ? siteTitle : null,
      url: folderOf(cacheUrl),
      timezone: typeof timezone === 'string' ? timezone : null,
      sources: listed.flatMap((one) => (typeof one?.href === 'string' ? [{ url: one.href }] : [])),
      leftOut: [...kept, ...Object.keys(others).map(noCounterpart)],
    });
  },
};

const KEPT = 'articles stay readable in the archives for ever; "retention" says how long the store keeps their text';

function noCounterpart(what: string): LeftOutSetting {
  return { what, why: 'it has no counterpart' };
}

/** Its cache lies beside its page. */
function folderOf(cacheUrl: unknown): string | null {
  if (typeof cacheUrl !== 'string' || !/^https?:/.test(cacheUrl) || /[<>]/.test(cacheUrl)) return null;
  return cacheUrl.replace(/[^/]*$/, '');
}

/** Empty where it is none. */
export function yamlRecord(text: string): Record<string, unknown> {
  try {
    const value: unknown = parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}
