// Defines how each example is built and what its page must show.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { listening, root, run } from './section.mjs';
import { freePort, seen, start } from './servers.mjs';
import { wordpress } from './wordpress.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
};
/** Section URL in the examples, replaced by the one on loopback. */
const PLACEHOLDER = 'https://news.example.org/feeds/';

export const examples = {
  astro: (context) => generator(context, 'astro', 'dist', '22.12.0'),
  eleventy: (context) => generator(context, 'eleventy', '_site', '18.0.0'),
  hugo: async (context) => {
    copyExample('hugo', context.place);
    const env = {
      ...process.env,
      HUGO_PARAMS_NEWSLOOM: context.section.url,
      HUGO_CACHEDIR: join(context.place, '.cache'),
    };
    await run('hugo', ['--quiet'], { cwd: context.place, env });
    return await opened(context, join(context.place, 'public'), 'ul.news');
  },
  next: (context) => generator(context, 'next', 'out', '20.9.0'),
  ssi: includedByNginx,
  element: async (context) => {
    copyExample('element', context.place, context.section);
    return await opened(context, context.place, 'newsloom-latest ul', 3);
  },
  frame: framed,
  wordpress,
};

/** Copies an example. `section`: replaces the invented section URL. */
function copyExample(name, place, section = null) {
  cpSync(join(root, 'examples', name), place, { recursive: true });
  const page = join(place, 'index.html');
  if (section !== null) writeFileSync(page, readFileSync(page, 'utf8').replaceAll(PLACEHOLDER, section.url));
}

async function generator(context, name, output, node) {
  copyExample(name, context.place);
  const env = await install(context.place, node, { NEWSLOOM_FEEDS: context.section.url });
  await run('npm', ['run', '--silent', 'build'], { cwd: context.place, env });
  return await opened(context, join(context.place, output), 'ul.news');
}

/** Installs the example's tool, and a newer Node if this one is too old for it. */
async function install(place, node, more) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ASTRO_TELEMETRY_DISABLED: '1', ...more };
  const flags = ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  await run('npm', flags, { cwd: place, env });
  if (!isOlder(process.versions.node, node)) return env;
  const beside = join(place, '.node');
  mkdirSync(beside);
  writeFileSync(join(beside, 'package.json'), '{"private":true}');
  await run('npm', [...flags, 'node@24.21.0'], { cwd: beside, env });
  return { ...env, PATH: `${join(beside, 'node_modules/.bin')}:${env.PATH}` };
}

function isOlder(version, than) {
  return version.localeCompare(than, 'en', { numeric: true }) < 0;
}

/** Serves a folder of static files and counts the articles in the list. */
async function opened({ browser, later }, folder, list, count = 5) {
  const site = await listening(plainFiles(folder));
  later(site.close);
  return await seen(browser, later, site.url, list, count);
}

function plainFiles(folder) {
  return (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname));
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    response.end(readFileSync(file));
  };
}

async function includedByNginx({ place, section, browser, later }) {
  const [site, port] = [join(place, 'site'), await freePort()];
  copyExample('ssi', site);
  const locations = readFileSync(join(site, 'newsloom.conf'), 'utf8')
    .replace('SITE', site)
    .replace('FEEDS', section.feeds);
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const temporary = folders.map((name) => `${name}_temp_path ${place}/${name};`).join('\n');
  const conf = `user ${process.getuid() === 0 ? 'root' : 'nobody'}; daemon off; pid ${place}/pid; error_log ${place}/error.log;
events { }
http { include /etc/nginx/mime.types; charset utf-8; access_log off; ${temporary}
server { listen 127.0.0.1:${port}; ${locations} } }`;
  writeFileSync(join(place, 'nginx.conf'), conf);
  await run('nginx', ['-t', '-c', join(place, 'nginx.conf'), '-e', join(place, 'error.log')]);
  await start(later, 'nginx', ['-c', join(place, 'nginx.conf'), '-e', join(place, 'error.log')], port);
  const url = `http://127.0.0.1:${port}/`;
  assert.doesNotMatch(await (await fetch(url)).text(), /<!--#/);
  return await seen(browser, later, url, 'h1 + ul.newsloom-latest', 10);
}

async function framed({ place, section, browser, later }) {
  copyExample('frame', place, section);
  const site = await listening(plainFiles(place));
  const page = await browser.newPage();
  later(site.close);
  later(() => page.close());
  await page.goto(site.url);
  const frame = page.frameLocator('iframe');
  await frame.locator('li').first().waitFor();
  const count = await frame.locator('li').count();
  await frame.locator('li a').first().click();
  await page.waitForURL(`${section.url}articles/*.html`);
  return `${count} articles, whose links leave the frame`;
}
