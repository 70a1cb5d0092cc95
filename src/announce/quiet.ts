/** Hours in which nothing is announced. */

/** `from` belongs to it, `to` does not; past midnight where `to` is earlier. */
export function isQuiet(quiet: { readonly from: number; readonly to: number } | null, minute: number): boolean {
  if (quiet === null) return false;
  const { from, to } = quiet;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** Minutes of the day in the site's time zone. */
export function minuteOfDay(now: Date): number {
  return now.getUTCHours() * 60 + now.getUTCMinutes();
}
