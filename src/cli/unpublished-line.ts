/** Why nothing can be published, in a line. */
import type { Unpublished } from '../app/status/unpublished.js';
import { minute } from './table.js';

export function unpublishedLine({ code, message, since }: Unpublished): string {
  if (since === null) return message;
  return `nothing could be published since ${minute(new Date(since))} UTC: ${message} (${code})`;
}
