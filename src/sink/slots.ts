/** Lets only so many run in one moment; the others wait their turn. */

type Slot = <R>(work: () => Promise<R>) => Promise<R>;

export function slots(atOnce: number): Slot {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  return async (work) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free--;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}
