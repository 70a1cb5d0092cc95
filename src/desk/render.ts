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

/** Formats dates in the section's time zone. */
export function createDateFormats({ site }: Pick<Settings, 'site'>) {
  const date = { timeZone: site.timezone, day: 'numeric', month: 'short' } as const;
  const day = new Intl.DateTimeFormat('en-GB', { ...date, year: 'numeric' });
  const minute = new Intl.DateTimeFormat('en-GB', { ...date, hour: '2-digit', minute: '2-digit' });
  return { day: (date: Date) => day.format(date), minute: (date: Date) => minute.format(date) };
}
