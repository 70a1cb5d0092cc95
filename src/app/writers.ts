/** The writers of the formats that a site publishes. */
import { formats, type Writer } from '../write/formats.js';

export function writersOf(names: readonly string[]): Promise<Writer[]> {
  return Promise.all(formats.filter(({ name }) => names.includes(name)).map(({ load }) => load()));
}
