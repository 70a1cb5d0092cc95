/** Compares published files before and after a change of the config, and lists what a review does not compare. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../../model/settings.js';
import type { Licence, Source, SourceId } from '../../model/source.js';
import type { EditionChange } from '../../pipeline/run-observer.js';
import { redactUrl } from '../../text/url/redact-url.js';
import { isFeedHead } from '../../write/formats.js';
import { type ChangedSetting, toSettingKey } from './changed-settings.js';

interface Changed<T> {
  readonly before: T;
  readonly after: T;
}

export interface ReviewedEdition {
  readonly feedsGone: readonly string[];
  /** The base address of feeds, which is part of their ids; null: unchanged. */
  readonly feedsUrl: Changed<string> | null;
  /** Number of files, except those with the state of the last run; null: no articles available. */
  readonly files: { readonly written: number; readonly removed: number } | null;
  /** Keys of the config that changed or name files, and were not compared. */
  readonly unseen: readonly string[];
}

export interface ChangedRights {
  readonly id: SourceId;
  readonly content: Changed<Licence> | null;
  /** Configured name; `before` or `after` null: the feed's title. */
  readonly title: Changed<string | null> | null;
}

/** Editions are compared with the published one in `dir`; null: not created. */
export function reviewEdition(
  was: Settings,
  is: Settings,
  settings: readonly ChangedSetting[],
  editions: (Changed<EditionChange> & { readonly dir: string }) | null,
): ReviewedEdition {
  const { written, removed } = editions === null ? { written: [], removed: [] } : comparePublishedFiles(editions);
  const [before, after] = [was.site.feedsUrl, is.site.feedsUrl].map(redactUrl) as [string, string];
  return {
    feedsGone: removed.filter(isFeedHead),
    feedsUrl: was.site.feedsUrl === is.site.feedsUrl ? null : { before, after },
    files: editions === null ? null : { written: written.length, removed: removed.length },
    unseen: [
      ...new Set([
        ...settings.flatMap(({ compared, path }) => (compared ? [] : toSettingKey(path).replaceAll('[]', ''))),
        ...Object.entries(NAMING_FILES).flatMap(([key, namesFiles]) => (namesFiles(is) ? key : [])),
      ]),
    ].sort(),
  };
}

function comparePublishedFiles({ before, after, dir }: Changed<EditionChange> & { readonly dir: string }) {
  const paths = [before, after].flatMap(({ staged, removed }) => [...staged.keys(), ...removed]);
  const editions = [before, after].map(({ staged, removed }) => ({ staged, removed: new Set(removed) }));
  const written: string[] = [];
  const removed: string[] = [];
  for (const path of [...new Set(paths)].sort()) {
    const isPublished = existsSync(join(dir, path));
    const [was, is] = editions.map((edition) => findPublishedBytes(path, edition, isPublished));
    if (was === is) continue;
    (is === null ? removed : written).push(path);
  }
  return { written, removed };
}

function findPublishedBytes(
  path: string,
  { staged, removed }: { readonly staged: EditionChange['staged']; readonly removed: ReadonlySet<string> },
  isPublished: boolean,
): string | null {
  return staged.get(path) ?? (isPublished && !removed.has(path) ? 'as published' : null);
}

/** Keys that name files, which a review does not read. */
const NAMING_FILES: Readonly<Record<string, (settings: Settings) => boolean>> = {
  'publish.templates': ({ publish }) => publish.templates !== null,
  icon: ({ site, topics, sources }) =>
    [site, ...topics, ...sources].some(
      ({ icon }) => icon !== undefined && !(typeof icon === 'object' && 'url' in icon),
    ),
};

/** For sources that remain. */
export function reviewRights(was: readonly Source[], is: readonly Source[]): ChangedRights[] {
  const known = new Map(was.map((source) => [source.id, source]));
  return is.flatMap(({ id, formerly = [], content, title }) => {
    const old = [id, ...formerly].flatMap((one) => known.get(one) ?? [])[0];
    if (old === undefined || (old.content === content && old.title === title)) return [];
    return {
      id,
      content: old.content === content ? null : { before: old.content, after: content },
      title: old.title === title ? null : { before: old.title, after: title },
    };
  });
}
