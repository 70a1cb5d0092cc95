/** A duration of the config, such as `30m`. */
import { z } from '../../model/zod.js';
import { DURATION, parseDuration } from '../quantities.js';

/** `least`: the shortest that is allowed. */
export function duration(least: string) {
  const notLess = (value: string) => (parseDuration(value) ?? Infinity) >= (parseDuration(least) ?? 0);
  const error = 'not a duration: write a number and ms, s, m, h, d or w, such as 30m';
  return z
    .string({ error })
    .regex(DURATION, { error })
    .refine(notLess, { error: `must be at least ${least}` })
    .meta({ typeText: 'duration' });
}
