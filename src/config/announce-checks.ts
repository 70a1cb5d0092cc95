/** Checks `announce` beyond the schema: ids, keys of each kind, secrets, and channels. */
import { targets } from '../announce/targets.js';
import type { ConfigProblem } from '../model/errors.js';
import {
  type ConfigEntry,
  checkReference,
  collectKnownIds,
  findDuplicateIds,
  type KnownIds,
  listEntries,
  readListKey,
  readSectionKey,
  readTextKey,
  type TopicKnowledge,
} from './cross-checks.js';
import type { ConfigText } from './files.js';

const KEYS = ['token', 'account', 'secret', 'retry'] as const;

export function checkAnnounce(text: ConfigText, knowledge: TopicKnowledge): ConfigProblem[] {
  const known = collectKnownIds(text, knowledge);
  const announced = listEntries(text.value, 'announce', (target) => readTextKey(target, 'to'));
  return [
    ...findDuplicateIds(text, announced),
    ...announced.flatMap((target) => [...checkTargetKeys(text, target), ...findUnknownChannels(text, target, known)]),
  ];
}

function checkTargetKeys(text: ConfigText, { value: target, path }: ConfigEntry): ConfigProblem[] {
  const kind = targets.find(({ name }) => name === target.to);
  if (kind === undefined) return [];
  const given = KEYS.filter((key) => key in target);
  const alien = given.filter((key) => kind.keys[key] === undefined);
  const missing = KEYS.filter(
    (key) => kind.keys[key] !== undefined && !kind.keys[key].startsWith('optional') && !(key in target),
  );
  const open = ([...given, 'url'] as const).filter(
    (key) => kind.keys[key]?.includes('secret') && key in target && !text.written([...path, key])?.includes('${'),
  );
  return [
    ...alien.map((key) => text.problem([...path, key], `not allowed with to: ${target.to}`, 'key')),
    ...missing.map((key) => text.problem([...path, key], 'required, but missing')),
    // Never quotes the value, because it may be the secret.
    ...open.map((key) =>
      text.problem(
        [...path, key],
        `must not contain the secret itself: write \${NAME} and set NAME in the environment`,
      ),
    ),
  ];
}

function findUnknownChannels(text: ConfigText, { value, path }: ConfigEntry, known: KnownIds): ConfigProblem[] {
  const publish = readSectionKey(text.value, 'publish');
  const isOff = (key: string) => publish[key] === false;
  const names = readListKey(value, 'of');
  return names.flatMap((name, index) => {
    const at = [...path, 'of', index];
    const [folder, id] = typeof name === 'string' ? name.split('/') : [];
    if (folder === 'stories' && isOff('stories'))
      return [text.problem(at, 'not published, because publish.stories is false')];
    if (folder === 'sources' && isOff('perSource'))
      return [text.problem(at, 'not published, because publish.perSource is false')];
    if (id === undefined || (folder !== 'topics' && folder !== 'sources' && folder !== 'channels')) return [];
    return checkReference(text, at, folder, id, known);
  });
}
