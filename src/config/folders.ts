/** Checks that folders named in the config exist. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ConfigProblem } from '../model/errors.js';
import { type ConfigText, isRecord } from './files.js';
import { rootOf } from './paths.js';

/** Only `publish.templates` must exist; folders that we write to are created. */
export async function checkFolders(text: ConfigText, configPath: string): Promise<ConfigProblem[]> {
  const publish = isRecord(text.value) && isRecord(text.value.publish) ? text.value.publish : {};
  if (typeof publish.templates !== 'string') return [];
  const path = resolve(rootOf(configPath), publish.templates);
  const found = await stat(path).catch(() => null);
  const written = text.written(['publish', 'templates']);
  const shown = written?.includes('${') ? written : path;
  return found?.isDirectory() ? [] : [text.problem(['publish', 'templates'], `no such folder (${shown})`)];
}
