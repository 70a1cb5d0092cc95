/** Options that commands share, and how their values are read. */
import type { SiteReading } from '../app/load-site.js';
import type { Spared } from '../config/environment.js';
import type { Settings } from '../model/settings.js';
import type { Context, Option } from './command.js';
import { UsageError } from './exit.js';

export const DEFAULT_CONFIG = 'config/newsloom.yaml';

export const configOption: Option = {
  flags: '--config <file>',
  describe: 'the config file',
  default: DEFAULT_CONFIG,
};

export function configPathOf({ value }: Pick<Context, 'value'>): string {
  return value('config') ?? DEFAULT_CONFIG;
}

/** The settings of the site; `fresh` bypasses the settings cache. Throws ConfigError. */
export async function readSettings(
  context: Pick<Context, 'value' | 'env' | 'hide'>,
  reading: SiteReading = 'cached',
  spared: Spared = 'nothing',
): Promise<Settings> {
  const { loadSite } = await import('../app/load-site.js');
  const settings = await loadSite(configPathOf(context), context.env, reading, spared);
  context.hide(settings.secrets);
  return settings;
}

/** For commands that send nothing by what the config says: an editor's shell seldom has the keys of the service. */
export function readToShow(context: Parameters<typeof readSettings>[0]): Promise<Settings> {
  return readSettings(context, 'cached', 'sent');
}

export const jsonOption: Option = { flags: '--json', describe: 'print one JSON document' };

/** Sets the time of a run, for tests and replays. */
export const nowOption: Option = {
  flags: '--now <iso>',
  describe: 'the clock of this run, as ISO 8601',
  read: readInstant,
};

/** An ISO 8601 date and time with zone; a date alone is midnight UTC. */
function readInstant(text: string): Date {
  const instant = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text) ? new Date(text) : null;
  if (instant === null || Number.isNaN(instant.getTime()))
    throw new UsageError(`"${text}" is no ISO 8601 instant, such as 2026-11-20T08:00:00Z`);
  return instant;
}

/** `a,b` */
export function readIds(text: string): string[] {
  const ids = text.split(',').map((id) => id.trim());
  if (ids.includes('')) throw new UsageError(`"${text}" is no list of ids, such as bbc,guardian`);
  return ids;
}

/** A number from 1 on. */
export function readCount(text: string): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count === 0) throw new UsageError(`"${text}" is no number, such as 30`);
  return count;
}

export function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535) throw new UsageError(`"${text}" is no port: 0 to 65535`);
  return port;
}

/** Minutes, fractions allowed. */
export function readMinutes(text: string): number {
  const minutes = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (minutes <= 0 || minutes > 1440) throw new UsageError(`"${text}" is no number of minutes up to a day`);
  return minutes;
}
