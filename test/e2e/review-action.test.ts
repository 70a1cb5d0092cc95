import { execFile, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { playAction } from '../support/action-steps.js';
import { browserFolder } from '../support/browser.js';
import { type CommentsApi, serveComments } from '../support/comments-api.js';
import { compiled } from '../support/compiled.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { isThorough, thorough } from '../support/thorough.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = join(root, 'dist/main.js');
const SLOW = 300_000;
const REPOSITORY = 'octo/section';
const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

let origin: FeedServer;
let api: CommentsApi;
let repository: string;
beforeAll(async () => {
  compiled();
  origin = await serveFeeds({
    '/courier': rss('The Courier', [
      { title: 'Storm closes the harbour' },
      {
        title: 'Ferry | &lt;b&gt; @octo #12 `x`',
        xml: `<enclosure url="https://courier.example/p.jpg" type="image/jpeg" length="9"/>`,
      },
    ]),
  });
  repository = await aRepository();
}, SLOW);
afterAll(async () => {
  await origin.close();
  rmSync(repository, { recursive: true, force: true });
});
beforeEach(async () => {
  api = await serveComments(REPOSITORY, 7);
  return () => api.close();
});

const config = (topics: string) =>
  [
    'site: { title: The Section, url: "https://news.example.org/" }',
    `sources: [{ id: courier, url: "${origin.url}/courier", content: full, images: true }]`,
    'fetch: { allowPrivateAddresses: true, spacing: 0s, timeout: 60s }',
    `topics: [${topics}]`,
  ].join('\n');

const execute = promisify(execFile);
const run = (cwd: string, program: string, ...args: readonly string[]) => execute(program, args, { cwd });
const git = (folder: string, ...args: readonly string[]) =>
  run(folder, 'git', '-c', 'user.name=e', '-c', 'user.email=e@n.example', ...args);

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text, { mode: 0o755 });
  }
}

/** A section with its edition, like a repository on GitHub. */
async function aRepository(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'newsloom-repository-'));
  write(folder, { 'config/newsloom.yaml': config('{ id: harbour, any: [harbour] }'), '.gitignore': '.newsloom/\n' });
  await run(folder, process.execPath, '--no-warnings', main, 'build', '--quiet');
  rmSync(join(folder, '.newsloom'), { recursive: true });
  await git(folder, 'init', '--quiet', '--initial-branch', 'main');
  await git(folder, 'add', '.');
  await git(folder, 'commit', '--quiet', '-m', 'Begin');
  return folder;
}

/** Replaces the registry: it "installs" this program, outside of the change's files. */
const NPM = `#!/bin/bash
[ "$(pwd)" = "$RUNNER_TEMP/newsloom" ] || exit 9
mkdir -p node_modules/.bin
printf '#!/bin/sh\\nexec "%s" --no-warnings "%s" "$@"\\n' "${process.execPath}" "${main}" > node_modules/.bin/newsloom
chmod +x node_modules/.bin/newsloom
`;

/** A checkout with the change as last commit; the target branch is the commit before. */
async function pullRequest(
  changed: string,
  more: Readonly<Record<string, string>> = {},
): Promise<{ work: string; temp: string }> {
  const folder = temporaryFolder();
  const [work, temp] = [join(folder, 'work'), join(folder, 'temp')];
  cpSync(repository, work, { recursive: true });
  write(work, { 'config/newsloom.yaml': changed, ...more });
  await git(work, 'add', '--force', '.');
  await git(work, 'commit', '--quiet', '-m', 'Change');
  write(folder, { 'bin/npm': NPM });
  return { work, temp };
}

function play({ work, temp }: { work: string; temp: string }, inputs: Readonly<Record<string, string>> = {}) {
  const github = {
    event_name: 'pull_request',
    event: { pull_request: { number: 7 } },
    server_url: 'https://github.example',
    repository: REPOSITORY,
    run_id: '42',
  };
  const env = {
    PATH: `${join(work, '../bin')}:${process.env.PATH}`,
    HOME: temp,
    TMPDIR: browserFolder(),
    GITHUB_API_URL: api.url,
    GITHUB_REPOSITORY: REPOSITORY,
  };
  return playAction({ inputs: { mode: 'review', token: 'a-token', ...inputs }, github, work, temp, env });
}

const CHANGE = () => config('{ id: ferries, label: "A | B @octo", any: [ferry] }');

