/** Handles requests of WebSub hubs at the worker's port: verifications and pushes. */
import type { IncomingMessage } from 'node:http';
import type { HubCallbacks } from '../app/hub-callbacks.js';

export interface HubPortOptions {
  /** The open site; null: not open yet. */
  readonly hubs: () => HubCallbacks | null;
  readonly now: () => Date;
  readonly maxBytes: number;
  /** Called when a source is due because of a push. */
  readonly onPush: () => void;
}

export interface PortReply {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const NOT_NOW: PortReply = { status: 503, body: 'not now\n', headers: { 'retry-after': '10' } };
/** Also the response to an invalid signature (WebSub 8.1), which gives no hint to an attacker. */
const ACCEPTED: PortReply = { status: 202, body: '' };
const GONE: PortReply = { status: 410, body: 'no such subscription\n', headers: { connection: 'close' } };

export async function answerHub(request: IncomingMessage, token: string, options: HubPortOptions): Promise<PortReply> {
  const hubs = options.hubs();
  if (hubs === null) return NOT_NOW;
  if (request.method === 'GET') {
    const [, query = ''] = (request.url ?? '').split('?', 2);
    return await hubs.verify(token, new URLSearchParams(query), options.now());
  }
  if (request.method !== 'POST')
    return { status: 405, body: 'only GET and POST\n', headers: { allow: 'GET, POST', connection: 'close' } };
  const checking = await hubs.startCheck(token, readSignature(request));
  if (checking === null) return GONE;
  const sent = await readBody(request, options.maxBytes, checking === 'unsigned' ? null : checking);
  if (sent === 'too large') return { status: 413, body: 'too large\n', headers: { connection: 'close' } };
  const isRight = checking !== 'unsigned' && checking.isRight();
  if (isRight && (await hubs.pushed(token, options.now()))) options.onPush();
  return ACCEPTED;
}

function readSignature({ headers }: IncomingMessage): string | undefined {
  const header = headers['x-hub-signature'];
  return Array.isArray(header) ? header[0] : header;
}

async function readBody(
  request: IncomingMessage,
  maxBytes: number,
  checking: { take(bytes: Uint8Array): void } | null,
): Promise<'whole' | 'too large'> {
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > maxBytes) return 'too large';
    checking?.take(chunk);
  }
  return 'whole';
}
