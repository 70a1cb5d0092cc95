/** Reads the config file and its includes into one value. */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { DeskSettings } from '../model/desk.js';
import { ConfigError, type ConfigProblem } from '../model/errors.js';
import { isRecord } from '../text/record.js';
import { type EnvironmentValue, redactValues } from './environment.js';
import { applyGroups, findInheritedPath } from './groups.js';
import { findKeyPlace, type MergedList, mergeLayers } from './packs/merge-packs.js';
import { PACK_LISTS, type PackList } from './packs/packs.js';
import { type ReadPacks, readPacks } from './packs/read-packs.js';
import { isWithin, resolveIncludedPath, resolveRootedPath } from './paths.js';
import { type ConfigBytes, digestFiles } from './settings-cache.js';
import { type ConfigFile, type Path, readYaml, type YamlProblem } from './yaml.js';

export type Env = Readonly<Record<string, string | undefined>>;

/** Keys whose value may be the name of another file. */
const INCLUDES = ['sources', 'topics', 'desk'] as const;
type Include = (typeof INCLUDES)[number];

/** Relative to the site's root. Read if it exists. */
const DESK = 'config/desk.yaml';

/** The whole config as plain values, with the file, line and column of each. */
export interface ConfigText {
  /** null if it does not parse. */
  readonly value: unknown;
  /** Problems of the files themselves: missing, not YAML, an unset environment variable. */
  readonly problems: readonly ConfigProblem[];
  /** All files including unreadable ones, the main file first. */
  readonly files: readonly string[];
  /** The path of the desk file, even if it does not exist. */
  readonly deskFile: string;
  readonly deskIn: DeskSettings['writtenIn'];
  /** Digest of all files; null if a value comes from the environment or a pack may gain a file. */
  readonly readFrom: string | null;
  readonly unread: ReadonlySet<Include>;
  readonly environment: readonly EnvironmentValue[];
  /** Messages quote the name of an environment variable, never its value. */
  problem(path: Path, message: string, at?: 'key' | 'value'): ConfigProblem;
  written(path: Path): string | undefined;
  line(path: Path): number;
}

export interface ConfigReading {
  /** Reads no file outside this folder, even through links. */
  readonly within?: string;
  /** Contents of files by absolute path. Others are read from the disk. */
  readonly kept?: ReadonlyMap<string, string>;
}

