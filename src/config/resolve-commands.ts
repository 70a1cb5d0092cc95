/** Written commands → settings. */
import { resolve } from 'node:path';
import type { EnrichCommand } from '../model/machine.js';
import { commandName } from './enrich-checks.js';
import { parseDuration } from './quantities.js';
import { resolvedQuestion } from './resolve-channels.js';
import type { WrittenCommand } from './schema.js';

/** The commands must have passed all checks. `siteLanguage`: BCP 47. */
export function resolvedCommand(written: WrittenCommand, root: string, siteLanguage: string): EnrichCommand {
  const { name, run, of, when, as, language, show, env, timeout, atMost } = written;
  const [program = '', ...args] = run;
  return {
    name: name ?? commandName(run),
    run: [/[/\\]/.test(program) ? resolve(root, program) : program, ...args],
    of: [...new Set(of)],
    when: when === undefined ? null : resolvedQuestion(when),
    as,
    language:
      language === undefined ? (as === 'translation' ? siteLanguage : null) : Intl.getCanonicalLocales(language)[0]!,
    show,
    env,
    timeoutMs: parseDuration(timeout) ?? 0,
    atMost,
  };
}
