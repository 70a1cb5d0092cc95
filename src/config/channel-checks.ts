/** Checks channels, languages, digests and the conditions of commands beyond their shape. */

import type { ConfigProblem } from '../model/errors.js';
import { isRecord } from '../text/record.js';
import {
  type ConfigEntry,
  checkReference,
  collectKnownIds,
  findDuplicateIds,
  findTakenFormerIds,
  type KnownIds,
  listEntries,
  readListKey,
  readTextKey,
  type TopicKnowledge,
} from './cross-checks.js';
import { deriveCommandName } from './enrich-schema.js';
import type { ConfigText } from './files.js';
import type { Path } from './yaml.js';

export function checkChannels(text: ConfigText, knowledge: TopicKnowledge): ConfigProblem[] {
  const known = collectKnownIds(text, knowledge);
  const channels = listEntries(text.value, 'channels', () => undefined);
  const digests = listEntries(text.value, 'digests', () => undefined);
  const commands = listEntries(text.value, 'enrich', ({ run }) => deriveCommandName(run) || undefined, 'name');
  return [
    ...findDuplicateIds(text, channels),
    ...findTakenFormerIds(text, channels),
    ...findDuplicateIds(text, digests),
    ...findDuplicateIds(text, commands, 'name'),
    ...channels.flatMap((channel) => checkConditions(text, channel, 'where', known)),
    ...commands.flatMap((command) => checkConditions(text, command, 'when', known)),
    ...digests.flatMap((digest) => checkDigestChannel(text, digest, known)),
  ];
}

/** `key`: `where` of a channel, `when` of a command in `enrich`. */
function checkConditions(
  text: ConfigText,
  { value, path }: ConfigEntry,
  key: 'where' | 'when',
  known: KnownIds,
): ConfigProblem[] {
  const where = value[key];
  if (!isRecord(where)) return [];
  const parts: [Path, unknown][] = [
    [[...path, key], where],
    [[...path, key, 'not'], where.not],
  ];
  return parts.flatMap(([at, part]) => [
    ...findUnknownIds(text, at, part, 'topics', known),
    ...findUnknownIds(text, at, part, 'sources', known),
  ]);
}

function findUnknownIds(
  text: ConfigText,
  path: Path,
  part: unknown,
  key: 'topics' | 'sources',
  known: KnownIds,
): ConfigProblem[] {
  const given = isRecord(part) ? part[key] : undefined;
  const named: [Path, unknown][] = Array.isArray(given)
    ? given.map((id, i): [Path, unknown] => [[...path, key, i], id])
    : [[[...path, key], given]];
  return named.flatMap(([at, id]) => (typeof id === 'string' ? checkReference(text, at, key, id, known) : []));
}

function checkDigestChannel(text: ConfigText, { value, path }: ConfigEntry, known: KnownIds): ConfigProblem[] {
  const [folder, id] = (readTextKey(value, 'of') ?? '').split('/');
  const at = [...path, 'of'];
  if (id === undefined) return [];
  if (folder === 'topics' || folder === 'sources' || folder === 'channels')
    return checkReference(text, at, folder, id, known);
  const languages = readListKey(text.value, 'languages').map((tag) => String(tag).toLowerCase());
  if (folder !== 'language' || languages.includes(id.toLowerCase())) return [];
  return [text.problem(at, `the language "${id}" is not in \`languages\``)];
}
