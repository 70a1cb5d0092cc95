/** Renders the desk's templates. Every value is escaped. */
import { readdirSync, readFileSync } from 'node:fs';
import { Eta } from 'eta/core';
import type { Settings } from '../model/settings.js';

const TEMPLATES = new URL('templates/', import.meta.url);

export type Render = (template: string, data: object) => string;

export function openDeskTemplates(): Render {
  const eta = new Eta({ autoEscape: true, cache: true });
  for (const file of readdirSync(TEMPLATES))
    eta.loadTemplate(`@${file.replace(/\.eta$/, '')}`, readFileSync(new URL(file, TEMPLATES), 'utf8'));
  return (template, data) => eta.render(`@${template}`, data);
}

/** `2026-11-24 09:07` and `2026-11-24` in the section's time zone, as in files and commands. */
export function createDateFormats({ site }: Pick<Settings, 'site'>) {
  const day = { timeZone: site.timezone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const formats = [day, { ...day, hour: '2-digit', minute: '2-digit' } as const].map(
    (one) => new Intl.DateTimeFormat('sv-SE', one),
  );
  const [formatDay, formatMinute] = formats.map((one) => (date: Date) => one.format(date)) as [Format, Format];
  /** Moments that a command prints in UTC. */
  const local = (text: string) =>
    text.replace(/\b\d{4}-\d\d-\d\d \d\d:\d\d\b/g, (utc) => formatMinute(new Date(`${utc.replace(' ', 'T')}Z`)));
  return { day: formatDay, minute: formatMinute, local };
}

type Format = (date: Date) => string;