/** @throws ConfigError CONFIG_MISSING if the main file is not readable. */
export async function readConfig(configPath: string, env: Env, reading: ConfigReading = {}): Promise<ConfigText> {
  const read: FilesRead = { bytes: [], within: reading.within, kept: reading.kept };
  const main = await readMain(configPath, env, read);
  const included = new Map<Include, ConfigFile>();
  const unread = new Set<Include>();
  const problems: ConfigProblem[] = [];
  const files = [configPath];
  const given = readPart(main.value, 'desk');
  const deskFile = resolveRootedPath(configPath, typeof given === 'string' ? given : DESK);
  for (const part of INCLUDES) {
    const name = readPart(main.value, part) ?? (part === 'desk' && hasFile(deskFile, reading.kept) ? DESK : undefined);
    if (typeof name !== 'string') continue;
    const pathOf = part === 'desk' ? resolveRootedPath : resolveIncludedPath;
    const path = pathOf(configPath, name);
    files.push(path);
    const shown = pathOf(configPath, main.written([part]) ?? name);
    const file = await readIncluded({ path, shown }, env, read);
    if (typeof file === 'string') problems.push(createProblem(main, [part], [part], file, 'value'));
    else included.set(part, file);
    if (typeof file === 'string' || file.value === null)
      unread.add(part); // does not parse
    else if (typeof file.value === 'string') {
      problems.push(toProblem(file, [part], { ...file.place([], 'value'), path: [], message: NOT_A_LIST }));
      unread.add(part);
    }
  }
  const packs = await readPacks(readPart(main.value, 'extends'), configPath, async ({ path, shown, isOurs }) => {
    files.push(path);
    const text = await readConfigBytes(path, isOurs ? { ...read, within: undefined } : read);
    return typeof text === 'string' ? readList(shown, text, env) : text.message;
  });
  const merged = mergePacks(main, included, packs);
  const ungrouped = assembleValue(main.value, included, unread, merged);
  const locate = (asked: Path): [ConfigFile, Path] => {
    const path = findInheritedPath(ungrouped, asked) ?? asked;
    const places = merged[path[0] as PackList]?.places[path[1] as number];
    if (places !== undefined) {
      const place = findKeyPlace(places, path.slice(2));
      return [place.file, place.path];
    }
    const file = included.get(path[0] as Include);
    return file === undefined ? [main, path] : [file, path.slice(1)];
  };
  const environment = [
    ...listPackEnvironment(merged, packs),
    ...main.substitutions.map(({ path, name, value }) => ({ key: formatPath(path), name, value })),
    ...[...included].flatMap(([part, { substitutions: filledIn }]) =>
      filledIn.map(({ path, name, value }) => ({ key: formatPath([part, ...path]), name, value })),
    ),
  ];
  for (const mistake of main.problems) problems.push(toProblem(main, mistake.path, mistake));
  for (const [part, file] of included)
    for (const mistake of file.problems) problems.push(toProblem(file, [part, ...mistake.path], mistake));
  for (const file of packs.files) for (const mistake of file.problems) problems.push(toProblem(file, [], mistake));
  for (const { path, message } of packs.problems) problems.push(createProblem(main, path, path, message, 'value'));
  return {
    value: applyGroups(ungrouped),
    problems,
    files,
    deskFile,
    deskIn: files.includes(deskFile) ? 'file' : given === undefined ? 'nowhere' : 'config',
    readFrom: packs.mayGrow || environment.length > 0 ? null : digestFiles(read.bytes),
    unread,
    environment,
    problem(path, message, at = 'value') {
      const [file, inner] = locate(path);
      return createProblem(
        file,
        findInheritedPath(ungrouped, path) ?? path,
        inner,
        redactValues(message, environment),
        at,
      );
    },
    line(path) {
      const [file, inner] = locate(path);
      return file.place(inner, 'value').line;
    },
    written(path) {
      const [file, inner] = locate(path);
      return file.written(inner);
    },
  };
}

/** `sources[3].url` */
export function formatPath(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

async function readMain(configPath: string, env: Env, read: FilesRead): Promise<ConfigFile> {
  const text = await readConfigBytes(configPath, read);
  if (typeof text === 'string') return readYaml(configPath, text, env);
  const nowhere = { file: configPath, line: 0, column: 0, path: '' };
  const advice = existsSync(basename(configPath))
    ? '; you are inside the config folder: change to its parent, or name the file with --config'
    : '; create a config with "newsloom init", or name a file with --config';
  const message = `${text.message}${readErrorCode(text.cause) === 'EACCES' ? '' : advice}`;
  throw new ConfigError('CONFIG_MISSING', [{ ...nowhere, message }], { cause: text.cause });
}

/** Returns the file, or the problem that prevents reading it. `shown`: its path in messages. */
async function readIncluded(
  { path, shown }: { readonly path: string; readonly shown: string },
  env: Env,
  read: FilesRead,
): Promise<ConfigFile | string> {
  if (/\.opml$/i.test(path)) return OPML;
  const text = await readConfigBytes(path, read);
  if (typeof text !== 'string') return `${text.message} (${shown})`;
  return readList(shown, text, env);
}

const OPML =
  'expected a list in YAML; "newsloom sources import" imports OPML, and a source with "kind: opml" reads it in each run';

const EMPTIED = 'the file is empty: restore its content, or write [] for an empty list';

/** A full disk or an accident may empty a file. That must not remove all of its entries. */
function readList(shown: string, text: string, env: Env): ConfigFile {
  const file = readYaml(shown, text, env);
  if (text.trim() !== '') return file;
  return { ...file, value: null, problems: [{ line: 1, column: 1, path: [], message: EMPTIED }] };
}

const NOT_A_LIST = 'the file is not a list: begin each entry with "- "';

const READ_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'this is a folder, not a file',
};

