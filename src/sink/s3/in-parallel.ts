/** Runs work on many items with limited concurrency. */

const AT_ONCE = 16;

/** Rejects with the first error once all started work has ended. */
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
