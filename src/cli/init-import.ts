/** `newsloom init --from`: creates a section from the export of another program. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportedConfig, StartingTexts } from '../app/imports/imported-config.js';
import type { Settings } from '../model/settings.js';
import type { Context } from './command.js';
import { UsageError } from './exit.js';
import { formatSkipped, readExport } from './import-file.js';
import { formatCount, listFew } from './table.js';

export interface StartingLists {
  readonly files: Readonly<Partial<StartingTexts>>;
}

export interface BegunImport extends StartingLists {
  /** Call it once the files are written: fetches the feeds to derive topic phrases, and reports what was imported. */
  finish(): Promise<ImportReport>;
}

/** Part of what `init --json` prints. */
export interface ImportReport {
  readonly formats: readonly string[];
  readonly sources: number;
  readonly topics: number;
  readonly content: 'full' | 'summary';
  readonly fromCategories: number;
  readonly silent: readonly string[];
  readonly leftOut: readonly { readonly what: string; readonly why: string }[];
}

/** Slower feeds are skipped. */
const WITHIN_MS = 40_000;

export function refuseExisting(paths: readonly string[], dir: string, instead: string): void {
  const there = paths.find((path) => existsSync(join(dir, path)));
  if (there !== undefined) throw new UsageError(`${join(dir, there)} already exists; ${instead}`);
}

/** Throws UsageError if a config exists already or the file is not readable. */
export async function beginImport(
  context: Context,
  dir: string,
  file: string,
  templates: StartingTexts,
): Promise<BegunImport> {
  if (!existsSync(file)) throw new UsageError(`${file}: no such file`);
  refuseExisting(
    Object.keys(templates),
    dir,
    `to add the sources to that config, run "newsloom sources import ${file}"`,
  );
  const read = await readExport(context, file);
  const { renderConfig, toImportedLists, renderSources, renderTopics } = await import(
    '../app/imports/imported-config.js'
  );
  const lists = toImportedLists(read);
  const config: ImportedConfig = {
    read,
    lists,
    feeds: [],
    allowPrivateAddresses: context.flag('allow-private'),
  };
  const topics = (feeds: ImportedConfig['feeds']) =>
    renderTopics(templates['config/topics.yaml'], { ...config, feeds });
  return {
    files: {
      'config/newsloom.yaml': renderConfig(templates['config/newsloom.yaml'], config),
      'config/sources.yaml': renderSources(templates['config/sources.yaml'], config),
      'config/topics.yaml': topics([]),
    },
    finish: async () => {
      const settings = await loadNewSettings(context, dir);
      const { feeds, silent } = await fetchCategories(context, settings);
      const text = topics(feeds);
      await writeFile(join(dir, 'config/topics.yaml'), text);
      return {
        formats: read.formats,
        sources: lists.sources.length,
        topics: lists.topics.length,
        content: read.content ?? 'summary',
        fromCategories: text.split('\n').filter((line) => /^ {2}map:/.test(line)).length,
        silent,
        leftOut: lists.leftOut,
      };
    },
  };
}

/** The new config must load. A problem in it is a bug. */
async function loadNewSettings({ env, hide }: Context, dir: string): Promise<Settings> {
  const { loadSite } = await import('../app/load-site.js');
  const settings = await loadSite(join(dir, 'config/newsloom.yaml'), env, 'fresh');
  hide(settings.secrets);
  return settings;
}

async function fetchCategories(context: Context, settings: Settings) {
  if (context.flag('offline') || settings.topics.length === 0) return { feeds: [], silent: [] };
  const { fetchCategories: askCategories } = await import('../app/imports/ask-categories.js');
  const { progress, signal } = context;
  return await askCategories(settings, {
    now: new Date(),
    withinMs: WITHIN_MS,
    signal,
    start: (asked) => progress.start('fetching feeds to derive topics', asked.length, asked),
    done: (id) => progress.step(id),
  }).finally(() => progress.end());
}

const MOST_UNANSWERED = 5;

const REPUBLISHED: Readonly<Record<ImportReport['content'], string>> = {
  full: 'articles are republished in full, as before ("content: full" for each source); sources that you add later publish summaries',
  summary: 'only summaries are republished; set "content: full" in config/sources.yaml for publishers who agree',
};

export function formatImport(report: ImportReport): string[] {
  const { formats, sources, topics, content, fromCategories, silent, leftOut } = report;
  const phrases = fromCategories === 0 ? '' : `, ${fromCategories} with phrases from the categories of their feeds`;
  return [
    `imported (${formats.join(', ')}): ${formatCount(sources, 'source')}, ${formatCount(topics, 'topic')}${phrases}`,
    REPUBLISHED[content],
    ...(silent.length === 0
      ? []
      : [`no feed received from ${listFew(silent, MOST_UNANSWERED)}; run "newsloom check --live" for details`]),
    ...formatSkipped(leftOut),
  ];
}
