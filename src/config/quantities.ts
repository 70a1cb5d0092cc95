/** Parses durations, sizes and spans of hours: `30m`, `10MB`, `22-07`. */

const MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const BYTES = { B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 } as const;

export const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/;
export const SIZE = /^(\d+(?:\.\d+)?) ?(B|kB|KB|MB|GB|KiB|MiB|GiB)$/;

/** Milliseconds of `30m`; null if it is not a duration. */
export function parseDuration(text: string): number | null {
  const [, number, unit] = DURATION.exec(text) ?? [];
  return unit === undefined ? null : Math.round(Number(number) * MS[unit as keyof typeof MS]);
}

/** Bytes of `10MB`; null if it is not a size. MB is 1,000² bytes, MiB 1,024². */
export function parseSize(text: string | number): number | null {
  if (typeof text === 'number') return text;
  const [, number, unit] = SIZE.exec(text) ?? [];
  return unit === undefined ? null : Math.round(Number(number) * BYTES[unit as keyof typeof BYTES]);
}

const QUIET = /^([01]?\d|2[0-4])(?::([0-5]\d))?-([01]?\d|2[0-4])(?::([0-5]\d))?$/;

/** `22-07`, `22:30-07:15`: minutes of the day; null if it is not a span. */
export function parseQuietHours(text: string): { from: number; to: number } | null {
  const [, hour, minute = '0', endHour, endMinute = '0'] = QUIET.exec(text) ?? [];
  if (hour === undefined) return null;
  const [from, to] = [Number(hour) * 60 + Number(minute), Number(endHour) * 60 + Number(endMinute)];
  return from === to || Math.max(from, to) > 24 * 60 ? null : { from, to };
}
