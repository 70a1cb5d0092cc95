/** A duration of the config, such as `30m`. */
import { z } from '../model/zod.js';
import { DURATION, parseDuration } from './quantities.js';

/** A hundred years: what is longer leads to no date. */
const LONGEST = '36500d';
/** The longest that a timer of Node can wait; one that is to wait longer does not wait at all. */
export const LONGEST_TIMER = '24d';

/** `least`, `most`: the shortest and the longest that are allowed. */
export function duration(least: string, most = LONGEST) {
  const notLess = (value: string) => (parseDuration(value) ?? Infinity) >= parseDuration(least)!;
  const notMore = (value: string) => (parseDuration(value) ?? 0) <= parseDuration(most)!;
  const error = 'not a duration: write a number and ms, s, m, h, d or w, such as 30m';
  return z
    .string({ error })
    .regex(DURATION, { error })
    .refine(notLess, { error: `must be at least ${least}` })
    .refine(notMore, { error: `must be at most ${most}` })
    .meta({ typeText: 'duration' });
}
