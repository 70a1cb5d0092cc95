/** Validates the cron expressions of the config. */

import { validateDetailed } from 'node-cron';
import type { ConfigProblem } from '../model/errors.js';
import { isRecord } from '../text/record.js';
import type { ConfigText } from './files.js';

const CRON_FIELDS = 'minute hour day-of-month month day-of-week (and, before them, a second if you like)';
const BOTH = '; a tick must match the day of month and the day of week, both';

/** node-cron names the invalid field. */
export function checkCron(text: ConfigText): ConfigProblem[] {
  const schedule = isRecord(text.value) && isRecord(text.value.schedule) ? text.value.schedule : {};
  if (typeof schedule.cron !== 'string') return [];
  const { errors } = validateDetailed(schedule.cron);
  const written = text.written(['schedule', 'cron']);
  const path = ['schedule', 'cron'];
  if (written?.includes('${') && errors.length > 0) return [text.problem(path, `not a cron expression ("${written}")`)];
  return errors.map(({ field, message }) =>
    field === 'expression'
      ? text.problem(path, `not a cron expression ("${written}"): ${message}: ${CRON_FIELDS}`)
      : text.problem(
          path,
          `not a cron expression ("${written}"): ${fieldNamed(field)}: ${message}${restrictsBoth(schedule.cron) ? BOTH : ''}`,
        ),
  );
}

function fieldNamed(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function restrictsBoth(cron: unknown): boolean {
  const fields = String(cron).trim().split(/\s+/).slice(-5);
  return [fields[2], fields[4]].every((field) => field !== undefined && field !== '*' && field !== '?');
}
