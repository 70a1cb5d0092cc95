/** Applies skipHours and skipDays (RSS 2.0): times without polling. Hours are GMT, days are English names. */

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

export interface SkippedTimes {
  readonly skipHours: readonly number[];
  readonly skipDays: readonly string[];
}

export function isSkipped(at: Date, skips: SkippedTimes): boolean {
  return skips.skipHours.includes(at.getUTCHours()) || skips.skipDays.includes(DAYS[at.getUTCDay()]!);
}

/** `at`, or the next full hour that is not skipped. Returns `at` too if the whole week is skipped. */
export function findAllowedTime(at: Date, skips: SkippedTimes): Date {
  if (!isSkipped(at, skips)) return at;
  const next = new Date(at);
  next.setUTCMinutes(0, 0, 0);
  for (let hours = 0; hours < 8 * 24; hours++) {
    next.setUTCHours(next.getUTCHours() + 1);
    if (!isSkipped(next, skips)) return next;
  }
  return at;
}
