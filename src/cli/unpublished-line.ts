/** Describes in one line why nothing can be published. */
import type { Unpublished } from '../app/status/unpublished.js';
import { minute } from './table.js';

export function unpublishedLine({ code, message, since }: Unpublished): string {
  if (since === null) return message;
  return `nothing published since ${minute(new Date(since))} UTC: ${message} (${code})`;
}
