/** Options that commands share, and parsers of their values. */
import type { RejectedConfig } from '../app/last-good-config.js';
import type { SiteReading } from '../app/load-site.js';
import type { ToleratedVariables } from '../config/environment.js';
import { isDay } from '../config/values.js';
import type { Settings } from '../model/settings.js';
import type { Context, Option } from './command.js';
import { UsageError } from './exit.js';

export const DEFAULT_CONFIG = 'config/newsloom.yaml';

export const configOption: Option = {
  flags: '--config <file>',
  describe: 'config file',
  default: DEFAULT_CONFIG,
};

export function chooseConfigPath({ value }: Pick<Context, 'value'>): string {
  return value('config') ?? DEFAULT_CONFIG;
}

/** `fresh` bypasses the settings cache. Throws ConfigError. */
export async function readSettings(
  context: Pick<Context, 'value' | 'env' | 'hide'>,
  reading: SiteReading = 'cached',
  spared: ToleratedVariables = 'nothing',
): Promise<Settings> {
  const { loadSite } = await import('../app/load-site.js');
  const settings = await loadSite(chooseConfigPath(context), context.env, reading, spared);
  context.hide(settings.secrets);
  return settings;
}

/** For commands that send nothing to services: an editor's shell often lacks their keys. */
export function readDisplaySettings(context: Parameters<typeof readSettings>[0]): Promise<Settings> {
  return readSettings(context, 'cached', 'sent');
}

/** With an invalid config, the last valid one. `rejected`: why workers do not use the current one; null: they do. */
export async function readSettingsInUse(
  context: Parameters<typeof readSettings>[0],
): Promise<{ readonly settings: Settings; readonly rejected: RejectedConfig | null; readonly isValid: boolean }> {
  const { loadCurrentOrLast, readRejected, toRejected } = await import('../app/last-good-config.js');
  const path = chooseConfigPath(context);
  const load = (reading: SiteReading = 'cached') => readSettings(context, reading, 'sent');
  const { settings, error } = await loadCurrentOrLast(path, load);
  const noted = await readRejected(path);
  return {
    settings,
    isValid: error === null,
    rejected: error === null ? noted : toRejected(error, noted?.since ?? null),
  };
}

export function describeRejected({ since, problems }: RejectedConfig): string {
  const when = since === null ? '' : ` since ${since.slice(0, 16).replace('T', ' ')} UTC`;
  return [`The config is rejected${when}. Workers use the last valid one:`, ...problems].join('\n  ');
}

export const jsonOption: Option = { flags: '--json', describe: 'print JSON' };

export const nowOption: Option = {
  flags: '--now <iso>',
  describe: 'current time to assume, in ISO 8601',
  read: readInstant,
};

/** A date and time with zone. A date alone means midnight UTC. */
function readInstant(text: string): Date {
  const instant = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text) ? new Date(text) : null;
  if (instant === null || Number.isNaN(instant.getTime()))
    throw new UsageError(`"${text}" is not an ISO 8601 time such as 2026-11-20T08:00:00Z`);
  return instant;
}

export function readDay(text: string): string {
  if (!isDay(text)) throw new UsageError(`"${text}" is not a day such as 2026-12-24`);
  return text;
}

export function readIds(text: string): string[] {
  const ids = text.split(',').map((id) => id.trim());
  if (ids.includes('')) throw new UsageError(`"${text}" is not a list of ids such as bbc,guardian`);
  return ids;
}

/** At least 1. */
export function readCount(text: string): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count === 0) throw new UsageError(`"${text}" is not a whole number from 1 to 999999`);
  return count;
}

export function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535) throw new UsageError(`"${text}" is not a port number from 0 to 65535`);
  return port;
}

/** Accepts fractions. */
export function readMinutes(text: string): number {
  const minutes = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (minutes <= 0 || minutes > 1440) throw new UsageError(`"${text}" is not a number of minutes up to 1440`);
  return minutes;
}
