/** Turns synchronous methods into the promise-returning methods of a port, for backends in this process. */

/** The same methods without promises. */
export type Sync<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => Promise<infer R> ? (...args: A) => R : never;
};

type Async<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<R> : never;
};

/** `around` runs each method: it can open a transaction and convert errors. */
export function toAsync<T extends object>(methods: T, around: <R>(work: () => R) => R): Async<T> {
  const wrap = (method: (...args: never[]) => unknown) => {
    return async (...args: never[]) => around(() => method(...args));
  };
  const entries = Object.entries(methods).map(([name, method]) => [name, wrap(method)]);
  return Object.fromEntries(entries) as Async<T>;
}
