/** Work that tells how long it took. */

/** `tell` hears of each call that succeeded: its milliseconds, and what it gave. */
export function timed<Given extends readonly unknown[], Result>(
  work: (...given: Given) => Promise<Result>,
  tell: (ms: number, result: Result) => void,
): (...given: Given) => Promise<Result> {
  return async (...given) => {
    const began = performance.now();
    const result = await work(...given);
    tell(performance.now() - began, result);
    return result;
  };
}
