/** Maps abbreviations of time zones to offsets. Ambiguous ones have the meaning most common in feeds. */
import { loadMap } from '../../data/load.js';

/** Minutes east of Greenwich; null: unknown. Single letters are UTC: RFC 5322 4.3 distrusts military zones. */
export function zoneNamed(word: string): number | null {
  const name = word.toLowerCase();
  if (/^[a-z]$/.test(name)) return 0;
  const hours = loadMap<number>('time-zones').get(name);
  return hours === undefined ? null : hours * 60;
}
