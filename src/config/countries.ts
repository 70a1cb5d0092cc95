/** Names of countries, for the ids and labels of ready-made topics. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

let names: Readonly<Record<string, string | readonly string[]>> | undefined;

/** The English name of an ISO 3166-1 alpha-2 code; null: no country has it. */
export function countryName(code: string): string | null {
  // One language of the package's eighty, read when the first place is asked for.
  names ??= JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve('i18n-iso-countries/langs/en.json'), 'utf8'),
  ).countries;
  const name = Object.hasOwn(names!, code) ? names![code] : undefined;
  return typeof name === 'string' ? name : (name?.[0] ?? null);
}

/** `KP` → `north-korea`. */
export function topicIdOf(code: string): string | undefined {
  const plain = countryName(code)
    ?.normalize('NFKD')
    .toLowerCase()
    .replace(/['’\p{M}]/gu, '');
  return plain?.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}
