/**
 * Determines how much of the long tests to run: a part for every change, or everything with `npm run test:thorough` and
 * in CI.
 */
import { it } from 'vitest';

export const isThorough = process.env.THOROUGH === '1';

/** A case that takes seconds, left to `npm run test:thorough` and CI. Other cases of its file detect serious errors. */
export const thorough: ReturnType<typeof it.runIf> = it.runIf(isThorough);

/** Number of cases of a property: all, or a quarter for every change. */
export const runs = (all: number): number => (isThorough ? all : Math.ceil(all / 4));
