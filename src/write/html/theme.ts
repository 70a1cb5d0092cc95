/** Compiles the page templates, ours or the site's replacements, once per edition. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { Eta } from 'eta/core';
import { PublishError } from '../../model/errors.js';
import type { Theme } from '../../model/page.js';
import { legalText } from '../../text/xml.js';
import { TEMPLATE_NAMES, type TemplateName, templatePath } from './template-names.js';

export interface Templates {
  readonly fingerprint: string;
  /** Throws PublishError PUBLISH_FAILED if a template of the site is invalid. */
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
    const compiled = wrapTemplateError(
      name,
      () => eta.compile(text),
      () => syntaxErrorLine(eta, text),
    );
    // Each template names itself, so that errors in included templates are attributed correctly.
    eta.loadTemplate(`@${name}`, (data = {}, options) =>
      wrapTemplateError(
        name,
        () => compiled.call(eta, data, options),
        () => failingLine(eta, text, data),
      ),
    );
  }
  return {
    fingerprint: hash.digest('base64url').slice(0, 8),
    render: (name, data) => legalText(eta.render(`@${name}`, data)),
  };
}

/** Our rules, then the site's. */
export function stylesheet(theme: Theme): string {
  const own = pageAsset('style.css');
  return theme.stylesheet === '' ? own : `${own}\n${legalText(theme.stylesheet).trimEnd()}\n`;
}

export function pageAsset(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}

function wrapTemplateError<T>(name: string, work: () => T, lineOf: () => number | null): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof PublishError) throw cause;
    const said = cause instanceof Error ? cause.message : String(cause);
    const line = lineOf();
    const place = line === null ? '' : `, line ${line}`;
    throw new PublishError('PUBLISH_FAILED', `invalid template ${name}.eta${place}: ${shortenMessage(said)}`, {
      cause,
    });
  }
}

/** Removes the code that eta generated from the template. */
function shortenMessage(said: string): string {
  return said.replace(/^Bad template syntax\s+/, '').replace(/:?\n[\s\S]*$/, '');
}

/** Renders the template again with code that counts lines. null: it did not fail. */
function failingLine(eta: Eta, text: string, data: object): number | null {
  let failing: number | null = null;
  const counting = eta.withConfig({ debug: true });
  counting.RuntimeErr = (error, _, line) => {
    failing = line;
    throw error;
  };
  try {
    counting.compile(text).call(counting, data, {});
  } catch {}
  return failing;
}

/** The line of a syntax error as reported by eta; null: none. */
function syntaxErrorLine(eta: Eta, text: string): number | null {
  let code = '';
  try {
    code = eta.withConfig({ debug: true }).compileToString(text);
    new Script(`(function (it, options) {${code}\n})`);
  } catch (error) {
    const until = Number(/:(\d+)\n/.exec(String((error as Error).stack))?.[1]);
    const before = code.split('\n').slice(0, until).join('\n');
    return Number(/[\s\S]*__eta\.line=(\d+)/.exec(before)?.[1]) || null;
  }
  return null;
}
