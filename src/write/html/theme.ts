/** Compiles the templates of pages, ours or the site's replacements, once per edition. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Eta } from 'eta/core';
import { PublishError } from '../../model/errors.js';
import type { Theme } from '../../model/page.js';
import { legalText } from '../../text/xml.js';
import { TEMPLATE_NAMES, type TemplateName, templatePath } from './template-names.js';

export interface Templates {
  /** Changes with any template. */
  readonly fingerprint: string;
  /** Throws PublishError PUBLISH_FAILED where a template of the site is invalid. */
  render(name: TemplateName, data: object): string;
}

export function openTemplates(theme: Theme): Templates {
  const texts = new Map(
    TEMPLATE_NAMES.map((name) => [name, theme.templates[name] ?? pageAsset(`templates/${templatePath(name)}`)]),
  );
  const eta = new Eta({ autoEscape: true, cache: true });
  const hash = createHash('sha256');
  for (const [name, text] of texts) {
    hash.update(`${name}\0${text}\0`);
    namingTemplate(name, () => eta.loadTemplate(`@${name}`, text));
  }
  return {
    fingerprint: hash.digest('base64url').slice(0, 8),
    render: (name, data) => namingTemplate(name, () => legalText(eta.render(`@${name}`, data))),
  };
}

/** Our rules, then the site's. */
export function stylesheet(theme: Theme): string {
  const own = pageAsset('style.css');
  return theme.stylesheet === '' ? own : `${own}\n${legalText(theme.stylesheet).trimEnd()}\n`;
}

/** Reads a file shipped next to the code. */
export function pageAsset(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}

function namingTemplate<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new PublishError('PUBLISH_FAILED', `the template ${name}.eta cannot be used: ${said}`, { cause });
  }
}
