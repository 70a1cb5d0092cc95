/** Which icons that the editor names could not be had when they were last asked for, and when that is tried again. */
import type { SourceId } from '../../../model/source.js';
import { addMinutes } from '../../../politeness/minutes.js';
import { backOffMinutes } from '../../../politeness/retry.js';
import type { Store } from '../../../ports/store/store.js';

/** Meta key. */
const FAILED = 'icons.failed';

export interface FailedIcon {
  /** How often, one after the other. */
  readonly times: number;
  /** The setting that forbade it, as `namedSetting` notes it; null: none did. */
  readonly setting: string | null;
}

type FailedIcons = ReadonlyMap<SourceId, FailedIcon>;

export async function failedIcons(store: Pick<Store, 'note'>): Promise<Map<SourceId, FailedIcon>> {
  return new Map((await store.note(FAILED, isListOfPairs)) as [SourceId, FailedIcon][] | null);
}

function isListOfPairs(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => Array.isArray(each) && each.length === 2);
}

export async function saveFailedIcons(store: Pick<Store, 'saveMeta'>, failed: FailedIcons): Promise<void> {
  await store.saveMeta(FAILED, failed.size === 0 ? null : JSON.stringify([...failed]));
}

/** Minutes of an interval whose first wait is over before an hourly run comes again. */
const INTERVAL = 30;

/** As of a source: twice as long each time, up to a day. */
export function nextTry({ times }: FailedIcon, now: Date): Date {
  return addMinutes(now, backOffMinutes(times, INTERVAL, 0));
}
