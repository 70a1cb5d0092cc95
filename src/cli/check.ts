import type { CheckedSource } from '../app/add-source/check-live.js';
import { ConfigError, StoreError } from '../model/errors.js';
import type { Settings } from '../model/settings.js';
import { listFeeds, toFeedKey } from '../model/source-feeds.js';
import type { Command, Context } from './command.js';
import { describeError, EXIT, type ExitStatus } from './exit.js';
import { configOption, jsonOption, readSettings } from './options.js';
import { formatCount } from './table.js';

export const checkCommand: Command = {
  name: 'check',
  describe: 'validate the config and report every problem with file, line and path',
  options: [
    configOption,
    jsonOption,
    { flags: '--live', describe: 'also fetch each source once and report problems; exits with 3 if a source failed' },
  ],
  examples: [
    ['newsloom check', 'checks config/newsloom.yaml and the files that it includes'],
    ['newsloom check --config site.yaml --json', 'the same result as JSON: { ok, problems, withoutEffect, … }'],
    ['newsloom check --live', 'checks that each source answers with a feed; stores and publishes nothing'],
  ],
  async run(context) {
    try {
      const settings = await readSettings(context, 'fresh');
      if (settings.store.kind === 'postgres') {
        const { checkSharedStore } = await import('../app/rounds/check-shared-store.js');
        await checkSharedStore(settings);
      }
      const hints = [...(await findFurtherHints(settings, context)), ...(await findStoreHints(settings))];
      const checked = { settings, hints };
      return context.flag('live') ? await checkSourcesLive(context, checked) : reportValid(context, checked);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return reportInvalid(context, error);
    }
  },
};

interface ConfigHint {
  readonly at: { readonly file: string; readonly line: number };
  readonly message: string;
}

/** Throws ConfigError if a picture of the section or of a topic is missing or invalid: it stops a build. */
async function findFurtherHints(settings: Settings, { env }: Context): Promise<ConfigHint[]> {
  const { findConfigProblems } = await import('../app/check-config.js');
  const problems = await findConfigProblems(settings, env);
  const stops = problems.filter(({ path }) => /^(?:site|topics)/.test(path));
  if (stops.length > 0) throw new ConfigError('CONFIG_INVALID', problems);
  return problems.map(({ file, line, path, message }) => ({ at: { file, line }, message: `${path}: ${message}` }));
}

/** Throws StoreError if a build cannot migrate the store. */
async function findStoreHints({ store, configPath: file }: Settings): Promise<ConfigHint[]> {
  const { readStore } = await import('../app/open-store.js');
  try {
    await readStore(store, async () => undefined);
    return [];
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error.code !== 'STORE_VERSION') return [];
    if (error.details.version !== undefined) throw error;
    return [{ at: { file, line: 1 }, message: `store: ${error.message}` }];
  }
}

interface Checked {
  readonly settings: Settings;
  readonly hints: readonly ConfigHint[];
}

function reportValid(context: Context, checked: Checked): ExitStatus {
  context.show(toCheckResult(checked, true), () => formatSettings(checked).join('\n'));
  return EXIT.ok;
}

function toCheckResult({ settings, hints }: Checked, ok: boolean) {
  const { sources, topics, withoutEffect } = settings;
  return { ok, problems: [], withoutEffect, hints, sources: sources.length, topics: topics.length };
}

function formatSettings({ settings, hints }: Checked): string[] {
  const { sources, topics, withoutEffect } = settings;
  const none = sources.length === 0 ? ' (newsloom sources add <address>)' : '';
  const config = `config valid: ${formatCount(sources.length, 'source')}${none}, ${formatCount(topics.length, 'topic')}`;
  return [
    ...withoutEffect.map((path) => `${path}: has no effect yet`),
    ...hints.map(({ at, message }) => `${at.file}:${at.line}: ${message}`),
    config,
  ];
}

async function checkSourcesLive(context: Context, site: Checked): Promise<ExitStatus> {
  const { settings } = site;
  const { checkLive } = await import('../app/add-source/check-live.js');
  const { progress, signal } = context;
  const feedIds = settings.sources.flatMap(listFeeds).map(toFeedKey);
  progress.start('fetching sources', feedIds.length, feedIds);
  const checked = await checkLive(settings, { now: new Date(), signal, done: (id) => progress.step(id) });
  const failed = checked.filter(({ kind }) => kind === 'failed').length;
  context.show({ ...toCheckResult(site, failed === 0), live: checked }, () =>
    [...checked.map(formatLiveSource), ...formatSettings(site), summarizeLive(checked)].join('\n'),
  );
  if (failed === 0) return EXIT.ok;
  return failed === checked.length ? EXIT.noSource : EXIT.strict;
}

function formatLiveSource({ id, kind, code, status, message, fix }: CheckedSource): string {
  const what = kind === 'failed' ? ` ${code}${status === null ? '' : ` ${status}`}` : '';
  return `${kind.padEnd(6)} ${id}:${what} ${message}${fix === null ? '' : `\n       ${fix}`}`;
}

function summarizeLive(checked: readonly CheckedSource[]): string {
  const of = (kind: CheckedSource['kind']) => checked.filter((one) => one.kind === kind).length;
  const held = of('held') === 0 ? '' : `, ${of('held')} not fetched`;
  return `${formatCount(checked.length, 'source')}: ${of('ok')} ok, ${of('failed')} failed${held}`;
}

const ONLY_UNSET =
  'Everything else is valid. Commands that only show data do not need the missing variables; build and work do.';

/** The problems are the result of this command, so they go to stdout. */
function reportInvalid(context: Context, error: ConfigError): ExitStatus {
  const onlyUnset = error.problems.every(({ unset }) => unset !== undefined);
  const lines = () => (onlyUnset ? `${describeError(error)}\n${ONLY_UNSET}` : describeError(error));
  context.show({ ok: false, problems: error.problems, withoutEffect: [] }, lines);
  return EXIT.config;
}
