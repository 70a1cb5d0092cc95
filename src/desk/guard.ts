/** Refuses requests that do not come from the desk's own pages in the editor's browser. */
import type { Context, MiddlewareHandler } from 'hono';
import type { Session } from './session.js';

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // Not "no-referrer", with which browsers send "Origin: null".
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

export type Refuse = (context: Context, status: 400 | 401 | 403 | 405 | 413 | 421, reason: string) => Response;

/** Adds the headers to every response, refusals too, unless it has its own. */
export const protectResponses: MiddlewareHandler = async (context, next) => {
  await next();
  for (const [name, value] of Object.entries(HEADERS))
    if (!context.res.headers.has(name)) context.res.headers.set(name, value);
};

/** Runs before all routes. `host`: the only accepted Host. */
export function createGuard(session: Session, host: () => string, refuse: Refuse): MiddlewareHandler {
  return async (context, next) => {
    const header = (name: string) => context.req.header(name);
    const { method, path } = context.req;
    if (header('host') !== host()) return refuse(context, 421, 'This server answers only under its own address.');
    if (method !== 'GET' && method !== 'POST') return refuse(context, 405, `The desk does not accept ${method}.`);
    const site = header('sec-fetch-site') ?? 'none';
    const isNavigation = header('sec-fetch-mode') === 'navigate' && header('sec-fetch-dest') === 'document';
    if (site !== 'same-origin' && site !== 'none' && !(method === 'GET' && isNavigation))
      return refuse(context, 403, 'Another site sent this request.');
    if (method === 'GET' && path === '/open') return signIn(context, session, refuse);
    const isAsset = method === 'GET' && path.startsWith('/assets/');
    if (!isAsset && !session.isSignedIn(header('cookie')))
      return refuse(context, 401, 'Open the address that the terminal shows. It works once.');
    if (method === 'POST') {
      const isOwnPage = header('origin') === `http://${host()}` && site === 'same-origin';
      if (!isOwnPage) return refuse(context, 403, 'Another site sent this form.');
      if (!/^application\/x-www-form-urlencoded\b/.test(header('content-type') ?? ''))
        return refuse(context, 400, 'The desk accepts only its own forms.');
    }
    return await next();
  };
}

function signIn(context: Context, session: Session, refuse: Refuse): Response {
  const cookie = session.redeem(context.req.query('token') ?? '');
  if (cookie === null)
    return refuse(context, 403, 'This address was used already. Stop the desk and run "newsloom desk open" again.');
  context.header('set-cookie', cookie);
  return context.redirect('/', 303);
}
