/** Hours in which nothing is announced. */

/** In minutes. */
const DAY = 24 * 60;

/** `from` belongs to it, `to` does not; past midnight where `to` is earlier. */
export function isQuiet(quiet: { readonly from: number; readonly to: number } | null, minute: number): boolean {
  if (quiet === null) return false;
  const { from, to } = quiet;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** `ahead`: minutes that the site's clocks are ahead of UTC. */
export function minuteOfDay(now: Date, ahead: number): number {
  const minutes = Math.floor(now.getTime() / 60_000) + ahead;
  return ((minutes % DAY) + DAY) % DAY;
}
