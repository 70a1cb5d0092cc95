/** Opens the worker's side of rounds. */
import type { StoreSettings } from '../../../model/settings.js';
import type { AnswerBox } from '../../../ports/rounds.js';
import { PostgresConnection } from '../connection.js';
import { refuseNewerSchema } from '../migrations.js';
import { parsePostgresPlace } from '../place.js';
import { createAnswerBox } from './answer-box.js';

/** Needs no lock, but tables that a publisher created. Rejects with StoreError. */
export async function openAnswers(settings: StoreSettings): Promise<AnswerBox> {
  const place = parsePostgresPlace(settings);
  const db = await PostgresConnection.open(place, 'answer');
  await refuseNewerSchema(db, place).catch((error) => db.close().then(() => Promise.reject(error)));
  return createAnswerBox(db);
}
