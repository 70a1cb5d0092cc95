// Tests the plugin in WordPress with Debian's files, a private MariaDB on a socket, and PHP's built-in server.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { listening, root, run } from './section.mjs';
import { freePort, seen, start } from './servers.mjs';

const FILES = '/usr/share/wordpress';

export async function wordpress({ place, section, browser, later }) {
  if (!existsSync(FILES)) throw Object.assign(new Error('WordPress'), { missing: `${FILES} is not installed` });
  const socket = join(place, 'db.sock');
  await startDatabase(join(place, 'db'), socket, later);
  const site = join(place, 'site');
  cpSync(FILES, site, { recursive: true, dereference: true, filter: (path) => !path.endsWith('/.htaccess') });
  cpSync(join(root, 'docs/guides/wordpress/newsloom-latest'), join(site, 'wp-content/plugins/newsloom-latest'), {
    recursive: true,
  });
  const counter = await counting(section);
  later(counter.close);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  writeSite(site, { socket, url, section: counter });
  const php = ['-d', 'display_errors=stderr', '-d', 'error_reporting=E_ALL & ~E_DEPRECATED'];
  await run('php', [...php, join(site, 'set-up.php')], { cwd: site });
  await start(later, 'php', [...php, '-S', `127.0.0.1:${port}`, '-t', site], port, { cwd: site });
  const said = await seen(browser, later, url, 'ul.newsloom-latest', 4);
  const asked = counter.requests();
  await (await fetch(url)).text();
  assert.equal(counter.requests(), asked, 'the second reader is served from the cache');
  const hostile = await (await fetch(`${url}/?hostile`)).text();
  assert.match(hostile, /&lt;img src=x onerror=alert\(1\)&gt;/);
  assert.doesNotMatch(hostile, /<img src=x|javascript:/);
  await chosenAndMore(url);
  await toldToEditors(url);
  await inTheEditor(browser, later, url);
  return `${said}; cached, escaped, editors are told what is wrong, the block shows the same`;
}

async function chosenAndMore(url) {
  const html = await (await fetch(`${url}/?per`)).text();
  const publications = [...html.matchAll(/<bdi class="p-publication">([^<]*)/g)].map(([, name]) => name);
  assert.ok(publications.length > 1);
  assert.equal(new Set(publications).size, publications.length, 'one article of each publication');
  assert.match(html, /lang="en" dir="auto"/);
  assert.match(html, /<p class="newsloom-latest-more"><a href="https?:[^"]+">All the news<\/a>/);
}

/** A wrong URL shows nothing to readers, also from the cached failure. */
async function toldToEditors(url) {
  const told = {
    page: /is no JSON Feed/,
    none: /answered with status 404/,
    empty: /is no address/,
    path: /begin a path of this site with/,
    port: /does not ask/,
  };
  for (const [name, why] of Object.entries(told)) {
    assert.match(await (await fetch(`${url}/?wrong=${name}&editor`)).text(), why, name);
    assert.doesNotMatch(await (await fetch(`${url}/?wrong=${name}`)).text(), /newsloom-latest/, name);
  }
  const round = await (await fetch(`${url}/?wrong=round`)).text();
  assert.match(round, /<li class="h-entry">/);
}

async function inTheEditor(browser, later, url) {
  const page = await browser.newPage();
  later(() => page.close());
  await page.goto(`${url}/wp-login.php`);
  // The page moves the focus shortly after loading, so early key presses would go to the wrong field.
  await page.locator('#user_login:focus').waitFor();
  await page.fill('#user_login', 'editor');
  await page.fill('#user_pass', 'not a secret');
  await Promise.all([page.waitForURL(/wp-admin/), page.click('#wp-submit')]);
  await page.goto(`${url}/wp-admin/post.php?post=2&action=edit`);
  const shown = page.locator('.newsloom-latest li');
  await shown.first().waitFor();
  assert.equal(await shown.count(), 3);
  await page.evaluate(() => {
    const { blocks, data } = globalThis.wp;
    data.dispatch('core/block-editor').insertBlock(blocks.createBlock('newsloom/latest'));
  });
  await page.locator('.components-placeholder__instructions').waitFor();
  assert.equal(await page.locator('.newsloom-latest-failure').count(), 0, 'a new block begins without a mistake');
}

