/** Config keys that are accepted but have no effect yet. Remove a row when its feature is built. */
import { backends } from '../store/backends.js';
import { isRecord } from './files.js';
import type { WrittenConfig } from './schema.js';

type EffectRow = readonly [path: string, when: (config: WrittenConfig) => boolean];

const WITHOUT_EFFECT: readonly EffectRow[] = [
  ['store.kind', ({ store }) => !isBuilt(store.kind)],
  ['store.url', () => !isBuilt('postgres')],
  ['publish.link', ({ publish }) => publish.link === 'section' && !publish.formats.includes('html')],
  ['publish.templates', ({ publish }) => !publish.formats.includes('html')],
];

/** Paths of such keys in the config. `written`: before defaults were filled in. */
export function withoutEffect(written: unknown, config: WrittenConfig): string[] {
  return WITHOUT_EFFECT.filter(([path, when]) => isSet(written, path) && when(config)).map(([path]) => path);
}

function isSet(written: unknown, path: string): boolean {
  const value = path.split('.').reduce<unknown>((one, key) => (isRecord(one) ? one[key] : undefined), written);
  return value !== undefined;
}

/** Other backends fall back to sqlite. */
export function isBuilt(backend: string): boolean {
  return backend === 'sqlite' || backends.some((one) => one.name === backend);
}
