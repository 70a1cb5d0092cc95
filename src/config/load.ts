/** Loads `Settings` from files and environment, or reports all problems at once. */

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ConfigError, type ConfigProblem } from '../model/errors.js';
import type { Settings } from '../model/settings.js';
import { compareText } from '../text/compare.js';
import { isRecord } from '../text/record.js';
import { checkAnnounce } from './announce-checks.js';
import { checkChannels } from './channel-checks.js';
import { checkCron } from './cron.js';
import { crossCheck, type LabelKnowledge, readListKey, readSectionKey, type TopicKnowledge } from './cross-checks.js';
import { checkEditorRules, type ExpressionKnowledge } from './editor-rules.js';
import { createStandIn, selectToleratedProblems, type ToleratedVariables } from './environment.js';
import { type ConfigReading, type ConfigText, type Env, readConfig } from './files.js';
import { findOverlaps, type SiteFolders } from './folders.js';
import { findSiteRoot, STORE_FILE } from './paths.js';
import { resolveSettings } from './resolve-settings.js';
import { markUnmodified } from './settings-cache.js';
import { checkShape } from './shape.js';
import { listIneffectiveKeys } from './without-effect.js';

/**
 * Relative paths start at the site's root: the folder of the config file, or its parent if that folder is called
 * `config`. Included files are relative to the config file.
 * @param configPath Problems name files in the same form.
 * @param env Source of `${NAME}`. Messages never contain its values.
 * @param spared Variables that may be missing. Reserved addresses replace them.
 * @throws ConfigError CONFIG_MISSING: file not found. CONFIG_INVALID: `problems` lists all problems in file order.
 */
export async function loadSettings(
  configPath: string,
  env: Env,
  knowledge: TopicKnowledge & LabelKnowledge & ExpressionKnowledge,
  reading: ConfigReading = {},
  spared: ToleratedVariables = 'nothing',
): Promise<Settings> {
  const asWritten = await readConfig(configPath, env, reading);
  const unset = selectToleratedProblems(asWritten.problems, spared);
  const text = unset.length === 0 ? asWritten : await readConfig(configPath, addStandIns(env, unset), reading);
  if (text.value === null) throw createConfigError(configPath, text.problems);
  const { config, problems } = checkShape(text);
  const folders = await checkFolders(text, configPath);
  const rules = [
    ...crossCheck(text, knowledge),
    ...checkAnnounce(text, knowledge),
    ...checkChannels(text, knowledge),
    ...(await checkEditorRules(text, knowledge)),
  ];
  const found = [...text.problems, ...problems, ...rules, ...checkCron(text), ...folders];
  // A problem of a stand-in means that its variable is missing.
  const reported = found.map((one) => unset.find(({ path }) => path === one.path) ?? one);
  if (reported.length > 0 || config === null) throw createConfigError(configPath, reported);
  const settings = resolveSettings(config, {
    configPath,
    text,
    knowledge,
    withoutEffect: listIneffectiveKeys(text.value, config),
  });
  if (unset.length > 0) return spared === 'announced' ? settings : { ...settings, unset };
  return markUnmodified(settings);
}

function addStandIns(env: Env, unset: readonly ConfigProblem[]): Env {
  const standIns = unset.map(({ unset: name = '', path }) => [
    name,
    createStandIn(name, path === 'store.url' ? 'postgres' : 'https'),
  ]);
  return { ...env, ...Object.fromEntries(standIns) };
}

function createConfigError(configPath: string, problems: readonly ConfigProblem[]): ConfigError {
  return new ConfigError('CONFIG_INVALID', sortByFile(configPath, problems));
}

/** One problem per place and path. An unset environment variable hides other problems of its value. */
function sortByFile(configPath: string, problems: readonly ConfigProblem[]): ConfigProblem[] {
  const first = new Map<string, ConfigProblem>();
  for (const one of problems) {
    const key = `${one.file}:${one.line}:${one.column} ${one.path}`;
    if (!first.has(key)) first.set(key, one);
  }
  const rank = (one: ConfigProblem) => (one.file === configPath ? 0 : 1);
  return [...first.values()].sort(
    (a, b) => rank(a) - rank(b) || compareText(a.file, b.file) || a.line - b.line || a.column - b.column,
  );
}

/** Only `publish.templates` must exist. Folders for output are created. */
async function checkFolders(text: ConfigText, configPath: string): Promise<ConfigProblem[]> {
  const root = findSiteRoot(configPath);
  const { dir = 'feeds', templates } = readSectionKey(text.value, 'publish');
  const { path = STORE_FILE } = readSectionKey(text.value, 'store');
  if (typeof dir !== 'string' || typeof path !== 'string') return [];
  const theme = typeof templates === 'string' ? resolve(root, templates) : null;
  const folders: SiteFolders = {
    root,
    configFiles: text.files.map((file) => resolve(file)),
    publishDir: resolve(root, dir),
    templates: theme,
    storePath: resolve(root, path),
    own: listOwnPaths(text.value).map(([index, own]) => [index, resolve(root, own)] as const),
  };
  const problems = (await findOverlaps(folders)).map(({ key, message }) => text.problem(key, message));
  const found = theme === null || (await stat(theme).catch(() => null))?.isDirectory();
  if (found) return problems;
  const written = text.written(['publish', 'templates']);
  const shown = written?.includes('${') ? written : theme;
  return [...problems, text.problem(['publish', 'templates'], `no such folder (${shown})`)];
}

function listOwnPaths(value: unknown): [number, string][] {
  return readListKey(value, 'sources').flatMap((source, index): [number, string][] =>
    isRecord(source) && typeof source.path === 'string' ? [[index, source.path]] : [],
  );
}
