/** Config keys that are accepted but have no effect yet. Remove a row when its feature is built. */
import { isRecord } from '../text/record.js';
import type { WrittenConfig } from './schema.js';

type EffectRow = readonly [path: string, when: (config: WrittenConfig) => boolean];

const WITHOUT_EFFECT: readonly EffectRow[] = [
  ['store.path', ({ store }) => store.kind !== 'sqlite'],
  ['store.url', ({ store }) => store.kind !== 'postgres'],
  ['store.schema', ({ store }) => store.kind !== 'postgres'],
  ['publish.link', ({ publish }) => publish.link === 'section' && !publish.formats.includes('html')],
  ['publish.embed', ({ publish }) => publish.embed.length > 0 && !publish.formats.includes('html')],
  ['publish.search', ({ publish }) => publish.search && !publish.formats.includes('html')],
  ['publish.script', ({ publish }) => publish.script && !publish.formats.includes('html')],
  ['publish.templates', ({ publish }) => !publish.formats.includes('html')],
];

/** `written`: the config before defaults were filled in. */
export function listIneffectiveKeys(written: unknown, config: WrittenConfig): string[] {
  return WITHOUT_EFFECT.filter(([path, when]) => isSet(written, path) && when(config)).map(([path]) => path);
}

function isSet(written: unknown, path: string): boolean {
  const value = path.split('.').reduce<unknown>((one, key) => (isRecord(one) ? one[key] : undefined), written);
  return value !== undefined;
}