interface FilesRead {
  readonly bytes: ConfigBytes[];
  readonly within: string | undefined;
  readonly kept: ConfigReading['kept'];
}

function hasFile(path: string, kept: ConfigReading['kept']): boolean {
  return kept?.has(resolve(path)) ?? existsSync(path);
}

/** The problem of a file outside the section, or behind a link that leaves it. */
const OUTSIDE_OF_SECTION = 'is outside the folder of the section, which review does not read';

async function readConfigBytes(
  path: string,
  { bytes: read, within, kept }: FilesRead,
): Promise<string | { message: string; cause: unknown }> {
  try {
    if (within !== undefined && !(await isWithin(path, within)))
      return { message: OUTSIDE_OF_SECTION, cause: undefined };
    const known = kept?.get(resolve(path));
    const bytes = known === undefined ? await readFile(path) : Buffer.from(known);
    read.push({ path: resolve(path), bytes });
    return bytes.toString('utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    const code = readErrorCode(cause);
    const user = process.geteuid?.();
    const denied = `no read permission${user === undefined ? '' : ` for user ${user}`}`;
    return { message: code === 'EACCES' ? denied : (READ_PROBLEMS[code] ?? `not readable: ${code}`), cause };
  }
}

function readErrorCode(cause: unknown): string {
  return (cause as NodeJS.ErrnoException | undefined)?.code ?? '';
}

function readPart(value: unknown, part: string): unknown {
  return isRecord(value) ? value[part] : undefined;
}

/** An include with comments only is an empty list. So is an unreadable one, so that checks can continue. */
function assembleValue(
  value: unknown,
  included: ReadonlyMap<Include, ConfigFile>,
  unread: ReadonlySet<Include>,
  merged: Merged,
): unknown {
  if (value === undefined) return {};
  if (!isRecord(value)) return value;
  const parts = [...included].map(([part, file]) => [part, file.value ?? []] as const);
  const empty = [...unread].map((part) => [part, []] as const);
  const extended = Object.entries(merged).map(([part, { items }]) => [part, items] as const);
  return {
    ...value,
    ...Object.fromEntries(parts),
    ...Object.fromEntries(empty),
    ...Object.fromEntries(extended),
  };
}

type Merged = Readonly<Partial<Record<PackList, MergedList>>>;

/** Only lists that a pack extends. The schema reports a part that is not a list. */
function mergePacks(main: ConfigFile, included: ReadonlyMap<Include, ConfigFile>, { layers }: ReadPacks): Merged {
  const lists = PACK_LISTS.filter((list) => layers[list].length > 0).flatMap((list): [PackList, MergedList][] => {
    const file = included.get(list);
    const own = file === undefined ? (readPart(main.value, list) ?? []) : (file.value ?? []);
    const items = typeof own === 'string' ? [] : own;
    if (!Array.isArray(items)) return [];
    const layer = { file: file ?? main, path: file === undefined ? [list] : [], items, without: new Set<string>() };
    return [[list, mergeLayers([layer, ...layers[list]])]];
  });
  return Object.fromEntries(lists);
}

function listPackEnvironment(merged: Merged, { files }: ReadPacks): EnvironmentValue[] {
  return Object.entries(merged).flatMap(([list, { places }]) =>
    places.flatMap((layers, index) =>
      layers.flatMap(({ file, path }) =>
        !files.includes(file)
          ? []
          : file.substitutions
              .filter((one) => one.path[0] === path[0])
              .map(({ path: at, name, value }) => ({ key: formatPath([list, index, ...at.slice(1)]), name, value })),
      ),
    ),
  );
}

function createProblem(file: ConfigFile, path: Path, inner: Path, message: string, at: 'key' | 'value'): ConfigProblem {
  return { file: file.name, ...file.place(inner, at), path: formatPath(path), message };
}

function toProblem({ name }: ConfigFile, path: Path, { line, column, message, unset }: YamlProblem): ConfigProblem {
  return { file: name, line, column, path: formatPath(path), message, ...(unset !== undefined && { unset }) };
}
