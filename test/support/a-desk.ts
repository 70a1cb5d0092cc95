/** Opens the desk of a test site. */
import { join } from 'node:path';
import { decodeHTMLStrict } from 'entities/decode';
import { loadSite } from '../../src/app/load-site.js';
import { listSteps } from '../../src/cli/explain.js';
import { formatNewsLine } from '../../src/cli/run-outputs.js';
import { type DeskOptions, openDesk } from '../../src/desk/open-desk.js';
import type { TestSite } from './a-site.js';
import type { FeedServer } from './serve-feeds.js';

const MAIN = join(import.meta.dirname, '../../dist/main.js');

export interface TestDesk {
  /** Signs in, once. */
  readonly url: string;
  /** Ends in "/". */
  readonly base: string;
  readonly stopped: Promise<string>;
  stop(): Promise<void>;
}

/** `buildOptions`: more options of the builds that it runs. */
export async function aDesk(
  root: string,
  { buildOptions = [], ...more }: Partial<DeskOptions> & { readonly buildOptions?: readonly string[] } = {},
): Promise<TestDesk> {
  const configPath = join(root, 'config', 'newsloom.yaml');
  const control = new AbortController();
  const desk = await openDesk({
    configPath,
    load: (reading) => loadSite(configPath, {}, reading, 'sent'),
    now: () => new Date('2026-11-20T12:00:00Z'),
    build: [process.execPath, MAIN, 'build', '--config', configPath, '--json', ...buildOptions],
    explain: listSteps,
    summarize: (report) => formatNewsLine(report, []),
    port: 0,
    signal: control.signal,
    ...more,
  });
  const stop = async () => {
    control.abort();
    await desk.stopped;
  };
  return { ...desk, base: new URL('/', desk.url).href, stop };
}

/** For `afterAll`. */
export async function closeDesk(desk: TestDesk, server: FeedServer, site: TestSite): Promise<void> {
  await desk.stop();
  await server.close();
  site.remove();
}

export interface DeskVisitor {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Submits fields as a form of the page at `page` would. */
  submit(
    page: string,
    action: string,
    /** A list is a repeated field. */
    fields: Readonly<Record<string, string | readonly string[]>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>;
  /** Submits the whole form of the page, with these fields changed. An empty list clears a box. */
  fill(page: string, action: string, fields: Readonly<Record<string, string | readonly string[]>>): Promise<Response>;
}

/** The fields of a form as the page shows them. */
function readFields(html: string, action: string): Record<string, string[]> {
  const form = html.split('<form').find((one) => one.includes(`action="${action}"`)) ?? '';
  const fields: Record<string, string[]> = {};
  for (const [tag, body = ''] of form
    .split('</form>')[0]!
    .matchAll(/<(?:input|textarea)\b[^>]*>(?:\n?([^<]*)<\/textarea>)?/g)) {
    const read = (name: string) => decodeHTMLStrict(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
    if (/type="checkbox"/.test(tag) && !/ checked/.test(tag)) continue;
    const value = tag.startsWith('<textarea') ? decodeHTMLStrict(body) : / value=/.test(tag) ? read('value') : '';
    fields[read('name')] = [...(fields[read('name')] ?? []), /type="checkbox"/.test(tag) ? value || 'on' : value];
  }
  return fields;
}

/** Signs in with the address, as a browser does. */
export async function signIn({ url, base }: Pick<TestDesk, 'url' | 'base'>): Promise<DeskVisitor> {
  const opened = await fetch(url, { redirect: 'manual' });
  const cookie = opened.headers.get('set-cookie')!.split(';')[0]!;
  const fill: DeskVisitor['fill'] = async (page, action, fields) =>
    await submit(page, action, { ...readFields(await (await get(page)).text(), action), ...fields });
  const get: DeskVisitor['get'] = (path, headers = {}) =>
    fetch(new URL(path, base), { headers: { cookie, ...headers }, redirect: 'manual' });
  const submit: DeskVisitor['submit'] = async (page, action, fields, headers = {}) => {
    const html = await (await get(page)).text();
    const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
    return await fetch(new URL(action, base), {
      method: 'POST',
      redirect: 'manual',
      headers: {
        cookie,
        origin: base.slice(0, -1),
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body: new URLSearchParams(
        Object.entries({ token: hidden('token'), version: hidden('version'), ...fields }).flatMap(([name, value]) =>
          [value].flat().map((one): [string, string] => [name, one]),
        ),
      ).toString(),
    });
  };
  return { get, submit, fill };
}
