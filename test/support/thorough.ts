/** How much of a long test runs: enough for every change, or with `npm run test:thorough` all of it. */

export const isThorough = process.env.THOROUGH === '1';
