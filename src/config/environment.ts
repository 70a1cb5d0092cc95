/** Tracks config values from the environment and keeps them out of the output. */

import type { ConfigProblem } from '../model/errors.js';

export interface EnvironmentValue {
  /** Path in the config: `sources[3].url`. */
  readonly key: string;
  readonly name: string;
  readonly value: string;
}

/** Redacting shorter values would make messages unreadable. */
const SHORTEST = 3;
/** Outside addresses and headers, shorter values are ordinary words such as `feeds` or `8080`. */
const SHORTEST_ELSEWHERE = 8;

const PUBLISHED = /^(?:site|topics|stories|credits)\b|^sources\[\d+\]\.(?:id|title|topics)\b/;
const ANNOUNCED = /^announce\[\d+\]\.(?:url|token|secret)$|^enrich\[\d+\]\.env\b/;
const ADDRESSES = new RegExp(
  `^(?:sources|groups)\\[\\d+\\]\\.(?:url|feeds|headers|proxy)\\b|^store\\.url$|^publish\\.hub$|${ANNOUNCED.source}`,
);

/** The missing variables that a command tolerates. `announced`: it only fetches sources. */
export type ToleratedVariables = 'nothing' | 'announced' | 'sent' | 'sent and stored';

/** Reserved by RFC 2606: requests to it never succeed. */
const RESERVED_HOST = 'unread.invalid';

/** `${DATABASE_URL}` → `DATABASE_URL`; null if the value contains anything else. */
export function parseVariableReference(written: string | undefined): string | null {
  return /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(written ?? '')?.[1] ?? null;
}

export function createStandIn(name: string, kind: 'https' | 'postgres' = 'https'): string {
  return `${kind}://${RESERVED_HOST}/${name}`;
}

export function containsStandIn(value: unknown): boolean {
  return JSON.stringify(value)?.includes(RESERVED_HOST) === true;
}

/** Writes placeholders as in the config: `${TOKEN}`. */
export function nameStandIns(text: string): string {
  return text.replace(/\w+:\/\/unread\.invalid\/(\w+)\/?/g, (_, name) => `\${${name}}`);
}

/** Problems that the command tolerates: of variables that other keys do not need. */
export function selectToleratedProblems(
  problems: readonly ConfigProblem[],
  spared: ToleratedVariables,
): readonly ConfigProblem[] {
  const isTolerated = ({ path }: ConfigProblem) =>
    spared !== 'nothing' &&
    (spared === 'announced' ? ANNOUNCED : ADDRESSES).test(path) &&
    (spared === 'sent and stored' || path !== 'store.url');
  const needed = new Set(problems.filter((one) => !isTolerated(one)).map(({ unset }) => unset));
  return problems.filter(({ unset }) => unset !== undefined && !needed.has(unset));
}

/** Every form of the values to redact, longest first. */
export function listSecrets(filled: readonly EnvironmentValue[]): string[] {
  return listForms(
    filled.filter(
      ({ key, value }) => ADDRESSES.test(key) || (!PUBLISHED.test(key) && value.length >= SHORTEST_ELSEWHERE),
    ),
  );
}

export function listAddressSecrets(filled: readonly EnvironmentValue[], index: number): string[] {
  return listForms(
    filled.filter(({ key }) => key === `sources[${index}].url` || key.startsWith(`sources[${index}].feeds[`)),
  );
}

export function redactValues(message: string, filled: readonly EnvironmentValue[]): string {
  const shown = [...filled].sort((a, b) => b.value.length - a.value.length);
  return shown.reduce(
    (one, { name, value }) =>
      listForms([{ value }]).reduce((text, form) => text.replaceAll(form, () => `\${${name}}`), one),
    message,
  );
}

/** A message may quote a value as it is, as part of an address, or as a path without a trailing slash. */
function listForms(filled: readonly Pick<EnvironmentValue, 'value'>[]): string[] {
  const forms = filled.flatMap(({ value }) => {
    const [path = ''] = value.split(/[?#]/);
    const bare = [value, value.trim(), path, path.replace(/^https?:\/\//i, '').replace(/^[^/]*@/, '')];
    const all = bare.flatMap((one) => [one, encodeURI(one.toWellFormed()), encodeURIComponent(one.toWellFormed())]);
    return all.flatMap((one) => [one, one.replace(/^[/.]+|\/+$/g, '')]).flatMap((one) => [one, one.toLowerCase()]);
  });
  return [...new Set(forms)].filter((one) => one.length >= SHORTEST).sort((a, b) => b.length - a.length);
}