describe.runIf(process.platform !== 'win32' && has('jq') && has('curl'))('action.yml, mode: review', () => {
  thorough('writes one comment on the pull request, and keeps it up to date', { timeout: SLOW }, async () => {
    const pull = await pullRequest(CHANGE());
    const { failed, steps, summary, log } = await play(pull);
    expect(failed, log).toBe(false);
    expect(steps.build?.outcome).toBe('skipped');
    expect(api.calls).toEqual(['GET 200', 'POST 201']);
    const [comment] = api.comments;
    expect(comment?.body).toContain(summary.trim());
    expect(comment?.body).toMatch(/^<!-- newsloom review: config\/newsloom\.yaml -->\n/);
    expect(comment?.body).toContain('[The run](https://github.example/octo/section/actions/runs/42)');
    expect(comment?.body).toContain('2 articles of the edition');
    expect(comment?.body).toMatch(/^\| new \| topics\/ferries \| A &#124; B &#64;&#8203;octo \| 0 \| 1 \| 1 \|/m);
    expect(comment?.body).not.toMatch(/@octo|#12\b|<b>/);

    writeFileSync(join(pull.work, 'config/newsloom.yaml'), config('{ id: harbour, any: [harbour] }'));
    await play(pull);
    expect(api.calls.slice(2)).toEqual(['GET 200', 'PATCH 200']);
    expect(api.comments).toHaveLength(1);
    expect(api.comments[0]?.body).toContain('no visible change');
  });

  thorough('finds its comment among many, and ignores those of people', { timeout: SLOW }, async () => {
    const marker = '<!-- newsloom review: config/newsloom.yaml -->';
    api.write('User', `${marker}\nTrust me`);
    for (let n = 0; n < 240; n++) api.write(n % 2 === 0 ? 'User' : 'Bot', `comment ${n} ${marker}`);
    const own = api.write('Bot', `${marker}\nold`);
    for (let n = 0; n < 20; n++) api.write('User', 'later');
    const { failed, log } = await play(await pullRequest(CHANGE()));
    expect(failed, log).toBe(false);
    expect(api.calls).toEqual(['GET 200', 'GET 200', 'GET 200', 'PATCH 200']);
    expect(own.body).toContain('topics/ferries');
    expect(api.comments[0]?.body).toBe(`${marker}\nTrust me`);
  });

  thorough('comments the errors of an invalid config, then fails', { timeout: SLOW }, async () => {
    const { failed, steps } = await play(await pullRequest(config('{ id: Bad Id }, {}')));
    expect(failed).toBe(true);
    expect(steps.comment?.outcome).toBe('success');
    expect(steps.review?.outputs.status).toBe('78');
    expect(api.comments[0]?.body).toMatch(/\| config\/newsloom\.yaml&#58;&#8203;4 \| topics/);
  });

  thorough(
    'leaves it at the summary where its token may not comment, or none is wanted',
    { timeout: SLOW },
    async () => {
      api.readOnly = true;
      const pull = await pullRequest(CHANGE());
      const refused = await play(pull);
      expect(refused.failed, refused.log).toBe(false);
      expect(refused.log).toContain('::notice::the review is only in the summary');
      expect(refused.summary).toContain('topics/ferries');
      api.calls.length = 0;
      await play({ ...pull, temp: `${pull.temp}-2` }, { comment: 'false' });
      expect(api.calls).toEqual([]);
    },
  );

  it('runs no code of the pull request', { timeout: SLOW }, async () => {
    const evil = '#!/bin/sh\ntouch "$RUNNER_TEMP/ran"\n';
    const pull = await pullRequest(
      `${CHANGE()}\nenrich: [{ name: evil, as: summary, run: [./evil.sh] }]\npublish: { templates: theme }\n`,
      {
        'evil.sh': evil,
        'node_modules/.bin/newsloom': evil,
        '.npmrc': 'registry=http://127.0.0.1:1/\n',
        'package.json': '{ "scripts": { "preinstall": "./evil.sh" } }',
        'theme/index.eta': '<% process.exit(9) %>',
        '.newsloom/newsloom.db': 'no database',
        'HEAD^1/config/newsloom.yaml': `${CHANGE()}\npublish: { templates: theme }\n`,
        'HEAD^1/theme/index.eta':
          '<% process.getBuiltinModule("fs").writeFileSync(process.env.RUNNER_TEMP + "/ran", "") %>',
      },
    );
    const { failed, log, steps } = await play(pull);
    expect(failed, log).toBe(false);
    expect(steps.review?.outputs.status).toBe('0');
    expect(existsSync(join(pull.temp, 'ran'))).toBe(false);
  });

  thorough('prints no commands for the runner', { timeout: SLOW }, async () => {
    const pull = await pullRequest(CHANGE());
    const loud = `#!/bin/sh\nprintf '  ::add-mask::e\\n##[add-mask]a\\nlast' >&2\nexit 70\n`;
    write(pull.work, {
      '../bin/npm': `#!/bin/sh\nmkdir -p node_modules/.bin\ncp "${pull.work}/loud" node_modules/.bin/newsloom\n`,
      loud,
    });
    const { failed, log } = await play(pull);
    expect(failed).toBe(true);
    const [, key, said] = /^::stop-commands::([0-9a-f]{32})\n([\s\S]*)\n::\1::$/m.exec(log) ?? [];
    expect(said).toBe('  ::add-mask::e\n##[add-mask]a\nlast');
    expect(log.replace(said!, '')).not.toMatch(/add-mask/);
    expect((await play({ ...pull, temp: `${pull.temp}-2` })).log).not.toContain(key);
  });

  it.runIf(isThorough && has('chromium'))(
    'takes a picture of the front page, for which nobody is asked',
    { timeout: SLOW },
    async () => {
      const pull = await pullRequest(CHANGE());
      const asked = origin.requests.length;
      const { log } = await play(pull, { comment: 'false' });
      const picture = join(pull.temp, 'newsloom-review/front-page.png');
      expect(existsSync(picture), `${log}${readFileSync(join(pull.temp, 'newsloom-browser.log'), 'utf8')}`).toBe(true);
      expect(readFileSync(picture).length).toBeGreaterThan(10_000);
      expect(readFileSync(picture).subarray(1, 4).toString()).toBe('PNG');
      expect(origin.requests.slice(asked)).toEqual([]);
    },
  );
});
