/** Keys that the config accepts and that do nothing yet. A feature that lands takes its row away. */
import { backends } from '../store/backends.js';
import type { WrittenConfig } from './schema.js';

type Row = readonly [path: string, stands: (config: WrittenConfig) => boolean];

const ROWS: readonly Row[] = [
  ['store.kind', ({ store }) => !isBuilt(store.kind)],
  ['store.url', ({ store }) => store.url !== undefined && !isBuilt('postgres')],
  ['publish.failures', ({ publish }) => publish.failures],
  ['publish.hub', ({ publish }) => publish.hub !== undefined],
  ['publish.link', ({ publish }) => publish.link === 'section'],
  ['publish.templates', ({ publish }) => publish.templates !== undefined],
];

/** Their paths, as the editor set them. */
export function withoutEffect(config: WrittenConfig): string[] {
  return ROWS.filter(([, stands]) => stands(config)).map(([path]) => path);
}

/** sqlite is what every other falls back to. */
export function isBuilt(backend: string): boolean {
  return backend === 'sqlite' || backends.some((one) => one.name === backend);
}
