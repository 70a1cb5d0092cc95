/** The docs site: every page is in the menu, every link works, every page is valid HTML. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { buildDocsSite, docsPages, listAnchors, readMenu } from '../../scripts/docs-site.mjs';
import { crawl } from '../support/crawl.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  // `tabindex` makes wide tables and code scrollable with the keyboard.
  rules: { 'doctype-style': 'off', 'long-title': 'off' },
});

describe('the docs site', () => {
  it('has every document in the menu and no dead link', async () => {
    const site = temporaryFolder();
    expect(buildDocsSite(site).sort()).toEqual(docsPages());
    const { reached, dead } = crawl(site, 'https://docs.example/');
    expect(dead).toEqual([]);
    for (const page of docsPages()) expect(reached).toContain(page.replace(/\.md$/, '.html'));
    const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'));
    for (const path of pages) {
      const { results } = await validator.validateString(readFileSync(join(site, path), 'utf8'), path);
      expect(
        results.flatMap(({ messages }) => messages.map(({ line, message }) => `${path}:${line} ${message}`)),
      ).toEqual([]);
    }
  });

  it('hides test instructions', () => {
    const site = temporaryFolder();
    buildDocsSite(site);
    expect(readFileSync(join(site, 'tutorial.html'), 'utf8')).not.toMatch(/&lt;!--|<!--/);
  });

  it('shows comments that are part of code', () => {
    const site = temporaryFolder();
    buildDocsSite(site);
    const include = '&lt;!--#include virtual=&quot;/news/fragments/latest.html&quot; --&gt;';
    expect(readFileSync(join(site, 'guides/embed.html'), 'utf8')).toContain(include);
  });
});

describe('readMenu', () => {
  it('reads the lists below second-level headings', () => {
    const index =
      '# Title\n\n- [No](no.md)\n\n## One\n\n- [A](a.md): first\n- [B](guides/b.md): second\n\n## Words\n\nNone.\n';
    expect(readMenu(index)).toEqual([
      {
        title: 'One',
        pages: [
          { title: 'A', path: 'a.md' },
          { title: 'B', path: 'guides/b.md' },
        ],
      },
    ]);
  });
});

describe('listAnchors', () => {
  it('generates anchors like GitHub', () => {
    const text = '# Names, that `change`\n\n## STORE_FULL\n\n### Twice\n\n### Twice\n\n```sh\n# no heading\n```\n';
    expect(listAnchors(text)).toEqual(['names-that-change', 'store_full', 'twice', 'twice-1']);
  });
});
