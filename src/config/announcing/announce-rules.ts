/** Rules about `announce:` beyond the schema: ids, keys of each kind, secrets, and what is announced. */

import { targets } from '../../announce/targets.js';
import type { ConfigProblem } from '../../model/errors.js';
import { isRecord } from '../../text/record.js';
import { type ConfigText, formatPath } from '../files.js';
import { didYouMean } from '../suggest.js';
import type { Path } from '../yaml.js';

/** Known channels, by folder. */
export interface ChannelIds {
  readonly topics: readonly string[];
  readonly sources: readonly string[];
}

const KEYS = ['token', 'account', 'secret'] as const;

/** Accepts values of any shape: what is wrong with these is the schema's concern. */
export function checkAnnounce(text: ConfigText, known: ChannelIds): ConfigProblem[] {
  const config = isRecord(text.value) ? text.value : {};
  const list = Array.isArray(config.announce) ? config.announce : [];
  const first = new Map<string, Path>();
  return list.flatMap((target, index) => {
    if (!isRecord(target)) return [];
    const path: Path = ['announce', index];
    return [
      ...repeatedId(text, target, path, first),
      ...keysOfKind(text, target, path),
      ...unknownChannels(text, target, path, { ...known, channels: idsIn(config.channels), config }),
    ];
  });
}

type Target = Readonly<Record<string, unknown>>;

function repeatedId(text: ConfigText, target: Target, path: Path, first: Map<string, Path>): ConfigProblem[] {
  const id = target.id ?? target.to;
  if (typeof id !== 'string') return [];
  const before = first.get(id);
  if (before === undefined) {
    first.set(id, path);
    return [];
  }
  const advice = target.id === undefined ? '; give it one of its own' : '';
  const at = target.id === undefined ? path : [...path, 'id'];
  return [text.problem(at, `the id "${id}" is that of ${formatPath(before)} already${advice}`)];
}

function keysOfKind(text: ConfigText, target: Target, path: Path): ConfigProblem[] {
  const kind = targets.find(({ name }) => name === target.to);
  if (kind === undefined) return [];
  const given = KEYS.filter((key) => key in target);
  const alien = given.filter((key) => kind.keys[key] === undefined);
  const missing = KEYS.filter(
    (key) => kind.keys[key] !== undefined && kind.keys[key] !== 'optional secret' && !(key in target),
  );
  const open = ([...given, 'url'] as const).filter(
    (key) => kind.keys[key]?.includes('secret') && key in target && !text.written([...path, key])?.includes('${'),
  );
  return [
    ...alien.map((key) => text.problem([...path, key], `not with to: ${target.to}`, 'key')),
    ...missing.map((key) => text.problem([...path, key], 'required, but missing')),
    // Without the value: it may be the secret.
    ...open.map((key) => text.problem([...path, key], `a secret: write \${NAME}, and set NAME in the environment`)),
  ];
}

interface Announceable extends ChannelIds {
  readonly channels: readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
}

function unknownChannels(text: ConfigText, target: Target, path: Path, known: Announceable): ConfigProblem[] {
  const { publish } = known.config;
  const isOff = (key: string) => isRecord(publish) && publish[key] === false;
  const names = Array.isArray(target.of) ? target.of : [];
  return names.flatMap((name, index) => {
    const at = [...path, 'of', index];
    const [folder, id] = typeof name === 'string' ? name.split('/') : [];
    if (folder === 'stories' && isOff('stories')) return [text.problem(at, 'not published: publish.stories is false')];
    if (folder === 'sources' && isOff('perSource'))
      return [text.problem(at, 'not published: publish.perSource is false')];
    if (id === undefined || (folder !== 'topics' && folder !== 'sources' && folder !== 'channels')) return [];
    if (folder !== 'channels' && text.unread.has(folder)) return [];
    if (known[folder].includes(id)) return [];
    return [text.problem(at, `no ${folder.slice(0, -1)} has the id "${id}"${didYouMean(id, known[folder])}`)];
  });
}

function idsIn(list: unknown): string[] {
  return Array.isArray(list) ? list.flatMap((one) => (isRecord(one) && typeof one.id === 'string' ? one.id : [])) : [];
}
