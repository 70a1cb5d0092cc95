/** `newsloom init --from`: a section of what another program reads. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportedConfig, StartingTexts } from '../app/imports/imported-config.js';
import type { Settings } from '../model/settings.js';
import type { Context } from './command.js';
import { UsageError } from './exit.js';
import { leftOutLines, readExport } from './import-file.js';
import { counted, listFew } from './table.js';

/** Texts in place of those of the package, by path. */
export interface StartingLists {
  readonly files: Readonly<Partial<StartingTexts>>;
}

export interface BegunImport extends StartingLists {
  /** Once the files are written: asks the feeds for the topics of their articles, and says what was carried over. */
  finish(): Promise<ImportReport>;
}

/** Part of what `init --json` prints. */
export interface ImportReport {
  readonly formats: readonly string[];
  readonly sources: number;
  readonly topics: number;
  /** How much of its articles is republished. */
  readonly content: 'full' | 'summary';
  /** Topics whose phrases come from what their feeds call their articles. */
  readonly fromCategories: number;
  /** Sources that were asked for that, and did not answer with a feed. */
  readonly silent: readonly string[];
  readonly leftOut: readonly { readonly what: string; readonly why: string }[];
}

/** The rest is not waited for. */
const WITHIN_MS = 40_000;

export function refuseWhereThereIs(paths: readonly string[], dir: string, instead: string): void {
  const there = paths.find((path) => existsSync(join(dir, path)));
  if (there !== undefined) throw new UsageError(`${join(dir, there)} is there already: ${instead}`);
}

/** Throws UsageError where a config is there already, or the file cannot be read. */
export async function beginImport(
  context: Context,
  dir: string,
  file: string,
  templates: StartingTexts,
): Promise<BegunImport> {
  if (!existsSync(file)) throw new UsageError(`${file}: no such file`);
  refuseWhereThereIs(Object.keys(templates), dir, `"newsloom sources import ${file}" adds to a config`);
  const read = await readExport(file);
  const { configText, importedLists, sourcesText, topicsText } = await import('../app/imports/imported-config.js');
  const lists = importedLists(read);
  const config: ImportedConfig = {
    read,
    lists,
    feeds: [],
    allowPrivateAddresses: context.flag('allow-private'),
  };
  const topics = (feeds: ImportedConfig['feeds']) => topicsText(templates['config/topics.yaml'], { ...config, feeds });
  return {
    files: {
      'config/newsloom.yaml': configText(templates['config/newsloom.yaml'], config),
      'config/sources.yaml': sourcesText(templates['config/sources.yaml'], config),
      'config/topics.yaml': topics([]),
    },
    finish: async () => {
      const settings = await settingsIn(context, dir);
      const { feeds, silent } = await askedCategories(context, settings);
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

/** The new config must load: a mistake in it is ours. */
async function settingsIn({ env, hide }: Context, dir: string): Promise<Settings> {
  const { loadSite } = await import('../app/load-site.js');
  const settings = await loadSite(join(dir, 'config/newsloom.yaml'), env, 'fresh');
  hide(settings.secrets);
  return settings;
}

async function askedCategories(context: Context, settings: Settings) {
  if (context.flag('offline') || settings.topics.length === 0) return { feeds: [], silent: [] };
  const { askCategories } = await import('../app/imports/ask-categories.js');
  const { progress, signal } = context;
  return await askCategories(settings, {
    now: new Date(),
    withinMs: WITHIN_MS,
    signal,
    start: (asked) => progress.start('asking feeds for topics', asked.length, asked),
    done: (id) => progress.step(id),
  }).finally(() => progress.end());
}

const MOST_SILENT = 5;

const REPUBLISHED: Readonly<Record<ImportReport['content'], string>> = {
  full: 'articles are republished whole, as before ("content: full" at each source); of what you add later, summaries',
  summary:
    'of each article its summary is republished; a publisher who agrees to more gets "content: full" (config/sources.yaml)',
};

export function importLines(report: ImportReport): string[] {
  const { formats, sources, topics, content, fromCategories, silent, leftOut } = report;
  const phrases = fromCategories === 0 ? '' : `, ${fromCategories} with phrases from what feeds call their articles`;
  return [
    `carried over (${formats.join(', ')}): ${counted(sources, 'source')}, ${counted(topics, 'topic')}${phrases}`,
    REPUBLISHED[content],
    ...(silent.length === 0
      ? []
      : [`not answered with a feed: ${listFew(silent, MOST_SILENT)}; "newsloom check --live" says why`]),
    ...leftOutLines(leftOut),
  ];
}
