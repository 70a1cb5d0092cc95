/** Computes the quiet hours, in which nothing is announced. */

/** In minutes. */
const DAY = 24 * 60;

/** `from` is inclusive, `to` exclusive. The range spans midnight if `to` is earlier. */
export function isQuietHour(quiet: { readonly from: number; readonly to: number } | null, minute: number): boolean {
  if (quiet === null) return false;
  const { from, to } = quiet;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** `ahead`: offset of the site's time zone from UTC in minutes. */
export function getMinuteOfDay(now: Date, ahead: number): number {
  const minutes = Math.floor(now.getTime() / 60_000) + ahead;
  return ((minutes % DAY) + DAY) % DAY;
}
