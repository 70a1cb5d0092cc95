/** Methods that answer at once, made into those of the port, which promise: how a backend that lives in this process meets it. */

/** The same methods, without the promises. */
export type Sync<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => Promise<infer R> ? (...args: A) => R : never;
};

type Async<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<R> : never;
};

/** `around` runs each method: it may hold it in a transaction, and gives errors their names. */
export function toAsync<T extends object>(methods: T, around: <R>(work: () => R) => R): Async<T> {
  const wrap = (method: (...args: never[]) => unknown) => {
    return async (...args: never[]) => around(() => method(...args));
  };
  const entries = Object.entries(methods).map(([name, method]) => [name, wrap(method)]);
  return Object.fromEntries(entries) as Async<T>;
}
