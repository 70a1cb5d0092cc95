/** Many writes under one commit, which costs as much as all that one source tells. Come here for what an end may lose: nothing that was not yet said to be kept. */

/** What a transaction is made of. */
export interface Steps {
  begin(): void;
  commit(): void;
  /** Never throws. */
  rollBack(): void;
}

export interface Along {
  /** Seen at once by this connection; kept with the next commit. Throws what `work` throws, undone alone, or what an earlier commit threw. */
  write(work: () => void): void;
  /** Commits; throws what this commit or one since the last call threw. */
  keep(): void;
}

/** Writes under one commit: an end costs us what so many sources told, which are then asked again. */
const MOST = 8;

/** Milliseconds that a write waits for others at most: other processes wait as long. */
const WAIT = 50;

export function writesAlong(steps: Steps): Along {
  let works: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  let failure: { readonly error: unknown } | null = null;

  function begin(): void {
    steps.begin();
    timer = setTimeout(commitAlone, WAIT);
    timer.unref();
  }
  function commit(): void {
    clearTimeout(timer);
    works = [];
    try {
      steps.commit();
    } catch (error) {
      steps.rollBack();
      throw error;
    }
  }
  /** Nobody waits for it: what it throws is told to who comes next. */
  function commitAlone(): void {
    try {
      commit();
    } catch (error) {
      failure = { error };
    }
  }
  /** A savepoint before each would copy every page that two of them touch: what stood beside a bad one is written again. */
  function without(before: readonly (() => void)[]): void {
    clearTimeout(timer);
    works = [];
    steps.rollBack();
    if (before.length === 0) return;
    steps.begin();
    for (const work of before) work();
    commit();
  }
  function throwLater(): void {
    const earlier = failure;
    failure = null;
    if (earlier !== null) throw earlier.error;
  }
  return {
    write: (work) => {
      throwLater();
      if (works.length === 0) begin();
      try {
        work();
      } catch (error) {
        without(works);
        throw error;
      }
      works.push(work);
      if (works.length === MOST) commit();
    },
    keep: () => {
      throwLater();
      if (works.length > 0) commit();
    },
  };
}
