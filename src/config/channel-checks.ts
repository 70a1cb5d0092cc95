/** Checks channels, languages, digests and the conditions of commands beyond their shape. */

import type { ConfigProblem } from '../model/errors.js';
import { isRecord } from '../text/record.js';
import {
  type Keyed,
  type KnownIds,
  knownIds,
  listAt,
  namedIn,
  repeated,
  type TopicKnowledge,
  takenFormerly,
  textAt,
  unknownId,
} from './cross-checks.js';
import { commandName } from './enrich-schema.js';
import type { ConfigText } from './files.js';
import type { Path } from './yaml.js';

export function checkChannels(text: ConfigText, knowledge: TopicKnowledge): ConfigProblem[] {
  const known = knownIds(text, knowledge);
  const channels = namedIn(text.value, 'channels', () => undefined);
  const digests = namedIn(text.value, 'digests', () => undefined);
  const commands = namedIn(text.value, 'enrich', ({ run }) => commandName(run) || undefined, 'name');
  return [
    ...repeated(text, channels),
    ...takenFormerly(text, channels),
    ...repeated(text, digests),
    ...repeated(text, commands, 'name'),
    ...channels.flatMap((channel) => problemsOfQuestion(text, channel, 'where', known)),
    ...commands.flatMap((command) => problemsOfQuestion(text, command, 'when', known)),
    ...digests.flatMap((digest) => unknownOf(text, digest, known)),
  ];
}

/** `key`: `where` of a channel, `when` of a command in `enrich`. */
function problemsOfQuestion(
  text: ConfigText,
  { value, path }: Keyed,
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
    ...unknownIds(text, at, part, 'topics', known),
    ...unknownIds(text, at, part, 'sources', known),
  ]);
}

function unknownIds(
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
  return named.flatMap(([at, id]) => (typeof id === 'string' ? unknownId(text, at, key, id, known) : []));
}

function unknownOf(text: ConfigText, { value, path }: Keyed, known: KnownIds): ConfigProblem[] {
  const [folder, id] = (textAt(value, 'of') ?? '').split('/');
  const at = [...path, 'of'];
  if (id === undefined) return [];
  if (folder === 'topics' || folder === 'sources' || folder === 'channels')
    return unknownId(text, at, folder, id, known);
  const languages = listAt(text.value, 'languages').map((tag) => String(tag).toLowerCase());
  if (folder !== 'language' || languages.includes(id.toLowerCase())) return [];
  return [text.problem(at, `the language "${id}" is not in \`languages\``)];
}
