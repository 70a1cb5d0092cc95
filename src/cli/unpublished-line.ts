/** Describes in one line why nothing can be published. */
import type { Unpublished } from '../app/status/unpublished.js';
import { formatMinute } from './table.js';

export function describeUnpublished({ code, message, since }: Unpublished): string {
  if (since === null) return message;
  return `nothing published since ${formatMinute(new Date(since))} UTC: ${message} (${code})`;
}
