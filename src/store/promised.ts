/** A store whose methods answer at once, made into one that promises: how the backends that live in this process meet the port. */

/** The same methods, without the promises. */
export type Sync<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => Promise<infer R> ? (...args: A) => R : never;
};

export type Async<T> = {
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
