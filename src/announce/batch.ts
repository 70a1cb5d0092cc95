/** Selects the messages that a target gets in one run. */

/** `more`: messages summarised as a count in one message. */
export interface Batch<T> {
  readonly single: readonly T[];
  readonly more: readonly T[];
}

/** `waiting`: oldest first. Sends at most `atMost` messages. If there are more, sends the newest individually. */
export function selectBatch<T>(waiting: readonly T[], atMost: number): Batch<T> {
  if (waiting.length <= atMost) return { single: waiting, more: [] };
  const counted = waiting.length - (atMost - 1);
  return { single: waiting.slice(counted), more: waiting.slice(0, counted) };
}
