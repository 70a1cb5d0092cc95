/** How much of the long tests runs: enough for every change, or with `npm run test:thorough` and in CI all of it. */
import { it } from 'vitest';

export const isThorough = process.env.THOROUGH === '1';

/** A case that takes seconds, left to `npm run test:thorough` and CI: what is grossly broken shows in the others of its file. */
export const thorough: ReturnType<typeof it.runIf> = it.runIf(isThorough);

/** How many cases a property is tried with: all, or for every change a quarter. */
export const runs = (all: number): number => (isThorough ? all : Math.ceil(all / 4));
