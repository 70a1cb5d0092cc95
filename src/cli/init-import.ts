/** `newsloom init --from`: creates a section from the export of another program. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { StartingTexts } from '../app/imports/imported-config.js';
import type { Context } from './command.js';
import { UsageError } from './exit.js';
import { formatSkipped, readExport } from './import-file.js';
import { formatCount } from './table.js';

export interface StartingLists {
  readonly files: Readonly<Partial<StartingTexts>>;
  /** What was imported; missing: the lists come from newsloom. */
  readonly imported?: ImportReport;
}

/** Part of what `init --json` prints. */
export interface ImportReport {
  readonly formats: readonly string[];
  readonly sources: number;
  readonly topics: number;
  readonly content: 'full' | 'summary';
  readonly leftOut: readonly { readonly what: string; readonly why: string }[];
}

export function refuseExisting(paths: readonly string[], dir: string, instead: string): void {
  const there = paths.find((path) => existsSync(join(dir, path)));
  if (there !== undefined) throw new UsageError(`${join(dir, there)} already exists; ${instead}`);
}

/** Throws UsageError if a config exists already or the file is not readable. */
export async function importLists(
  context: Context,
  dir: string,
  file: string,
  templates: StartingTexts,
): Promise<StartingLists> {
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
  const config = { read, lists, allowPrivateAddresses: context.flag('allow-private') };
  return {
    files: {
      'config/newsloom.yaml': renderConfig(templates['config/newsloom.yaml'], config),
      'config/sources.yaml': renderSources(templates['config/sources.yaml'], config),
      'config/topics.yaml': renderTopics(templates['config/topics.yaml'], config),
    },
    imported: {
      formats: read.formats,
      sources: lists.sources.length,
      topics: lists.topics.length,
      content: read.content ?? 'summary',
      leftOut: lists.leftOut,
    },
  };
}

const REPUBLISHED: Readonly<Record<ImportReport['content'], string>> = {
  full: 'articles are republished in full, as before ("content: full" for each source); sources that you add later publish summaries',
  summary: 'only summaries are republished; set "content: full" in config/sources.yaml for publishers who agree',
};

export function formatImport({ formats, sources, topics, content, leftOut }: ImportReport): string[] {
  return [
    `imported (${formats.join(', ')}): ${formatCount(sources, 'source')}, ${formatCount(topics, 'topic')}`,
    REPUBLISHED[content],
    ...formatSkipped(leftOut),
  ];
}
