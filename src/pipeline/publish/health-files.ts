/** Recognises and compares health files (`status.*`), which change without news. */
import { createHash } from 'node:crypto';
import type { OutputFile } from '../../model/edition.js';

export function isHealth(path: string, health: readonly OutputFile[]): boolean {
  return health.some((file) => file.path === path);
}

/** A fingerprint by which an unchanged file is recognised without reading it. */
export function healthInputs({ bytes }: OutputFile): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
}
