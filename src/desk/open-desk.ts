/** Starts the desk: an HTTP server on loopback, for one editor. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { getRequestListener } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { formatProblem, NewsloomError } from '../model/errors.js';
import { listen } from '../serve/listen.js';
import { hideSecrets } from '../text/url/redact-url.js';
import { Desk, type DeskParts } from './desk.js';
import { Form, FormError, UnsavedForm } from './form.js';
import { createGuard, protectResponses, type Refuse } from './guard.js';
import { createDateFormats, openDeskTemplates } from './render.js';
import { Session } from './session.js';
import type { Page, PageVisit, Routes, View } from './view.js';
import { views } from './views.js';

const HOST = '127.0.0.1';
/** Milliseconds without a request after which the desk stops. */
const IDLE = 3_600_000;
/** Fields with words of the editor, which no mistake may lose. */
const TYPED = /^(?:title|author|summary|remark|body|introduction|add-\w+)$/;
/** Bytes of a form. */
const MOST_BYTES = 2 ** 20;

export interface OpenedDesk {
  /** Signs in, once. */
  readonly url: string;
  /** Resolves when the desk stopped: `signal`, or an idle hour. */
  readonly stopped: Promise<'idle' | 'stopped'>;
}

export interface DeskOptions extends DeskParts {
  readonly port: number;
  readonly signal: AbortSignal;
  readonly idleMs?: number;
}

/** Rejects as `listen` does. */
export async function openDesk(options: DeskOptions): Promise<OpenedDesk> {
  const session = new Session();
  let base = '';
  const idle = new AbortController();
  const timer = setTimeout(() => idle.abort(), options.idleMs ?? IDLE);
  const app = new Hono();
  app.use(async (_, next) => {
    timer.refresh();
    await next();
  });
  const ended = AbortSignal.any([options.signal, idle.signal]);
  const desk = new Desk(options, ended);
  const server = new Server(app, desk, session, ended);
  app.use(protectResponses);
  app.use(createGuard(session, () => new URL(base).host, server.refuse));
  app.use(
    bodyLimit({ maxSize: MOST_BYTES, onError: (context) => server.refuse(context, 413, 'Nothing was saved: the form has more than 1 MB.') }), // biome-ignore format: one line
  );
  server.addRoutes();
  const { url, close } = await listen(
    getRequestListener(app.fetch, { overrideGlobalObjects: false }),
    options.port,
    HOST,
  ).catch((error) => {
    clearTimeout(timer);
    throw error;
  });
  base = url;
  const stopped = new Promise<void>((resolve) => {
    if (ended.aborted) resolve();
    ended.addEventListener('abort', () => resolve(), { once: true });
  }).then(async () => {
    clearTimeout(timer);
    await close();
    await desk.close();
    return idle.signal.aborted ? ('idle' as const) : ('stopped' as const);
  });
  return { url: session.signInUrl(url), stopped };
}

class Server {
  readonly #app: Hono;
  readonly #desk: Desk;
  readonly #session: Session;
  readonly #signal: AbortSignal;
  readonly #render = openDeskTemplates();

  constructor(app: Hono, desk: Desk, session: Session, signal: AbortSignal) {
    this.#app = app;
    this.#desk = desk;
    this.#session = session;
    this.#signal = signal;
  }

  readonly refuse: Refuse = (context, status, reason) => {
    const data = { title: 'Not allowed', reason, again: status === 401 ? toOwnPath(context.req.url) : null };
    return context.html(this.#render('refused', data), status);
  };

  addRoutes(): void {
    this.#addAssets();
    this.#app.get('/', (context) => context.redirect(views[0]!.path, 303));
    for (const view of views) view.addRoutes(this.#createRoutes(view));
    this.#app.notFound(async (context) => await this.#showProblem(context, 404, ['The desk has no such page.']));
    this.#app.onError(async (error, context) => {
      const status = error instanceof FormError || error instanceof NewsloomError ? 422 : 500;
      return await this.#showProblem(context, status, error.message.split('\n'));
    });
  }

