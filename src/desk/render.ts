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
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: site.timezone, dateStyle: 'short', timeStyle: 'short' });
  const minute = (date: Date) => format.format(date);
  /** Moments that a command prints in UTC. */
  const local = (text: string) => text.replace(/\b\d{4}-\d\d-\d\d \d\d:\d\d\b/g, (utc) => minute(new Date(`${utc}Z`)));
  return { minute, day: (date: Date) => minute(date).slice(0, 10), local };
}
