/** What is wrong with channels, languages, digests and the questions of commands beyond their shape. */

import type { ConfigProblem } from '../../model/errors.js';
import { isRecord } from '../../text/record.js';
import type { ConfigText } from '../files.js';
import {
  idsOf,
  type Keyed,
  listAt,
  namedIn,
  namedParts,
  repeated,
  type TopicKnowledge,
  takenFormerly,
  textAt,
  unknown,
} from '../rules.js';
import type { Path } from '../yaml.js';

/** Accepts values of any shape, as `checkRules` does. */
export function checkChannels(text: ConfigText, knowledge: TopicKnowledge): ConfigProblem[] {
  const { sources, topics } = namedParts(text, knowledge);
  const channels = namedIn(text.value, 'channels', () => undefined);
  const digests = namedIn(text.value, 'digests', () => undefined);
  const commands = namedIn(text.value, 'enrich', () => undefined);
  const known = {
    topics: text.unread.has('topics') ? null : idsOf(topics),
    sources: text.unread.has('sources') ? null : idsOf(sources),
    channels: idsOf(channels),
    language: listAt(text.value, 'languages').filter((tag) => typeof tag === 'string'),
  };
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

interface Known {
  /** null: their file could not be read. */
  readonly topics: readonly string[] | null;
  readonly sources: readonly string[] | null;
  readonly channels: readonly string[];
  readonly language: readonly string[];
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
  known: Known,
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
      ...unknownIds(text, where, part, 'topics', 'topic', known.topics),
      ...unknownIds(text, where, part, 'sources', 'source', known.sources),
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
  what: string,
  known: readonly string[] | null,
): ConfigProblem[] {
  const given = isRecord(part) ? part[key] : undefined;
  const named: [Path, unknown][] = Array.isArray(given)
    ? given.map((id, i): [Path, unknown] => [[...path, key, i], id])
    : [[[...path, key], given]];
  return named.flatMap(([at, id]) =>
    known === null || typeof id !== 'string' || known.includes(id) ? [] : [unknown(text, at, what, id, known)],
  );
}

const FOLDERS = { topics: 'topic', sources: 'source', channels: 'channel', language: 'language' } as const;

/** A digest is made of a channel that there is. */
function unknownOf(text: ConfigText, { value, path }: Keyed, known: Known): ConfigProblem[] {
  const [folder = '', id] = (textAt(value, 'of') ?? '').split('/');
  if (id === undefined || !Object.hasOwn(FOLDERS, folder)) return [];
  const ids = known[folder as keyof Known];
  if (ids === null || ids.some((one) => one.toLowerCase() === id.toLowerCase())) return [];
  const what = FOLDERS[folder as keyof typeof FOLDERS];
  if (folder === 'language') return [text.problem([...path, 'of'], `the language "${id}" is not one of \`languages\``)];
  return [unknown(text, [...path, 'of'], what, id, ids)];
}
