/** Converts answers of fetch workers to and from rows. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type ErrorCode, FetchError } from '../model/errors.js';
import type { RoundAnswer } from '../model/round.js';

export interface AnswerRow {
  /** The answer's kind; `same`: fresh without its body. */
  readonly kind: string;
  readonly meta: string;
  readonly body: Uint8Array | null;
}

type FetchCode = ConstructorParameters<typeof FetchError>[0];

const gzipBytes = promisify(gzip);
const gunzipBytes = promisify(gunzip);
const NO_BYTES = new Uint8Array();

/** A fresh answer without a body means that the publisher already has the body. */
export async function answerToRow(answer: RoundAnswer): Promise<AnswerRow> {
  if (answer.kind === 'failed') {
    const { code, message, details } = answer.error;
    return row(answer.kind, { ...answer, error: { code, message, details } });
  }
  if (answer.kind !== 'fresh') return row(answer.kind, answer);
  const { body, ...meta } = answer;
  if (body.length === 0 && meta.bodyHash !== undefined) return row('same', meta);
  return { ...row('fresh', meta), body: await gzipBytes(body, { level: 1 }) };
}

function row(kind: string, meta: object): AnswerRow {
  return { kind, meta: JSON.stringify(meta), body: null };
}

export async function parseAnswerRow({ kind, meta, body }: AnswerRow): Promise<RoundAnswer> {
  const facts = JSON.parse(meta);
  if (kind === 'failed') return { ...facts, error: restoreFetchError(facts.error) };
  if (kind === 'rate-limited') return { kind, until: new Date(facts.until) };
  if (kind === 'same') return { ...facts, body: NO_BYTES };
  return kind === 'fresh' ? { ...facts, body: new Uint8Array(await gunzipBytes(body ?? NO_BYTES)) } : facts;
}

function restoreFetchError({
  code,
  message,
  details,
}: {
  code: ErrorCode;
  message: string;
  details: object;
}): FetchError {
  return new FetchError(code as FetchCode, message, { details: { ...details } });
}
