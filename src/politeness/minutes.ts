/** Adds minutes to dates of whole seconds, and derives deterministic pseudo-random numbers. */

export const MINUTES_PER_HOUR = 60;
export const MINUTES_PER_DAY = 24 * MINUTES_PER_HOUR;
export const MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY;

/** Accepts fractions. Rounds up to a whole second, so that nothing is ever early. */
export function addMinutes(date: Date, minutes: number): Date {
  return new Date(Math.ceil((date.getTime() + minutes * 60_000) / 1000) * 1000);
}

export function minutesBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 60_000;
}

/** In [0, 1), from the source and the moment alone (FNV-1a), so that a replay gives the same result. */
export function pseudoRandom(sourceId: string, at: Date): number {
  const text = `${sourceId} ${at.getTime()}`;
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  return ((Math.imul(hash, 0x2c1b3c6d) ^ (hash >>> 12)) >>> 0) / 2 ** 32;
}
