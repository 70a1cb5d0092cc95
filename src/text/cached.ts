/** Caches the results of pure functions. */
import { detachString } from './detach-string.js';

/** For short texts, such as addresses. The result must not be a slice of a document, which it would keep in memory. */
export function cacheByText<Result>(compute: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (text.length > LONGEST) return compute(text);
    if (known.size === MOST) known.clear();
    const result = compute(text);
    known.set(detachString(text), result);
    return result;
  };
}

const MOST = 500;
const LONGEST = 500;

/** Results exist as long as the object: all items of a document use the same list of names. */
export function cacheByObject<Key extends object, Result>(compute: (key: Key) => Result): (key: Key) => Result {
  const known = new WeakMap<Key, Result>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const result = compute(key);
    known.set(key, result);
    return result;
  };
}
