/** The examples as far as they can be tried without their tools; "npm run examples" builds each and opens it in a browser. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { examples } from '../scripts/examples/examples.mjs';
import { loadSite } from '../src/app/load-site.js';
import { siteFolder } from './support/site-folder.js';

const root = fileURLToPath(new URL('../examples/', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8').trimEnd();
const guide = (name: string) => readFileSync(new URL(`../docs/guides/${name}.md`, import.meta.url), 'utf8');
const hasPhp = spawnSync('php', ['-v']).status === 0;
const files = readdirSync(root, { recursive: true, encoding: 'utf8' });

describe('the examples', () => {
  it('are each built by "npm run examples"', () => {
    const kept = readdirSync(root).filter((name) => !['section', 'template', 'README.md'].includes(name));
    expect(Object.keys(examples).sort()).toEqual([...kept, 'wordpress'].sort()); // whose plugin lies beside its guide
  });

  it('pin what they install, and bring nothing installed along', () => {
    expect(files.filter((path) => /node_modules|-lock\.|\.lock$/.test(path))).toEqual([]);
    for (const path of files.filter((one) => one.endsWith('package.json'))) {
      const { dependencies } = JSON.parse(read(path));
      for (const version of Object.values(dependencies)) expect(version, path).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  it.each([
    ['embed', 'ssi/index.html'],
    ['embed', 'ssi/newsloom.conf'],
    ['embed', 'element/index.html'],
    ['static-sites', 'astro/src/pages/index.astro'],
    ['static-sites', 'eleventy/eleventy.config.js'],
    ['static-sites', 'eleventy/index.njk'],
    ['static-sites', 'hugo/hugo.toml'],
    ['static-sites', 'hugo/layouts/index.html'],
    ['static-sites', 'next/app/page.js'],
  ])('docs/guides/%s.md shows %s as it is', (name, path) => {
    expect(guide(name)).toContain(`\n${read(path)}\n\`\`\`\n`);
  });

  it('read the section anew in every build: Hugo and Next keep what one has read for all later ones', () => {
    expect(read('hugo/hugo.toml')).toMatch(/^\[caches\.getresource\]\nmaxAge = 0$/m);
    expect(read('next/app/page.js')).toMatch(/fetch\(`\$\{feeds\}all\.json`, \{ cache: 'no-store' \}\)/);
  });

  it.skipIf(!hasPhp)('have a plugin that PHP can read', () => {
    const plugin = join(root, '../docs/guides/wordpress/newsloom-latest/newsloom-latest.php');
    expect(spawnSync('php', ['-l', plugin], { encoding: 'utf8' })).toMatchObject({ status: 0 });
  });

  it('keep a blank between what stands in a line of a list in Astro, which drops line breaks between elements', () => {
    const list = /<li>\n([\s\S]*?)\n *<\/li>/.exec(read('astro/src/pages/index.astro'))?.[1] ?? '';
    const lines = list.split('\n');
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.slice(0, -1).filter((line) => !line.endsWith("{' '}"))).toEqual([]);
  });
});

describe.each(['astro/src/pages/index.astro', 'eleventy/eleventy.config.js', 'next/app/page.js'])('%s', (path) => {
  const [, address = ''] = /^const feeds = (.*);$/m.exec(read(path)) ?? [];
  it.each(['https://paper.example/feeds', 'https://paper.example/feeds/'])('reads %s', (NEWSLOOM_FEEDS) => {
    const feeds = new Function('process', `return ${address}`)({ env: { NEWSLOOM_FEEDS } });
    expect(feeds).toBe('https://paper.example/feeds/');
  });
});

describe.skipIf(!hasPhp)('the shortcode of the plugin', () => {
  const plugin = join(root, '../docs/guides/wordpress/newsloom-latest/newsloom-latest.php');
  const said = (lines: string) => {
    const wordpress = `define('ABSPATH', '/'); define('MINUTE_IN_SECONDS', 60); define('WEEK_IN_SECONDS', 604800);
function add_shortcode($name, $shown) { $GLOBALS['shortcodes'][$name] = $shown; }
foreach (['add_filter', 'add_action', 'set_transient'] as $name)
  eval("function $name(...\\$given) { return false; }");
function wp_http_validate_url($url) { return !str_contains($url, 'site.') && !str_contains($url, 'paper.'); }
const MB_IN_BYTES = 1048576;
function shortcode_atts($all, $given) { return array_merge($all, (array) $given); }
function wp_parse_url($url) { return parse_url($url); }
function home_url() { return 'https://site.example/blog'; }
function esc_url_raw($url) { return $url; }
function esc_html($text) { return $text; }
function esc_attr($text) { return $text; }
function esc_url($url) { return $url; }
function current_user_can() { return $GLOBALS['editor']; }
$editor = true; $kept = false;
function get_transient($name) { return str_ends_with($name, '_kept') ? ($GLOBALS['old'] ?? false) : $GLOBALS['kept']; }
require '${plugin}';
${lines}
`;
    return spawnSync('php', ['-d', 'error_reporting=-1', '-r', wordpress], { encoding: 'utf8' });
  };

  it('shows five where no number is written, and says so to editors alone', () => {
    const { stdout, stderr } = said(`
$kept = ['items' => array_fill(0, 9, []), 'home' => '', 'language' => '', 'failure' => ''];
function shown($given) { $html = newsloom_latest_html($given + ['src' => 'https://n.example/all.json']); return [substr_count($html, '<li'), strip_tags(strstr($html, '<p') ?: '')]; }
foreach (['ten', '0', '2', '”3”'] as $count) echo json_encode(shown(['count' => $count])), "\\n";
echo json_encode(shown(['per' => 'one'])), "\\n";
$editor = false;
echo json_encode(shown(['count' => 'ten']));`);
    const why = (words: string) => `newsloom latest (only editors see this): ${words}`;
    expect([stdout.split('\n').map((line) => JSON.parse(line)), stderr]).toEqual([
      [
        [5, why('count="ten" is no number from 1 on: 5 are shown')],
        [5, why('count="0" is no number from 1 on: 5 are shown')],
        [2, ''],
        [3, ''],
        [5, why('per="one" is no number: any are shown')],
        [5, ''],
      ],
      '',
    ]);
  });

  it('is known by the name of the element too, and tells editors of settings that it does not have', () => {
    const { stdout, stderr } = said(`
$kept = ['items' => array_fill(0, 9, []), 'home' => '', 'language' => '', 'failure' => ''];
$given = ['src' => 'https://n.example/all.json', 'number' => '3', 'per' => '2'];
foreach ($shortcodes as $name => $shown) echo "$name: ", strip_tags(strstr($shown($given, '', $name), '<p') ?: ''), "\n";
echo strip_tags($shortcodes['newsloom_latest']('', '', 'newsloom_latest')), "\n";
echo strstr(newsloom_latest_html(['lock' => true] + $given, '', (object) []), '<p');`);
    const why = 'newsloom latest (only editors see this): ';
    const other = 'number: no setting; there are src, count, per, more';
    expect([stdout.split('\n'), stderr]).toEqual([
      [
        `newsloom_latest: ${why}${other}`,
        `newsloom-latest: ${why}${other}`,
        expect.stringContaining(`${why}src is no address of a feed`),
        '',
      ],
      '',
    ]);
  });

  it('tells editors of a list that is an old one, and that a topic has no feed before its first article', () => {
    const { stdout, stderr } = said(`
$answered = ['items' => [['title' => 'A', 'date_published' => '2026-11-20T10:00:00Z']], 'home' => '', 'language' => '', 'failure' => ''];
foreach (['is_wp_error' => false, 'wp_safe_remote_get' => [], 'wp_remote_retrieve_response_code' => 404, 'get_option' => '', 'wp_date' => '20 November'] as $name => $value)
  eval("function $name(...\\$given) { return " . var_export($value, true) . "; }");
foreach ([false, $answered] as $old) echo newsloom_latest_html(['src' => 'https://n.example/topics/chess.json']), "\\n";`);
    const why = 'answered with status 404: a feed ends in .json, and that of a topic comes with its first article';
    const [without = '', old = ''] = stdout.split('\n');
    expect([without, old, stderr]).toEqual([
      expect.stringContaining(`${why}</p>`),
      expect.stringContaining(`${why}; the list is that of the last good answer</p>`),
      '',
    ]);
    expect(old).toContain('style="white-space:nowrap">20 November</time>');
  });

  it.each([
    ['{"items":[]}', 'the feed has no articles'],
    [
      '{"items":[{"title":"A"},',
      'https://n.example/all.json cannot be read as JSON: it is broken, or has more than 4 MB',
    ],
    ['<!doctype html>', 'https://n.example/all.json is no JSON Feed; the section'],
    ['{"rows":[]}', 'https://n.example/all.json is no JSON Feed; the section'],
  ])('tells editors alone what %s lacks', (body, why) => {
    const { stdout, stderr } = said(`
foreach (['is_wp_error' => false, 'wp_safe_remote_get' => [], 'wp_remote_retrieve_response_code' => 200, 'wp_remote_retrieve_body' => '${body}'] as $name => $value)
  eval("function $name(...\\$given) { return " . var_export($value, true) . "; }");
foreach ([true, false] as $editor) echo newsloom_latest_html(['src' => 'https://n.example/all.json']), "\\n";`);
    expect([stdout.split('\n'), stderr]).toEqual([[expect.stringContaining(`see this): ${why}`), '', ''], '']);
  });

  it('tells editors which scheme was taken where src has none and does not answer', () => {
    const { stdout } = said(`
foreach (['is_wp_error' => false, 'wp_safe_remote_get' => [], 'wp_remote_retrieve_response_code' => 502] as $name => $value)
  eval("function $name(...\\$given) { return " . var_export($value, true) . "; }");
foreach (['127.0.0.41:8080/news/all.json', 'https://n.example/all.json', '/all.json'] as $src) echo newsloom_latest_html(['src' => $src]), "\\n";`);
    const told = 'src has no scheme, so https:// was taken: write http:// or https://';
    expect(stdout.split('\n').map((line) => line.includes(told))).toEqual([true, false, false, false]);
  });

  it('tells editors that a path of their site begins with "/", and reads it there', () => {
    const { stdout, stderr } = said(
      `foreach (['news/all.json', '/news/all.json', 'paper.example/all.json', '//paper.example/all.json'] as $src) echo newsloom_latest_html(['src' => $src]), "\\n";`,
    );
    expect([stdout.split('\n'), stderr]).toEqual([
      [
        expect.stringContaining('begin a path of this site with "/", such as src="/news/all.json"'),
        expect.stringContaining('does not ask https://site.example/news/all.json:'),
        expect.stringContaining('does not ask https://paper.example/all.json:'),
        expect.stringContaining('does not ask https://paper.example/all.json:'),
        '',
      ],
      '',
    ]);
  });
});

describe.skipIf(!hasPhp)('the shortcode of docs/guides/embed.md', () => {
  const [, php = ''] = /^```php\n<\?php\n([\s\S]*?)^```$/m.exec(guide('embed')) ?? [];
  it('shows fragments, and of a topic without an article nothing', () => {
    const folder = siteFolder({
      'news/fragments/latest.html': 'latest',
      'news/fragments/topics/economy.html': 'economy',
    });
    // As WordPress has them: without attributes, a shortcode is given "".
    const around = `define('ABSPATH', '${folder}/');
function sanitize_key($key) { return preg_replace('/[^a-z0-9_\\-]/', '', strtolower($key)); }
function add_shortcode($name, $shown) { foreach ([false, true] as $GLOBALS['editor']) foreach (['', ['topic' => 'economy'], ['topic' => 'chess'], ['topic' => '../latest']] as $given) echo "$name:", $shown($given), ';'; }
function current_user_can() { return $GLOBALS['editor']; }
function esc_html($text) { return $text; }
`;
    const { stdout, stderr } = spawnSync('php', ['-d', 'error_reporting=-1', '-r', around + php], { encoding: 'utf8' });
    const name = 'news_fragment';
    const none = (id: string) => `Only editors see this: there is no ${folder}/news/fragments/topics/${id}.html`;
    const shown = (...of: string[]) => of.map((one) => `${name}:${one};`).join('');
    expect([stdout, stderr]).toEqual([
      shown('latest', 'economy', '', '') + shown('latest', 'economy', none('chess'), none('latest')),
      '',
    ]);
  });
});

describe('the template', () => {
  type Step = { name?: string; run?: string; uses?: string };
  const steps = (path: string): Step[] => parse(readFileSync(path, 'utf8')).jobs.feeds.steps;
  const ours = steps(join(root, 'template/.github/workflows/newsloom.yml'));
  const written = steps(fileURLToPath(new URL('../src/cli/templates/workflow.yml', import.meta.url)));

  it('has a config without mistakes, at the address of the repository', async () => {
    const url = 'https://someone.github.io/news/';
    const settings = await loadSite(join(root, 'template/config/newsloom.yaml'), { SITE_URL: url }, 'fresh');
    expect(settings.site).toMatchObject({ url, feedsUrl: url });
    expect(settings.publish.embed).toContain('badge');
    expect(read('template/README.md')).toContain('](feeds/status.svg)');
  });

  it('does what the workflow of "newsloom init" does, and deploys', () => {
    const shared = written.filter(({ name }) => name !== 'Install'); // the template always brings its own
    const named = ours.filter(({ name }) => shared.some((step) => step.name === name));
    const comparable = ({ run, ...step }: Step) => ({
      ...step,
      run: run?.replace(/npx (?:--yes )?newsloom\S*/, 'npx'),
    });
    expect(named.map(comparable)).toEqual(shared.map(comparable));
    const more = ours.filter((step) => !named.includes(step)).map(({ name }) => name);
    expect(more).toEqual(['Install', 'Address', 'Pages', 'Deploy']);
  });

  it.each([
    ['Someone/news', 'https://someone.github.io/news/'],
    ['Someone/someone.github.io', 'https://someone.github.io/'],
  ])('finds where %s is served', (repository, url) => {
    const { run = '' } = ours.find(({ name }) => name === 'Address') ?? {};
    const env = { ...process.env, GITHUB_REPOSITORY: repository, GITHUB_REPOSITORY_OWNER: 'Someone' };
    const told = run.replace(' >> "$GITHUB_ENV"', '');
    expect(spawnSync('bash', ['-ec', told], { env, encoding: 'utf8' }).stdout).toBe(`SITE_URL=${url}\n`);
  });

  it('is kept up to date', () => {
    const { updates } = parse(read('template/.github/dependabot.yml'));
    const kinds = updates.map((one: Record<string, string>) => one['package-ecosystem']);
    expect(kinds).toEqual(['npm', 'github-actions']);
    expect(existsSync(join(root, 'template/.gitignore'))).toBe(true);
  });
});
