/** The front page: the order of pins, what the next build would change, and publishing. */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { orderPins } from '../../app/desk/edit-desk.js';
import { listDesk } from '../../app/desk/list-desk.js';
import { listPreview } from '../../app/desk/list-preview.js';
import type { Settings } from '../../model/settings.js';
import { locateFile, parseRequestTarget } from '../../serve/published-path.js';
import { findMediaType } from '../../write/published/media-type.js';
import { decideArticles, describeDecided } from '../decide.js';
import type { Desk } from '../desk.js';
import { type Form, FormError } from '../form.js';
import type { Act, Page, PageVisit, View } from '../view.js';

export const frontPageView: View = {
  path: '/front',
  label: 'Front page',
  addRoutes: ({ show, answer, change }) => {
    show('/front', showFrontPage);
    show('/front/progress', streamProgress);
    show('/preview/*', showPreview);
    answer('/front/build', startBuild);
    change('/front', changePins, () => '/front');
  },
};

async function showFrontPage({ settings, desk }: PageVisit): Promise<Page> {
  const pins = (await listDesk(settings)).filter(({ pin, pinEnded }) => pin && !pinEnded);
  const { job } = desk.jobs;
  const isTried = job?.kind === 'preview' && !job.isRunning && job.error === null;
  const data = {
    pins: pins.map(({ article, headline, title, pin }) => ({
      article,
      path: `/article?id=${encodeURIComponent(article)}`,
      title: title ?? headline ?? article,
      isKnown: headline !== null,
      until: typeof pin === 'object' ? pin.until : null,
    })),
    job,
    result: job?.report && desk.parts.summarize(job.report),
    changes: desk.preview !== null && isTried ? await listPreview(desk.preview, settings) : null,
    isTried,
    hasEdition: (await locatePreview('index.html', settings, desk)) !== null,
  };
  return { title: 'Front page', template: 'front-page', data };
}

/** A published file, or what the next build would write in its place. */
async function locatePreview(path: string, { publish }: Settings, { preview }: Desk): Promise<string | null> {
  const changed = preview === null ? null : await locateFile(preview, path);
  return changed ?? (await locateFile(publish.dir, path));
}

async function showPreview({ settings, desk, path }: PageVisit): Promise<Response> {
  const name = parseRequestTarget(path.slice('/preview'.length));
  const place = name === null || name === '' ? null : await locatePreview(name, settings, desk);
  if (place === null) return new Response('This page is not published.', { status: 404 });
  const headers = {
    'content-type': findMediaType(name!).type,
    // Without scripts and remote pictures. Only the desk may show it in a frame.
    'content-security-policy':
      "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    'x-frame-options': 'SAMEORIGIN',
  };
  return new Response(await readFile(place), { headers });
}

const PUBLISH_OPTIONS = new Map([['publish', []], ['offline', ['--offline']], ['force', ['--force-publish']]]); // biome-ignore format: one line

/** `do`: `preview`, `publish`, `offline`, or `force` after the safety checks refused. Without a script, the page is loaded again. */
async function startBuild(visit: PageVisit & { readonly form: Form }): Promise<Page | Response> {
  const { desk, form } = visit;
  const what = form.text('do');
  const options = PUBLISH_OPTIONS.get(what);
  requireIdle(desk);
  if (what === 'preview') {
    const folder = await desk.openPreview();
    requireIdle(desk);
    void desk.jobs.start('preview', ['--dry-run', '--offline', '--into', folder]);
  } else if (options !== undefined) {
    await desk.close();
    requireIdle(desk);
    void desk.jobs.start('publish', options);
  } else throw new FormError('Unknown button.');
  return new Response(null, { status: 303, headers: { location: '/front' } });
}

function requireIdle({ jobs }: Desk): void {
  if (jobs.job?.isRunning) throw new FormError('A build is running. Wait until it ends.');
}

const EVERY = 500;

/** Server-sent events until the build ends. */
async function* followBuild({ jobs }: Desk, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for (let isRunning = true; isRunning && !signal.aborted; ) {
    const { step, lines } = jobs.job ?? {};
    isRunning = jobs.job?.isRunning === true;
    const data = JSON.stringify({ ...step, line: lines?.at(-1) ?? '' });
    yield new TextEncoder().encode(`event: ${isRunning ? 'step' : 'done'}\ndata: ${data}\n\n`);
    if (isRunning) await sleep(EVERY, undefined, { signal }).catch(() => undefined);
  }
}

async function streamProgress({ desk, signal }: PageVisit): Promise<Response> {
  const body = ReadableStream.from(followBuild(desk, signal));
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

/** `do`: `up N` and `down N` by place, `order` as the fields `pin` are sorted, `unpin ARTICLE`, or `pin` with `article`. */
async function changePins({ settings, form }: Act): Promise<string> {
  const pins = form.all('pin');
  const [, what = '', which = ''] = /^(\w+) ?(.*)$/s.exec(form.text('do')) ?? [];
  if (what === 'unpin') return describeDecided(await decideArticles(settings, [which], { pin: null }), 'unpinned');
  if (what === 'pin') {
    const article = form.required('article', 'The article');
    return describeDecided(await decideArticles(settings, [article], { pin: true }), 'pinned to the front page');
  }
  const place = Number(which);
  const other = place + (what === 'up' ? -1 : 1);
  if (what !== 'order') {
    if (pins[place] === undefined || pins[other] === undefined) throw new FormError('It cannot move further.');
    [pins[place], pins[other]] = [pins[other], pins[place]];
  }
  const order = await orderPins(settings, pins);
  if ('refused' in order) throw new FormError(order.refused);
  if ('titled' in order) throw new FormError(`“${order.asked}” is not an address or an id.`);
  return 'Pinned articles sorted';
}