/** Killed without a clean shutdown, because the data is discarded. */
async function startDatabase(folder, socket, later) {
  const { username } = userInfo();
  const flags = ['--no-defaults', `--datadir=${folder}`, `--user=${username}`, '--innodb-use-native-aio=0'];
  await run('mariadb-install-db', [...flags, '--auth-root-authentication-method=normal', '--skip-test-db']);
  const child = spawn('mariadbd', [...flags, `--socket=${socket}`, '--skip-networking', `--pid-file=${folder}/pid`], {
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  later(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  for (let i = 0; i < 150 && !existsSync(socket); i++) await new Promise((resolve) => setTimeout(resolve, 200));
  const create = `(new mysqli('localhost', '${username}', '', '', 0, '${socket}'))->query('CREATE DATABASE wp');`;
  await run('php', ['-r', create]);
}

/** Serves the section, counts requests, and serves one malicious feed. */
async function counting({ url }) {
  let count = 0;
  const evil = { title: '<img src=x onerror=alert(1)>', url: 'javascript:alert(1)', date_published: '"><b>' };
  const { url: own, close } = await listening(async (request, response) => {
    count++;
    response.setHeader('content-type', 'application/feed+json');
    if (request.url === '/gone.json') response.writeHead(404).end();
    else if (request.url === '/evil.json') response.end(JSON.stringify({ items: [evil, 'x', { title: ['<i>'] }] }));
    else response.end(await (await fetch(new URL(request.url, url))).text());
  });
  return { url: own, close, requests: () => count };
}

/** `set-up.php` installs WordPress, activates the plugin and creates a page with the shortcode. */
function writeSite(site, { socket, url, section }) {
  const theme = join(site, 'wp-content/themes/plain');
  const must = join(site, 'wp-content/mu-plugins');
  for (const folder of [theme, must]) mkdirSync(folder, { recursive: true });
  const files = {
    'wp-config.php': `<?php
define('DB_NAME', 'wp'); define('DB_USER', '${userInfo().username}'); define('DB_PASSWORD', ''); define('DB_HOST', 'localhost:${socket}');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', ''); $table_prefix = 'wp_';
define('WP_HOME', '${url}'); define('WP_SITEURL', '${url}'); define('DISABLE_WP_CRON', true); define('WP_HTTP_BLOCK_EXTERNAL', false);
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
`,
    'set-up.php': `<?php
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '${new URL(url).host}';
require __DIR__ . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
function wp_new_blog_notification() {}
wp_install('A site', 'editor', 'editor@example.org', true, '', 'not a secret');
update_option('active_plugins', ['newsloom-latest/newsloom-latest.php']);
update_option('template', 'plain'); update_option('stylesheet', 'plain');
update_option('date_format', 'F j, Y');
wp_update_post(['ID' => 1, 'post_content' => '[newsloom_latest src="${section.url}all.json" count="4"]']);
wp_update_post(['ID' => 2, 'post_content' => '<!-- wp:newsloom/latest {"src":"${section.url}all.json","count":3} /-->']);
`,
    'wp-content/themes/plain/style.css': '/* Theme Name: Plain */\n',
    'wp-content/themes/plain/index.php': `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A site</title><?php wp_head(); ?></head><body><main>
<?php if (isset($_GET['hostile'])) echo do_shortcode('[newsloom_latest src="${section.url}evil.json"]');
elseif (isset($_GET['per'])) echo do_shortcode('[newsloom_latest src="${section.url}all.json" per="1" more="All the news"]');
elseif (isset($_GET['wrong'])) {
  if (isset($_GET['editor'])) wp_set_current_user(1);
  $srcs = ['page' => '${section.url}index.html', 'none' => '${section.url}gone.json', 'empty' => '', 'path' => 'news/all.json', 'port' => 'http://127.0.0.1:1/all.json', 'round' => '”${section.url}all.json”'];
  echo do_shortcode('[newsloom_latest src=' . ($_GET['wrong'] === 'round' ? $srcs['round'] : '"' . $srcs[$_GET['wrong']] . '"') . ']');
}
else { the_post(); the_content(); } ?></main></body></html>
`,
    // WordPress does not request loopback addresses by default.
    'wp-content/mu-plugins/loopback.php': `<?php
add_filter('http_request_host_is_external', '__return_true');
add_filter('http_allowed_safe_ports', fn($ports) => [...$ports, ${new URL(section.url).port}]);
`,
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(site, path), text);
}
