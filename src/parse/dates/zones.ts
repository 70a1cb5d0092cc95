/** Maps abbreviations of time zones to offsets. An ambiguous one has its most common meaning in feeds. */
import { loadMap } from '../../data/load.js';

/** Minutes east of Greenwich; null: unknown. Single letters are UTC, because RFC 5322 4.3 distrusts military zones. */
export function findZoneOffset(word: string): number | null {
  const name = word.toLowerCase();
  if (/^[a-z]$/.test(name)) return 0;
  const hours = loadMap<number>('time-zones').get(name);
  return hours === undefined ? null : hours * 60;
}
