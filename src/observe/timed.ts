/** Wraps an async function to measure its calls. */

/** `tell` is called after each call that succeeded, with its milliseconds and result. */
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
