/**
 * Fixes the random cases of each property, so that a failure is reproducible. For other cases: `SEED=7 npx vitest run
 * test/property`. `npm run fuzz` uses new cases each time. fast-check prints the seed with a failure.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.SEED ?? 20_261_127) });