  #addAssets(): void {
    const htmx = createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js');
    const pages = readFileSync(new URL('../write/html/style.css', import.meta.url), 'utf8');
    // The design tokens of the published pages: everything before their first rule for elements.
    const tokens = pages.slice(0, pages.indexOf('\n*,'));
    const own = (name: string) => readFileSync(new URL(`assets/${name}`, import.meta.url), 'utf8');
    const assets = [
      ['desk.css', 'text/css; charset=utf-8', `${tokens}\n${own('desk.css')}`],
      ['desk.js', 'text/javascript; charset=utf-8', own('desk.js')],
      ['icon.svg', 'image/svg+xml', own('icon.svg')],
      ['htmx.js', 'text/javascript; charset=utf-8', readFileSync(htmx, 'utf8')],
    ] as const;
    for (const [name, type, text] of assets)
      this.#app.get(`/assets/${name}`, (context) => context.body(text, 200, { 'content-type': type }));
    // The guard lets these addresses pass without a session: never a page with the layout.
    this.#app.get('/assets/*', (context) => context.text('Not found', 404));
  }

  #createRoutes(view: View): Routes {
    const signal = this.#signal;
    return {
      show: (path, show) => {
        this.#app.get(path, async (context) => {
          const visit = await this.#visit(context);
          return await this.#respond(context, await show(visit), visit, view);
        });
      },
      answer: (path, answer) => {
        this.#app.post(path, async (context) => {
          const form = await this.#readForm(context);
          const visit = await this.#visit(context);
          return await this.#respond(context, await answer({ ...visit, form }), visit, view);
        });
      },
      change: (path, act, back) => {
        this.#app.post(path, async (context) => {
          const form = await this.#readForm(context);
          const desk = this.#desk;
          try {
            await desk.change(form, (settings) => act({ settings, desk, form, signal }));
          } catch (error) {
            if (!(error instanceof UnsavedForm)) throw error;
            return await this.#showAgain(context, error, form);
          }
          return context.redirect(back(form), 303);
        });
      },
      undo: (path) => {
        this.#app.post(path, async (context) => {
          const form = await this.#readForm(context);
          await this.#desk.undo(Number(form.text('change')));
          return context.redirect(toOwnPath(form.text('back') || view.path), 303);
        });
      },
    };
  }

  async #readForm(context: Context): Promise<Form> {
    const form = new Form(await context.req.text());
    if (!this.#session.isFormToken(form.text('token'))) throw new FormError('This form is not from this desk. Load its page again.'); // biome-ignore format: one message
    return form;
  }

  async #visit(context: Context): Promise<PageVisit> {
    const query = new URL(context.req.url).searchParams;
    const loaded = await this.#desk.load();
    // Before the page is made: a later change of the files must count as a conflict.
    const version = await this.#desk.noteVersion(loaded.settings);
    const hide = (text: string) => hideSecrets(text, loaded.settings.secrets);
    return { ...loaded, version, hide, desk: this.#desk, path: context.req.path, query, signal: this.#signal };
  }

  async #respond(context: Context, page: Page | Response, visit: PageVisit, current: View | null): Promise<Response> {
    if (page instanceof Response) return page;
    const { settings, error, desk } = visit;
    const menu = views.map(async (view) => {
      const count = (await view.count?.(visit).catch(() => 0)) ?? 0;
      return { path: view.path, label: view.label, count, isCurrent: view === current };
    });
    const html = this.#render(page.template, {
      title: page.title,
      site: settings.site.title,
      menu: await Promise.all(menu),
      here: toOwnPath(context.req.url),
      back: toOwnPath(context.req.header('referer') ?? '/'),
      message: desk.takeMessage(),
      configProblems: error?.problems.map((one) => visit.hide(formatProblem(one))) ?? [],
      isBuilding: desk.jobs.job?.isRunning === true,
      format: createDateFormats(settings),
      hide: visit.hide,
      token: this.#session.formToken,
      version: visit.version,
      ...page.data,
    });
    return context.html(html, page.status ?? 200);
  }

  async #showAgain(context: Context, { page }: UnsavedForm, form: Form): Promise<Response> {
    const isAsked = ([name, value]: readonly [string, string]) => /^(?:article|other)$/.test(name) && value.trim() === page.data.asked; // biome-ignore format: one line
    const all = form.entries().filter(([name]) => name !== 'token' && name !== 'version');
    const fields = { name: all.find(isAsked)?.[0], fields: all.filter((one) => !isAsked(one)) };
    const data = { ...page.data, ...fields, again: context.req.path };
    return await this.#respond(context, { ...page, data, status: 409 }, await this.#visit(context), null);
  }

  async #showProblem(context: Context, status: 404 | 422 | 500, reasons: readonly string[]): Promise<Response> {
    const title = status === 404 ? 'Not found' : 'That did not work';
    try {
      const visit = await this.#visit(context);
      const entered = new Form(context.req.method === 'POST' ? await context.req.text() : '').entries();
      const texts = entered.flatMap(([name, text]) => (TYPED.test(name) && text ? text : []));
      const data = { reasons: reasons.map(visit.hide), texts };
      const page = { title, template: 'problem', data, status } as const;
      return await this.#respond(context, page, visit, null);
    } catch {
      // Not even the last valid config is readable.
      return context.html(this.#render('refused', { title, reason: reasons.join(' '), again: toOwnPath(context.req.header('referer') ?? '/') }), status); // biome-ignore format: one line
    }
  }
}

function toOwnPath(url: string): string {
  const { pathname, search } = new URL(url, 'http://desk.invalid');
  return pathname.replace(/^\/+/, '/') + search;
}
