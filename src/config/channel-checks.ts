/** What is wrong with channels, languages, digests and the questions of commands beyond their shape. */

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
import type { ConfigText } from './files.js';
import type { Path } from './yaml.js';

/** Accepts values of any shape, as `crossCheck` does. */
export function checkChannels(text: ConfigText, knowledge: TopicKnowledge): ConfigProblem[] {
  const known = knownIds(text, knowledge);
  const channels = namedIn(text.value, 'channels', () => undefined);
  const digests = namedIn(text.value, 'digests', () => undefined);
  const commands = namedIn(text.value, 'enrich', () => undefined);
  return [
    ...repeated(text, channels),
    ...takenFormerly(text, channels),
    ...repeated(text, digests),
    ...repeatedLanguages(text),
    ...channels.flatMap((channel) => problemsOfQuestion(text, channel, 'where', known)),
    ...commands.flatMap((command) => problemsOfQuestion(text, command, 'when', known)),
    ...digests.flatMap((digest) => unknownOf(text, digest, known)),
  ];
}

function repeatedLanguages(text: ConfigText): ConfigProblem[] {
  const tags = listAt(text.value, 'languages').map((tag) => String(tag).toLowerCase());
  return tags.flatMap((tag, i) =>
    tags.indexOf(tag) === i ? [] : [text.problem(['languages', i], 'this language stands here twice')],
  );
}

/** `key`: where the question stands: in a channel, or at a command of `enrich`, which may be asked of every article. */
function problemsOfQuestion(
  text: ConfigText,
  { value, path }: Keyed,
  key: 'where' | 'when',
  known: KnownIds,
): ConfigProblem[] {
  const where = value[key];
  if (!isRecord(where)) return [];
  const at = [...path, key];
  const empty =
    key === 'where' && asksNothing(where) && !('not' in where && isRecord(where.not) && !asksNothing(where.not));
  const parts: [Path, unknown][] = [
    [at, where],
    [[...at, 'not'], where.not],
  ];
  return [
    ...(empty ? [text.problem(at, 'a question without a condition has every article: that is the channel all')] : []),
    ...parts.flatMap(([where, part]) => [
      ...unknownIds(text, where, part, 'topics', known),
      ...unknownIds(text, where, part, 'sources', known),
    ]),
  ];
}

/** Not one with a mistake in it, which is told apart. */
function asksNothing(part: Readonly<Record<string, unknown>>): boolean {
  const isEmpty = (value: unknown): boolean =>
    Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.values(value).every(isEmpty);
  return Object.entries(part).every(([key, value]) => key === 'not' || isEmpty(value));
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

/** A digest is made of a channel that there is. */
function unknownOf(text: ConfigText, { value, path }: Keyed, known: KnownIds): ConfigProblem[] {
  const [folder, id] = (textAt(value, 'of') ?? '').split('/');
  const at = [...path, 'of'];
  if (id === undefined) return [];
  if (folder === 'topics' || folder === 'sources' || folder === 'channels')
    return unknownId(text, at, folder, id, known);
  const languages = listAt(text.value, 'languages').map((tag) => String(tag).toLowerCase());
  if (folder !== 'language' || languages.includes(id.toLowerCase())) return [];
  return [text.problem(at, `the language "${id}" is not one of \`languages\``)];
}
