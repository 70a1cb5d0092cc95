/** The writers of the formats that a site publishes. */
import { formats, loadWriter } from '../write/formats.js';
import type { Writer } from '../write/writer.js';

export function writersOf(names: readonly string[]): Promise<Writer[]> {
  return Promise.all(formats.filter(({ name }) => names.includes(name)).map(loadWriter));
}
