/** Values that a config took from the environment, and how to keep them out of what is printed. */

import type { ConfigProblem } from '../model/errors.js';

/** A value of a config that `${name}` in it stood for. */
export interface EnvironmentValue {
  /** Where it stands: `sources[3].url`. */
  readonly key: string;
  readonly name: string;
  readonly value: string;
}

/** Shorter values say nothing by themselves, and would hide half of every message. */
const SHORTEST = 3;
/** Elsewhere than in addresses and headers of sources and backends, a short value is an ordinary word: `feeds`, `8080`. */
const SHORTEST_ELSEWHERE = 8;

/** What readers see anyway. */
const PUBLISHED = /^(?:site|topics|stories|credits)\b|^sources\[\d+\]\.(?:id|title|topics)\b/;
const ANNOUNCED = /^announce\[\d+\]\.(?:url|token|secret)$|^enrich\[\d+\]\.env\b/;
const ADDRESSES = new RegExp(
  `^sources\\[\\d+\\]\\.(?:url|feeds|headers|proxy)\\b|^store\\.url$|^publish\\.hub$|${ANNOUNCED.source}`,
);

/** What a command does without, of the values that only what is sent and stored needs; `announced`: it asks sources all the same, and runs no program. */
export type Spared = 'nothing' | 'announced' | 'sent' | 'sent and stored';

/** Reserved (RFC 2606): nobody answers there. */
const NOBODY = 'unread.invalid';

/** `${DATABASE_URL}` → `DATABASE_URL`; null: it is not all of what is written. */
export function variableOf(written: string | undefined): string | null {
  return /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(written ?? '')?.[1] ?? null;
}

/** An address in place of a value that was not read. */
export function standInFor(name: string, kind: 'https' | 'postgres' = 'https'): string {
  return `${kind}://${NOBODY}/${name}`;
}

/** Whether a value that was not read is part of it. */
export function needsUnread(value: unknown): boolean {
  return JSON.stringify(value)?.includes(NOBODY) === true;
}

/** The problems that a command can do without: of variables that stand nowhere else. */
export function sparedProblems(problems: readonly ConfigProblem[], spared: Spared): readonly ConfigProblem[] {
  const isSpared = ({ path }: ConfigProblem) =>
    spared !== 'nothing' &&
    (spared === 'announced' ? ANNOUNCED : ADDRESSES).test(path) &&
    (spared === 'sent and stored' || path !== 'store.url');
  const needed = new Set(problems.filter((one) => !isSpared(one)).map(({ unset }) => unset));
  return problems.filter(({ unset }) => unset !== undefined && !needed.has(unset));
}

/** Every value that must not be printed, in each form that it may take. The longest first. */
export function secretsOf(filled: readonly EnvironmentValue[]): string[] {
  return formsOf(
    filled.filter(
      ({ key, value }) => ADDRESSES.test(key) || (!PUBLISHED.test(key) && value.length >= SHORTEST_ELSEWHERE),
    ),
  );
}

/** Those in the address of one source. */
export function secretsInAddress(filled: readonly EnvironmentValue[], index: number): string[] {
  return formsOf(
    filled.filter(({ key }) => key === `sources[${index}].url` || key.startsWith(`sources[${index}].feeds[`)),
  );
}

/** The message with the names in place of the values. */
export function namesForValues(message: string, filled: readonly EnvironmentValue[]): string {
  const shown = [...filled].sort((a, b) => b.value.length - a.value.length);
  return shown.reduce(
    (one, { name, value }) =>
      formsOf([{ value }]).reduce((text, form) => text.replaceAll(form, () => `\${${name}}`), one),
    message,
  );
}

/** A message quotes a value as it is, as part of an address, or as a path without the slash at its end. */
function formsOf(filled: readonly Pick<EnvironmentValue, 'value'>[]): string[] {
  const forms = filled.flatMap(({ value }) => {
    const [path = ''] = value.split(/[?#]/);
    const bare = [value, value.trim(), path, path.replace(/^https?:\/\//i, '').replace(/^[^/]*@/, '')];
    const all = bare.flatMap((one) => [one, encodeURI(one.toWellFormed()), encodeURIComponent(one.toWellFormed())]);
    return all.flatMap((one) => [one, one.replace(/^[/.]+|\/+$/g, '')]).flatMap((one) => [one, one.toLowerCase()]);
  });
  return [...new Set(forms)].filter((one) => one.length >= SHORTEST).sort((a, b) => b.length - a.length);
}
