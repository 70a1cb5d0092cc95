// Builds a website from docs/: node scripts/docs-site.mjs [folder] (default: dist-docs). docs/index.md is the front page and the menu.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, posix, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import MarkdownIt from 'markdown-it';

const root = resolve(import.meta.dirname ?? dirname(fileURLToPath(import.meta.url)), '..');
const markdown = new MarkdownIt();
const { fence, code_block } = markdown.renderer.rules;
const scrollable = (html) => html.replace('<pre>', '<pre tabindex="0">');
Object.assign(markdown.renderer.rules, {
  table_open: () => '<div class="table" tabindex="0">\n<table>\n',
  th_open: () => '<th scope="col">',
  table_close: () => '</table>\n</div>\n',
  fence: (...all) => scrollable(fence(...all)),
  code_block: (...all) => scrollable(code_block(...all)),
});

/**
 * Empties `out` first. Copies linked files other than pages to `files/`.
 *
 * @param {string} out
 */
export function buildDocsSite(out) {
  rmSync(out, { recursive: true, force: true });
  const menu = readMenu(readFileSync(join(root, 'docs/index.md'), 'utf8'));
  const order = ['index.md', ...menu.flatMap(({ pages }) => pages.map(({ path }) => path))];
  order.forEach((path, at) => {
    const page = readPage(path);
    for (const file of page.files) copy(file, out);
    const beside = { before: order[at - 1], after: order[at + 1] };
    write(join(out, htmlPath(path)), framed(page, menu, beside));
  });
  cpSync(join(root, 'docs/images'), join(out, 'images'), { recursive: true });
  const style = ['src/write/html/style.css', 'scripts/docs-site.css'].map((css) =>
    readFileSync(join(root, css), 'utf8'),
  );
  write(join(out, 'style.css'), style.join('\n'));
  return order;
}

/** All pages of docs/ by their relative paths. */
export function docsPages() {
  return readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.md'))
    .sort();
}

/**
 * Groups of the front page: second-level headings with the pages in the list below each.
 *
 * @param {string} index
 */
