/** The .htaccess of docs/guides/web-space.md in an Apache with a blog around the section. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../scripts/free-port.mjs';
import { findMediaType } from '../src/write/published/media-type.js';
import { temporaryFolder } from './support/temporary-folder.js';
import { ended, findPolicy, openToAll, untilAnswering } from './support/web-server.js';

const APACHE = '/usr/sbin/apache2';
const MODULES = '/usr/lib/apache2/modules';
const LOADED = ['mpm_event', 'authz_core', 'mime', 'dir', 'rewrite', 'headers', 'filter', 'deflate'];
const FILES = [
  ...['all.rss', 'all.atom', 'all.json', 'topics/sea.json', 'archive/all/1.json', 'feeds.opml', 'sitemap.xml'],
  ...['manifest.json', 'status.json', 'tdmrep.json', 'index.html', 'topics/sea.html', 'frames/topics/sea.html'],
  ...['style.css', 'newsloom-latest.js', 'icons/a.svg', 'images/a.png', 'images/a.jpg'],
];
const FRONT_PAGE = 'The blog, not the section';

/** As written by WordPress: any path without a file is the front page. */
const BLOG = `RewriteEngine On
RewriteBase /
RewriteCond %{REQUEST_FILENAME} !-f
RewriteCond %{REQUEST_FILENAME} !-d
RewriteRule . /index.html [L]
`;

function siteFiles(site: string): void {
  const guide = readFileSync(new URL('../docs/guides/web-space.md', import.meta.url), 'utf8');
  const [, htaccess = ''] = /^```apache\n([\s\S]*?)^```$/m.exec(guide) ?? [];
  const files = { '.htaccess': BLOG, 'index.html': FRONT_PAGE, 'news/.htaccess': htaccess };
  const section = Object.fromEntries(
    FILES.map((path) => [`news/${path}`, `${path} ${'the ferry sails '.repeat(200)}`]),
  );
  for (const [path, text] of Object.entries({ ...files, ...section })) {
    mkdirSync(dirname(join(site, path)), { recursive: true });
    writeFileSync(join(site, path), text);
  }
}

async function served(): Promise<string> {
  const folder = temporaryFolder();
  const port = await freePort();
  siteFiles(join(folder, 'site'));
  writeFileSync(
    join(folder, 'apache.conf'),
    `ServerName localhost
ServerRoot ${folder}
PidFile ${folder}/pid
DefaultRuntimeDir ${folder}
Listen 127.0.0.1:${port}
ErrorLog ${folder}/error.log
${LOADED.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join('\n')}
User www-data
Group www-data
TypesConfig /etc/mime.types
DocumentRoot ${folder}/site
<Directory ${folder}/site>
  AllowOverride All
  Options FollowSymLinks
</Directory>
`,
  );
  openToAll(folder);
  const apache = spawn(APACHE, ['-X', '-f', join(folder, 'apache.conf')], { stdio: 'pipe' });
  let said = '';
  apache.stderr.on('data', (chunk) => (said += chunk));
  onTestFinished(() => ended(apache));
  const url = `http://127.0.0.1:${port}`;
  await untilAnswering(
    apache,
    () => fetch(url),
    () => said,
  );
  return url;
}

describe.skipIf(!existsSync(APACHE))('docs/guides/web-space.md', { timeout: 300_000 }, () => {
  it('makes Apache send types, policies and a plain 404, regardless of the blog around it', async () => {
    const url = await served();
    for (const path of FILES) {
      const { status, headers } = await fetch(`${url}/news/${path}`);
      expect([path, status, headers.get('content-security-policy')]).toEqual([path, 200, findPolicy(path)]);
      expect(headers.get('content-type')?.replace(/; charset=utf-8$/, ''), path).toBe(
        findMediaType(path).type.replace(/; charset=utf-8$/, ''),
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('public, max-age=300, must-revalidate');
    }
    for (const path of ['/news/none.rss', '/news/topics/none.json'])
      expect([path, (await fetch(url + path)).status]).toEqual([path, 404]);
    expect(await (await fetch(`${url}/no-such-post`)).text()).toBe(FRONT_PAGE);
  });
});
