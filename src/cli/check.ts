/** `newsloom check`: is the config right, and does all of it have an effect? */
import type { CheckedSource } from '../app/check-live.js';
import { ConfigError } from '../model/errors.js';
import type { Settings } from '../model/settings.js';
import type { Command, Context } from './command.js';
import { EXIT, type ExitStatus } from './exit.js';
import { configOption, DEFAULT_CONFIG, jsonOption } from './options.js';

export const command: Command = {
  name: 'check',
  describe: 'read the config and report every problem with file, line and path',
  options: [
    configOption,
    jsonOption,
    { flags: '--live', describe: 'also ask each source once, and say what is wrong with it' },
  ],
  examples: [
    ['newsloom check', 'checks config/newsloom.yaml and the files that it names'],
    ['newsloom check --config site.yaml --json', 'the same for scripts: { ok, problems, withoutEffect, … }'],
    ['newsloom check --live', 'is every feed there, and is it one? Nothing is stored or published'],
  ],
  async run(context) {
    const { loadSite } = await import('../app/load-site.js');
    const configPath = context.value('config') ?? DEFAULT_CONFIG;
    try {
      const settings = await loadSite(configPath, context.env, 'anew');
      return context.flag('live') ? await live(context, settings) : right(context, settings);
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

async function live(context: Context, settings: Settings): Promise<ExitStatus> {
  const { checkLive } = await import('../app/check-live.js');
  const { progress, signal, print, flag } = context;
  progress.start('asking sources', settings.sources.length);
  const checked = await checkLive(settings, { now: new Date(), signal, done: (id) => progress.step(id) });
  progress.end();
  const { topics, withoutEffect, sources } = settings;
  const failed = checked.filter(({ kind }) => kind === 'failed');
  if (flag('json')) {
    const config = {
      ok: failed.length === 0,
      problems: [],
      withoutEffect,
      sources: sources.length,
      topics: topics.length,
    };
    print(toJson({ ...config, live: checked }));
  } else {
    for (const one of checked) print(liveLine(one));
    right(context, settings);
    print(`${checked.length - failed.length} of ${counted(checked.length, 'source')} as they should be`);
  }
  return failed.length === checked.length && failed.length > 0 ? EXIT.noSource : EXIT.ok;
}

function liveLine({ id, kind, code, status, message, fix }: CheckedSource): string {
  const what = kind === 'failed' ? ` ${code}${status === null ? '' : ` ${status}`}` : '';
  return `${kind.padEnd(6)} ${id}:${what} ${message}${fix === null ? '' : `\n       ${fix}`}`;
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