export function readMenu(index) {
  return index
    .split(/^## /m)
    .slice(1)
    .map((text) => ({
      title: text.split('\n', 1)[0],
      pages: [...text.matchAll(/^- \[([^\]]+)\]\(([^)#]+\.md)\)/gm)].map(([, title, path]) => ({ title, path })),
    }))
    .filter(({ pages }) => pages.length > 0);
}

/**
 * Anchors of a document's headings in order, as GitHub generates them.
 *
 * @param {string} text Markdown
 */
export function listAnchors(text) {
  return findAnchors(markdown.parse(withoutComments(text), {}));
}

function findAnchors(tokens) {
  const seen = new Map();
  return findHeadings(tokens).map(({ words }) => {
    const anchor = words
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
}

function findHeadings(tokens) {
  return tokens.flatMap((token, at) =>
    token.type === 'heading_open' ? [{ token, words: getText(tokens[at + 1]), level: Number(token.tag[1]) }] : [],
  );
}

function getText(inline) {
  return (inline.children ?? []).map(({ content }) => content).join('');
}

/** Converts a page of docs/ to HTML. Also returns its headings and the linked files. */
function readPage(path) {
  const tokens = markdown.parse(withoutComments(readFileSync(join(root, 'docs', path), 'utf8')), {});
  const anchors = findAnchors(tokens);
  const headings = findHeadings(tokens).map((heading, at) => ({ ...heading, anchor: anchors[at] }));
  for (const { token, anchor } of headings) token.attrSet('id', anchor);
  const files = [];
  for (const link of tokens.flatMap(({ children }) => children ?? []).filter(({ type }) => type === 'link_open')) {
    const { href, file } = resolveLink(link.attrGet('href'), path);
    link.attrSet('href', href);
    if (file !== null) files.push(file);
  }
  const html = markdown.renderer
    .render(tokens, markdown.options, {})
    .replaceAll(/<thead>\s*<tr>\s*(?:<th scope="col"><\/th>\s*)+<\/tr>\s*<\/thead>\n/g, '')
    .replaceAll('<th scope="col"></th>', '<td></td>');
  return { path, html, headings, files };
}

/** Removes comments with test instructions, except in code blocks. */
function withoutComments(text) {
  return text.replace(/(^```[\s\S]*?^```$|`[^`\n]+`)|<!--[\s\S]*?-->\n?/gm, '$1');
}

/** Target of a link on the site. `file`: linked file other than a page, relative to the repository. */
function resolveLink(href, path) {
  if (/^(?:[a-z]+:|#)/.test(href)) return { href, file: null };
  const [target, anchor] = href.split('#');
  const named = posix.normalize(posix.join('docs', posix.dirname(path), target));
  const end = anchor === undefined ? '' : `#${anchor}`;
  if (/^docs\/(?:.+\.md$|images\/)/.test(named))
    return { href: `${target.replace(/\.md$/, '.html')}${end}`, file: null };
  const isFolder = statSync(join(root, named)).isDirectory();
  const inside = isFolder ? `${named.replace(/\/$/, '')}/index.html` : named;
  return { href: `${toRootPath(path)}files/${inside}`, file: named };
}

function copy(file, out) {
  const to = join(out, 'files', file);
  if (existsSync(to)) return;
  mkdirSync(dirname(to), { recursive: true });
  cpSync(join(root, file), to, { recursive: true, filter: (from) => !/node_modules|[/\\]\.git$/.test(from) });
  if (statSync(to).isDirectory()) write(join(to, 'index.html'), listing(file, to));
}

/** Lists the files of a linked folder. */
function listing(file, folder) {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
  const items = paths.map((path) => `<li><a href="${escaped(encodeURI(path))}">${escaped(path)}</a></li>`);
  return `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${escaped(basename(file))}</title>\n</head>\n<body>\n<h1>${escaped(file)}</h1>\n<ul>\n${items.join('\n')}\n</ul>\n</body>\n</html>\n`;
}

function framed({ path, html, headings }, menu, { before, after }) {
  const up = toRootPath(path);
  const title = headings[0].words;
  const parts = headings.filter(({ level }) => level === 2);
  const contents = parts.map(({ anchor, words }) => `<li><a href="#${anchor}">${escaped(words)}</a></li>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${path === 'index.md' ? 'newsloom' : `${escaped(title)} · newsloom`}</title>
<link rel="stylesheet" href="${up}style.css">
</head>
<body class="docs">
<a class="skip" href="#main">Skip to content</a>
<header class="site"><p class="site-title"><a href="${up}index.html">newsloom</a></p></header>
<div class="columns">
<main id="main">
${path === 'index.md' ? html : withContents(html, contents)}${nearby(up, menu, before, after)}</main>
<nav class="menu" aria-label="All pages">
${menu.map((group) => menuGroup(group, path, up)).join('\n')}
</nav>
</div>
</body>
</html>
`;
}

/** Adds a table of contents to long pages, below the first heading. */
function withContents(html, contents) {
  if (contents.length < 4) return html;
  const list = `<nav class="contents" aria-label="On this page">\n<ul>\n${contents.join('\n')}\n</ul>\n</nav>\n`;
  return html.replace('</h1>\n', `</h1>\n${list}`);
}

function menuGroup({ title, pages }, path, up) {
  const items = pages.map((page) => {
    const current = page.path === path ? ' aria-current="page"' : '';
    return `<li><a href="${up}${htmlPath(page.path)}"${current}>${escaped(page.title)}</a></li>`;
  });
  return `<p>${escaped(title)}</p>\n<ul>\n${items.join('\n')}\n</ul>`;
}

function nearby(up, menu, before, after) {
  const link = (path, rel) => {
    const title = menu.flatMap(({ pages }) => pages).find((page) => page.path === path)?.title ?? 'Start';
    return path === undefined ? '' : `<a rel="${rel}" href="${up}${htmlPath(path)}">${escaped(title)}</a>`;
  };
  return `<nav class="nearby" aria-label="Before and after">${link(before, 'prev')} ${link(after, 'next')}</nav>\n`;
}

function toRootPath(path) {
  return '../'.repeat(path.split('/').length - 1);
}

function htmlPath(path) {
  return path.replace(/\.md$/, '.html');
}

function escaped(text) {
  return markdown.utils.escapeHtml(text);
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildDocsSite(resolve(process.argv[2] ?? 'dist-docs'));
