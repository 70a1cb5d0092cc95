/**
 * Simulates Slack, Discord, Telegram, ntfy, Mastodon, the AT Protocol and a webhook on one port of loopback. Answers
 * follow their documentation as far as we use them.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Loopback, serveHttp } from './loopback.js';

export interface Taken {
  /** The first part of the path. */
  readonly to: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
  readonly raw: string;
}

/**
 * Replaces the answer to the next message: an error, no answer, or a connection that breaks before or after the message
 * was accepted.
 */
type Mishap =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'hangs'
  | 'breaks before'
  | 'breaks after';

export interface Messenger extends Loopback {
  readonly origin: string;
  /** Visible messages, in order; messages with the same key are one. */
  readonly taken: Taken[];
  /** Every attempted delivery. */
  readonly asked: Taken[];
  readonly uploads: Upload[];
  /** Replaces the answer to the next upload. */
  readonly pictures: { mishap: 'hangs' | 'breaks' | 403 | 500 | null };
  /** For the next messages, in order; later ones are accepted. */
  readonly mishaps: Mishap[];
  /**
   * Calls `act` during a coming call, the next being number 1: when it arrives (it then fails), when it is accepted
   * (without an answer), or when it is answered.
   */
  watch(
    moment: { readonly calls: number; readonly when: 'asked' | 'taken' | 'answered'; readonly act: () => void } | null,
  ): void;
}

/** An accepted picture. */
interface Upload {
  readonly type: string;
  readonly description: string | null;
  readonly bytes: Buffer;
}

/** Mastodon converts moving pictures after the upload (202), and refuses a status that names one before it is ready. */
class Pictures {
  readonly uploads: Upload[] = [];
  mishap: Messenger['pictures']['mishap'] = null;
  readonly #ready = new Set<string>();

  async take({ headers }: IncomingMessage, path: string, bytes: Buffer, response: ServerResponse) {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (headers.authorization !== TOKEN) return answer(401, {});
    if (this.mishap === 'hangs') return response;
    if (this.mishap === 'breaks') return response.destroy();
    if (this.mishap !== null) return answer(this.mishap, {});
    const type = String(headers['content-type']);
    if (path.endsWith('.uploadBlob')) {
      if (bytes.length > 1_000_000 || !type.startsWith('image/')) return answer(400, { error: 'InvalidBlob' });
      this.uploads.push({ type, description: null, bytes });
      const ref = { $link: `bafkrei${this.uploads.length}` };
      return answer(200, { blob: { $type: 'blob', ref, mimeType: type, size: bytes.length } });
    }
    const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
    const file = form.get('file') as File;
    const description = form.get('description') as string;
    this.uploads.push({ type: file.type, description, bytes: Buffer.from(await file.arrayBuffer()) });
    const id = String(this.uploads.length);
    if (file.type === 'image/gif') return answer(202, { id, url: null });
    this.#ready.add(id);
    return answer(200, { id, url: `https://files.example/${id}` });
  }

  refuses({ path, body }: Taken): boolean {
    const named = (body.media_ids ?? []) as string[];
    return path === '/api/v1/statuses' && named.some((id) => !this.#ready.has(id));
  }
}

const TOKEN = 'Bearer a-secret-token';

export async function aMessenger(): Promise<Messenger> {
  const taken: Taken[] = [];
  const asked: Taken[] = [];
  const mishaps: Mishap[] = [];
  const keys = new Set<string>();
  const pictures = new Pictures();
  let watched: Parameters<Messenger['watch']>[0] = null;
  let calls = 0;
  const server = await serveHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      const path = new URL(request.url ?? '/', 'http://x').pathname;
      if (path.startsWith('/api/v2/media') || path.startsWith('/api/v1/media') || path.endsWith('.uploadBlob'))
        return void pictures.take(request, path, Buffer.concat(chunks), response);
      const raw = Buffer.concat(chunks).toString();
      const to = path.split('/')[1] ?? '';
      const one: Taken = { to, path, headers: request.headers, body: JSON.parse(raw), raw };
      if (path === '/xrpc/com.atproto.server.createSession') return createSession(one, response);
      asked.push(one);
      const moment = watched !== null && ++calls === watched.calls ? watched : null;
      if (moment?.when === 'asked') {
        moment.act();
        return request.socket.destroy();
      }
      const mishap = mishaps.shift();
      if (mishap === 'breaks before') return request.socket.destroy();
      if (mishap !== undefined && typeof mishap === 'object')
        return response.writeHead(mishap.status, mishap.headers).end(mishap.body);
      const refused = pictures.refuses(one) ? 422 : findRefusal(one);
      if (refused !== null) return response.writeHead(refused).end('{}');
      const key = readKey(one);
      if (key === null || !keys.has(key)) taken.push(one);
      if (key !== null) keys.add(key);
      if (moment?.when === 'taken') return moment.act();
      if (moment?.when === 'answered') response.on('finish', moment.act);
      if (mishap === 'hangs') return;
      if (mishap === 'breaks after') return request.socket.destroy();
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(to === 'slack' ? 'ok' : '{"ok":true,"id":"1"}');
    });
  });
  const origin = `http://127.0.0.1:${server.port}`;
  const watch: Messenger['watch'] = (moment) => {
    watched = moment;
    calls = 0;
  };
  return { ...server, origin, taken, asked, mishaps, uploads: pictures.uploads, pictures, watch };
}

function createSession({ body }: Taken, response: ServerResponse): void {
  const isRight = body.identifier === 'section.example' && body.password === 'a-secret-token';
  response.writeHead(isRight ? 200 : 401, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify(
      isRight ? { accessJwt: 'a-secret-token', did: 'did:plc:section' } : { error: 'AuthenticationRequired' },
    ),
  );
}

/** The status of a rejected message; null: accepted. */
function findRefusal({ to, path, headers, body }: Taken): number | null {
  if (path === '/api/v1/statuses' || to === 'xrpc') {
    if (headers.authorization !== TOKEN) return 401;
  }
  if (to === 'slack' && typeof body.text !== 'string') return 400;
  if (to === 'discord' && (typeof body.content !== 'string' || body.content.length > 2_000)) return 400;
  if (to === 'telegram' && (typeof body.text !== 'string' || body.text.length > 4_096 || body.chat_id === undefined))
    return 400;
  if (path === '/api/v1/statuses' && (typeof body.status !== 'string' || body.status === '')) return 422;
  if (path === '/ntfy/' && (typeof body.topic !== 'string' || !/^[-_A-Za-z0-9]{1,64}$/.test(body.topic))) return 400;
  if (to === 'xrpc' && !/^[234567a-j][234567a-z]{12}$/.test(String(body.rkey))) return 400;
  return null;
}

/** Mastodon has idempotency keys; a record of the AT Protocol has a name. */
function readKey({ to, path, headers, body }: Taken): string | null {
  if (path === '/api/v1/statuses') return String(headers['idempotency-key']);
  return to === 'xrpc' ? `${body.collection}/${body.rkey}` : null;
}
