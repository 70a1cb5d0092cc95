/** Health files (`status.*`): they change without news. */
import { createHash } from 'node:crypto';
import type { OutputFile } from '../../model/edition.js';

/** Whether it is a health file. */
export function isHealth(path: string, health: readonly OutputFile[]): boolean {
  return health.some((file) => file.path === path);
}

/** Enough to see, without reading the file, that it says the same. */
export function healthInputs({ bytes }: OutputFile): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
}
