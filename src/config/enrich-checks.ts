/** What is wrong with commands that enrich articles beyond their shape. */

import type { ConfigProblem } from '../model/errors.js';
import { isRecord } from '../text/record.js';
import { listAt, textAt } from './cross-checks.js';
import { commandName } from './enrich-schema.js';
import { type ConfigText, formatPath } from './files.js';
import type { Path } from './yaml.js';

/** Accepts values of any shape, as `crossCheck` does. */
export function checkEnrich(text: ConfigText): ConfigProblem[] {
  const first = new Map<string, Path>();
  return listAt(text.value, 'enrich').flatMap((command, index) => {
    if (!isRecord(command)) return [];
    const path: Path = ['enrich', index];
    return [...repeatedName(text, command, path, first), ...misfits(text, command, path)];
  });
}

type Written = Readonly<Record<string, unknown>>;

function repeatedName(text: ConfigText, command: Written, path: Path, first: Map<string, Path>): ConfigProblem[] {
  const name = textAt(command, 'name') ?? commandName(command.run);
  if (name === '')
    return 'run' in command && Array.isArray(command.run)
      ? [text.problem([...path, 'run'], 'it names no program')]
      : [];
  const before = first.get(name);
  if (before === undefined) {
    first.set(name, path);
    return [];
  }
  const at = 'name' in command ? [...path, 'name'] : path;
  const advice = 'name' in command ? '' : '; give it a `name` of its own';
  return [text.problem(at, `the name "${name}" is that of ${formatPath(before)} already${advice}`)];
}

/** What it is asked for must be among what it is given, and topics are neither shown nor written in a language. */
function misfits(text: ConfigText, command: Written, path: Path): ConfigProblem[] {
  const { as, of } = command;
  const texts = ['title', 'summary', 'content'];
  const given = Array.isArray(of) ? of : texts;
  const nothing = as === 'translation' && given.length > 0 && !given.some((field) => texts.includes(field));
  const alien = as === 'topics' ? ['show', 'language'].filter((key) => key in command) : [];
  return [
    ...(nothing ? [text.problem([...path, 'of'], 'nothing to translate: name title, summary or content')] : []),
    ...alien.map((key) => text.problem([...path, key], 'not with as: topics', 'key')),
  ];
}
