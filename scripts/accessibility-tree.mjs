#!/usr/bin/env node
// Prints the accessibility tree of pages in Chromium, one node per line, after the outline of headings.
//   node scripts/accessibility-tree.mjs [--outline] FILE.html …     --outline: headings only; $CHROMIUM: the browser
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

/** Roles without content of their own. */
const SILENT = new Set(['none', 'generic', 'InlineTextBox', 'LineBreak', 'ListMarker', 'RootWebArea']);

const files = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const outlineOnly = process.argv.includes('--outline');
if (files.length === 0) {
  console.error('usage: node scripts/accessibility-tree.mjs [--outline] feeds/index.html …');
  process.exit(2);
}
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  for (const file of files) console.log(await report(file));
} finally {
  await browser.close();
}

async function report(file) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(resolve(file)).href);
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const title = await page.title();
  await page.close();
  const lines = formatNodes(nodes);
  const outline = lines
    .filter(({ role }) => role === 'heading')
    .map(({ level, name }) => `${'  '.repeat(level - 1)}h${level} ${name}`);
  const tree = lines.map(
    ({ depth, role, level, name }) => `${'  '.repeat(depth)}${role}${level ?? ''} ${JSON.stringify(name)}`,
  );
  return [`# ${file}: ${title}`, ...outline, ...(outlineOnly ? [] : ['', ...tree]), ''].join('\n');
}

/** Depth first. Omits text that repeats its parent's name. */
function formatNodes(nodes) {
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const lines = [];
  const visit = (node, depth, above) => {
    const role = node.role?.value ?? '';
    const name = (node.name?.value ?? '').replace(/\s+/g, ' ').trim();
    const isShown =
      !node.ignored && !SILENT.has(role) && !(role === 'StaticText' && (name === '' || above.includes(name)));
    const level = node.properties?.find((one) => one.name === 'level')?.value.value;
    if (isShown) lines.push({ depth, role, name, ...(role === 'heading' && { level }) });
    for (const id of node.childIds ?? []) {
      if (byId.has(id)) visit(byId.get(id), depth + (isShown ? 1 : 0), isShown ? name : above);
    }
  };
  visit(nodes[0], 0, '');
  return lines;
}
