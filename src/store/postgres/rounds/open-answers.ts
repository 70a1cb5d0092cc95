/** Opens the worker's side of rounds. */
import type { StoreSettings } from '../../../model/settings.js';
import type { AnswerBox } from '../../../ports/rounds.js';
import { PostgresConnection } from '../connection.js';
import { parsePostgresPlace } from '../place.js';
import { createAnswerBox } from './answer-box.js';

/** Needs no lock, but tables that a publisher created. Rejects with StoreError. */
export async function openAnswers(settings: StoreSettings): Promise<AnswerBox> {
  return createAnswerBox(await PostgresConnection.open(parsePostgresPlace(settings), 'answer'));
}
