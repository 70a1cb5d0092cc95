/** Works on many things, some at once. */

/** Requests to an object store at once. */
const AT_ONCE = 16;

/** The first error ends it, once what was begun is done. */
export async function inParallel<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = all.values();
  let failed = false;
  const one = async () => {
    for (const next of waiting) {
      if (failed) return;
      try {
        await work(next);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, one));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
