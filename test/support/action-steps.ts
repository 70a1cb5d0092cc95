/**
 * Runs the steps of action.yml in a folder like a GitHub runner: `run` in bash, with the few expressions in use; `uses`
 * is only counted.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Outcome {
  readonly outcome: 'success' | 'failure' | 'skipped';
  readonly outputs: Readonly<Record<string, string>>;
}

export interface PlayedAction {
  readonly failed: boolean;
  readonly steps: Readonly<Record<string, Outcome>>;
  /** The output of all steps. */
  readonly log: string;
  readonly summary: string;
}

export interface ActionWorld {
  readonly inputs: Readonly<Record<string, string>>;
  readonly github: Readonly<Record<string, unknown>>;
  readonly work: string;
  /** RUNNER_TEMP, kept for the whole job. */
  readonly temp: string;
  readonly env: Readonly<Record<string, string>>;
}

export async function playAction(world: ActionWorld): Promise<PlayedAction> {
  const action = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8'));
  const defaults = Object.entries(action.inputs as Record<string, { default: string }>).map(([name, one]) => [
    name,
    one.default,
  ]);
  const steps: Record<string, Outcome> = {};
  const context = {
    inputs: { ...Object.fromEntries(defaults), ...world.inputs },
    github: world.github,
    runner: { temp: world.temp },
    steps,
  };
  mkdirSync(world.temp, { recursive: true });
  const summary = join(world.temp, 'summary');
  writeFileSync(summary, '');
  let log = '';
  let failed = false;
  for (const [at, step] of (action.runs.steps as Step[]).entries()) {
    const outcome = await perform(step, { ...world, context, failed, at, summary, say: (text) => (log += text) });
    if (step.id !== undefined) steps[step.id] = outcome;
    failed ||= outcome.outcome === 'failure';
  }
  return { failed, steps, log, summary: readFileSync(summary, 'utf8') };
}

interface Playing extends ActionWorld {
  readonly context: unknown;
  readonly failed: boolean;
  readonly at: number;
  readonly summary: string;
  say(text: string): void;
}

async function perform(step: Step, playing: Playing): Promise<Outcome> {
  if (!holds(step.if, playing)) return { outcome: 'skipped', outputs: {} };
  if (step.run === undefined) return { outcome: 'success', outputs: {} };
  const outputs = join(playing.temp, `outputs-${playing.at}`);
  writeFileSync(outputs, '');
  const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value, playing.context)]);
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
    cwd: playing.work,
    env: {
      ...playing.env,
      ...Object.fromEntries(own),
      RUNNER_TEMP: playing.temp,
      GITHUB_OUTPUT: outputs,
      GITHUB_STEP_SUMMARY: playing.summary,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (text) => playing.say(String(text)));
  child.stderr.on('data', (text) => playing.say(String(text)));
  const status = await new Promise<number | null>((done) => child.on('close', done));
  const lines = existsSync(outputs) ? readFileSync(outputs, 'utf8').split('\n') : [];
  const named = lines.filter((line) => line.includes('=')).map((line) => line.split(/=(.*)/s).slice(0, 2));
  return { outcome: status === 0 ? 'success' : 'failure', outputs: Object.fromEntries(named) };
}

function filled(text: string, context: unknown): string {
  return text.replace(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (_, path: string) => lookUp(path, context));
}

function lookUp(path: string, context: unknown): string {
  const value = path
    .split('.')
    .reduce<unknown>((one, name) => (one as Record<string, unknown> | undefined)?.[name], context);
  return value === undefined ? '' : String(value);
}

function holds(condition: string | undefined, { context, failed }: Playing): boolean {
  if (condition === undefined) return !failed;
  const terms = condition
    .replace(/^\$\{\{|\}\}$/g, '')
    .split('&&')
    .map((term) => term.trim());
  const evenAfterFailure = terms.includes('!cancelled()');
  return (evenAfterFailure || !failed) && terms.every((term) => term === '!cancelled()' || compares(term, context));
}

function compares(term: string, context: unknown): boolean {
  const [, path, sign, value] = /^([\w.-]+) (==|!=) '(.*)'$/.exec(term) ?? [];
  if (path === undefined) throw new Error(`no such condition is played: ${term}`);
  return (lookUp(path, context) === value) === (sign === '==');
}
