/** Validates the cron expressions of the config. */

import { validateDetailed } from 'node-cron';
import type { ConfigProblem } from '../model/errors.js';
import { isRecord } from '../text/record.js';
import type { ConfigText } from './files.js';

const CRON_FIELDS = 'minute hour day-of-month month day-of-week (optionally preceded by a second)';

export function checkCron(text: ConfigText): ConfigProblem[] {
  const schedule = isRecord(text.value) && isRecord(text.value.schedule) ? text.value.schedule : {};
  if (typeof schedule.cron !== 'string') return [];
  const { errors } = validateDetailed(schedule.cron);
  const path = ['schedule', 'cron'];
  return errors.map(({ message }) =>
    text.problem(path, `not a cron expression ("${text.written(path)}"): ${message}; the fields are ${CRON_FIELDS}`),
  );
}
