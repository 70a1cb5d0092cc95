/** Notifies the WebSub hub of changed feeds. Failures become warnings. */
import { NewsloomError } from '../../model/errors.js';
import type { Hub } from '../../ports/fetcher.js';

const AT_ONCE = 4;
/** Consecutive error responses before the rest is skipped. A timeout skips the rest at once. */
const MOST_FAILURES = 8;

/** `feedUrls`: self addresses of changed heads. Returns one warning per failure reason; rejects only when aborted. */
export async function notifyHub(
  hub: Hub,
  hubUrl: string,
  feedUrls: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const failures = new Map<string, number>();
  const waiting = [...feedUrls];
  let inARow = 0;
  const worker = async () => {
    for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
      const failure = await ping(hub, hubUrl, url, signal);
      inARow = failure === null ? 0 : inARow + 1;
      if (failure === null) continue;
      const isGivenUp = failure.isLate || inARow >= MOST_FAILURES;
      const unsent = isGivenUp ? 1 + waiting.splice(0).length : 1;
      failures.set(failure.why, (failures.get(failure.why) ?? 0) + unsent);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return [...failures].map(
    ([message, count]) => `the hub was not notified of ${count} of ${feedUrls.length} feeds: ${message}`,
  );
}

async function ping(
  hub: Hub,
  hubUrl: string,
  feedUrl: string,
  signal: AbortSignal,
): Promise<{ readonly isLate: boolean; readonly why: string } | null> {
  try {
    await hub.publish(hubUrl, feedUrl, signal);
    return null;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof NewsloomError)) throw error;
    return { isLate: error.code === 'FETCH_TIMEOUT', why: error.message };
  }
}
