/** Which messages a target gets in one run. */

/** `more`: those that are only counted, in one message. */
export interface Batch<T> {
  readonly single: readonly T[];
  readonly more: readonly T[];
}

/** `waiting`: oldest first. At most `atMost` messages; where there is more, the newest are told one by one. */
export function batchOf<T>(waiting: readonly T[], atMost: number): Batch<T> {
  if (waiting.length <= atMost) return { single: waiting, more: [] };
  const counted = waiting.length - (atMost - 1);
  return { single: waiting.slice(counted), more: waiting.slice(0, counted) };
}
