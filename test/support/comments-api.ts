/** A server on loopback with the part of GitHub's API that writes comments on pull requests. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Comment {
  readonly id: number;
  readonly user: { readonly type: 'User' | 'Bot' };
  body: string;
}

export interface CommentsApi {
  readonly url: string;
  readonly comments: Comment[];
  /** `GET 200`, `POST 201` … */
  readonly calls: string[];
  /** Simulates a token without write permission. */
  readOnly: boolean;
  write(type: Comment['user']['type'], body: string): Comment;
  close(): Promise<void>;
}

const TOKEN = 'Bearer a-token';
const LONGEST = 65_536;

export async function serveComments(repository: string, number: number): Promise<CommentsApi> {
  const comments: Comment[] = [];
  const calls: string[] = [];
  const write = (type: Comment['user']['type'], body: string) => {
    const comment = { id: 1000 + comments.length, user: { type }, body };
    comments.push(comment);
    return comment;
  };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://api.example');
    const answer = (status: number, value: unknown) => {
      calls.push(`${request.method} ${status}`);
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
    };
    const issues = `/repos/${repository}/issues`;
    const isList = pathname === `${issues}/${number}/comments`;
    const one = comments.find(({ id }) => pathname === `${issues}/comments/${id}`);
    if (request.headers.authorization !== TOKEN) return answer(401, {});
    if (request.method === 'GET' && isList) {
      const each = Math.min(100, Number(searchParams.get('per_page') ?? 30));
      const from = (Number(searchParams.get('page') ?? 1) - 1) * each;
      return answer(200, comments.slice(from, from + each));
    }
    if (api.readOnly) return answer(403, { message: 'Resource not accessible by integration' });
    const body = String(JSON.parse(text || '{}').body ?? '');
    if (body.length > LONGEST) return answer(422, { message: 'body is too long' });
    if (request.method === 'POST' && isList) return answer(201, write('Bot', body));
    if (request.method !== 'PATCH' || one === undefined) return answer(404, {});
    one.body = body;
    return answer(200, one);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const api: CommentsApi = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    comments,
    calls,
    readOnly: false,
    write,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return api;
}
