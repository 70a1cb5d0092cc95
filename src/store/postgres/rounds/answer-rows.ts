/** Converts answers of fetch workers to and from rows. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type ErrorCode, FetchError } from '../../../model/errors.js';
import type { RoundAnswer } from '../../../model/round.js';

export interface AnswerRow {
  /** The answer's kind; `same`: fresh without its body. */
  readonly kind: string;
  readonly meta: string;
  readonly body: Uint8Array | null;
}

type FetchCode = ConstructorParameters<typeof FetchError>[0];

const pack = promisify(gzip);
const unpack = promisify(gunzip);
const NOTHING = new Uint8Array();

/** A fresh answer without a body means that the publisher already has the body. */
export async function answerToRow(answer: RoundAnswer): Promise<AnswerRow> {
  if (answer.kind === 'failed') {
    const { code, message, details } = answer.error;
    return row(answer.kind, { ...answer, error: { code, message, details } });
  }
  if (answer.kind !== 'fresh') return row(answer.kind, answer);
  const { body, ...meta } = answer;
  if (body.length === 0 && meta.bodyHash !== undefined) return row('same', meta);
  return { ...row('fresh', meta), body: await pack(body, { level: 1 }) };
}

function row(kind: string, meta: object): AnswerRow {
  return { kind, meta: JSON.stringify(meta), body: null };
}

export async function answerFromRow({ kind, meta, body }: AnswerRow): Promise<RoundAnswer> {
  const told = JSON.parse(meta);
  if (kind === 'failed') return { ...told, error: errorOf(told.error) };
  if (kind === 'rate-limited') return { kind, until: new Date(told.until) };
  if (kind === 'same') return { ...told, body: NOTHING };
  return kind === 'fresh' ? { ...told, body: new Uint8Array(await unpack(body ?? NOTHING)) } : told;
}

function errorOf({ code, message, details }: { code: ErrorCode; message: string; details: object }): FetchError {
  return new FetchError(code as FetchCode, message, { details: { ...details } });
}
