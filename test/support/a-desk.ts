/** Opens the desk of a test site. */
import { join } from 'node:path';
import { loadSite } from '../../src/app/load-site.js';
import { listSteps } from '../../src/cli/explain.js';
import { type DeskOptions, openDesk } from '../../src/desk/open-desk.js';

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
}

/** Signs in with the address, as a browser does. */
export async function signIn({ url, base }: Pick<TestDesk, 'url' | 'base'>): Promise<DeskVisitor> {
  const opened = await fetch(url, { redirect: 'manual' });
  const cookie = opened.headers.get('set-cookie')!.split(';')[0]!;
  const get: DeskVisitor['get'] = (path, headers = {}) =>
    fetch(new URL(path, base), { headers: { cookie, ...headers }, redirect: 'manual' });
  return {
    get,
    submit: async (page, action, fields, headers = {}) => {
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
    },
  };
}
