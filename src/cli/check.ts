/** `newsloom check`: is the config right, and does all of it have an effect? */
import { ConfigError } from '../model/errors.js';
import type { Settings } from '../model/settings.js';
import type { Command, Context } from './command.js';
import { EXIT, type ExitStatus } from './exit.js';
import { configOption, DEFAULT_CONFIG, jsonOption } from './options.js';

export const command: Command = {
  name: 'check',
  describe: 'read the config and report every problem with file, line and path',
  options: [configOption, jsonOption],
  examples: [
    ['newsloom check', 'checks config/newsloom.yaml and the files that it names'],
    ['newsloom check --config site.yaml --json', 'the same for scripts: { ok, problems, withoutEffect, … }'],
  ],
  async run(context) {
    const { loadSite } = await import('../app.js');
    const configPath = context.value('config') ?? DEFAULT_CONFIG;
    try {
      return right(context, await loadSite(configPath, context.env));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return wrong(context, error);
    }
  },
};

function right({ print, flag }: Context, settings: Settings): ExitStatus {
  const { sources, topics, withoutEffect } = settings;
  if (flag('json')) {
    print(toJson({ ok: true, problems: [], withoutEffect, sources: sources.length, topics: topics.length }));
    return EXIT.ok;
  }
  for (const path of withoutEffect) print(`${path}: has no effect yet`);
  print(`config ok: ${counted(sources.length, 'source')}, ${counted(topics.length, 'topic')}`);
  return EXIT.ok;
}

/** The problems are what was asked for: they go to stdout. */
function wrong({ print, flag }: Context, error: ConfigError): ExitStatus {
  print(flag('json') ? toJson({ ok: false, problems: error.problems, withoutEffect: [] }) : error.message);
  return EXIT.config;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function toJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
