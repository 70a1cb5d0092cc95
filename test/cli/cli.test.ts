import { EventEmitter } from 'node:events';
import { chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ProcessIO, runCommandLine } from '../../src/cli/cli.js';
import type { Command } from '../../src/cli/command.js';
import { commands } from '../../src/cli/commands.js';
import { UsageError } from '../../src/cli/exit.js';
import { jsonOption, nowOption, readIds, readPort } from '../../src/cli/options.js';
import { StoreError } from '../../src/model/errors.js';
import { asNobody } from '../support/as-nobody.js';
import { siteFolder } from '../support/site-folder.js';

/** A fake process that records its output. */
function aProcess(env: Record<string, string> = {}) {
  const stream = () => {
    const written: string[] = [];
    const write = (text: string) => written.push(text) > 0;
    return Object.assign(new EventEmitter(), { write, written, isTTY: false });
  };
  const io = Object.assign(new EventEmitter(), {
    env,
    cwd: () => tmpdir(),
    stdout: stream(),
    stderr: stream(),
    exit: (_status?: number): void => undefined,
  });
  return io;
}

async function newsloom(...argv: string[]) {
  return ran(argv, commands);
}

/** Runs a command line with a single test command. */
function withCommand(argv: string[], command: Partial<Command>, io = aProcess()) {
  const whole: Command = { name: 'try', describe: 'tries', options: [], examples: [], run: async () => 0, ...command };
  return ran(argv, [{ name: whole.name, load: async () => whole }], io);
}

async function ran(argv: string[], list: typeof commands, io = aProcess()) {
  const status = await runCommandLine(argv, io as unknown as ProcessIO, list);
  return { status, out: io.stdout.written.join(''), err: io.stderr.written.join('') };
}

describe('newsloom', () => {
  it('lists every command in --help, on stdout', async () => {
    const { status, out, err } = await newsloom('--help');
    expect(status).toBe(0);
    expect(err).toBe('');
    for (const { name } of commands) expect(out).toContain(`  ${name.split(' ')[0]} `);
  });

  it.each(commands.map(({ name }) => name))('has --help with examples for %s', async (name) => {
    const { status, out } = await newsloom(...name.split(' '), '--help');
    expect(status).toBe(0);
    expect(out).toContain(`$ newsloom ${name}`);
  });

  it('exits 2 without a command, and shows the help on stderr', async () => {
    const { status, out, err } = await newsloom();
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('Usage: newsloom');
  });

  it.each([
    [['chek'], 'Did you mean check?'],
    [['hide', 'x'], "unknown command 'hide'"],
    [['check', '--confg', 'x'], 'Did you mean --config?'],
    [['schema', 'desk', 'extra'], 'too many arguments'],
    [['schema', 'source'], 'no schema for "source": sources, topics, desk; did you mean "sources"?'],
    [['check', '--config'], 'argument missing'],
  ])('exits 2 for wrong usage: %j', async (argv, said) => {
    const { status, out, err } = await newsloom(...argv);
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(said);
  });

  it('accepts --quiet before and after the command', async () => {
    expect((await newsloom('--quiet', 'schema')).status).toBe(0);
    expect((await newsloom('schema', '-q')).status).toBe(0);
    expect(JSON.parse((await newsloom('schema', 'desk')).out).title).toBe('newsloom desk');
  });

  it('ignores a closed stdout, and a full disk for the log', async () => {
    const io = aProcess();
    const running = runCommandLine(['schema'], io as unknown as ProcessIO);
    expect(() => io.stdout.emit('error', Object.assign(new Error('closed'), { code: 'EPIPE' }))).not.toThrow();
    expect(() => io.stdout.emit('error', Object.assign(new Error('bad'), { code: 'EIO' }))).toThrow('bad');
    expect(() => io.stderr.emit('error', Object.assign(new Error('full'), { code: 'ENOSPC' }))).not.toThrow();
    expect(await running).toBe(0);
  });
});

describe('with --json', () => {
  const options = [jsonOption];
  const json = async (command: Partial<Command>, ...argv: string[]) => {
    const { status, out } = await withCommand(['try', '--json', ...argv], { options, ...command });
    return { status, document: JSON.parse(out) };
  };

  it('prints every error as one document on stdout', async () => {
    const fails = (error: Error) => ({ run: () => Promise.reject(error) });
    expect(await json(fails(new StoreError('STORE_FULL', 'the disk is full')))).toEqual({
      status: 5,
      document: { error: { code: 'STORE_FULL', message: 'the disk is full', advice: expect.any(String) } },
    });
    expect((await json(fails(new UsageError('no such thing')))).document.error.code).toBe('USAGE');
    expect((await json(fails(new TypeError('x is not a function')))).document.error.code).toBe('BUG');
    expect(await json({}, '--confg')).toMatchObject({ status: 2, document: { error: { code: 'USAGE' } } });
  });

  it('prints nothing after a result', async () => {
    const run: Command['run'] = async ({ show }) => {
      show({ changed: false }, () => 'nothing new');
      throw new StoreError('STORE_FULL', 'the disk is full');
    };
    expect(await json({ run })).toEqual({ status: 5, document: { changed: false } });
  });

  it.each(commands.filter(({ name }) => !/init|demo/.test(name)).map(({ name }) => name))(
    'prints an error of %s as JSON if it has --json',
    async (name) => {
      const command = await commands.find((one) => one.name === name)!.load();
      if (!command.options.includes(jsonOption)) return;
      const given = (command.parameters ?? []).map(() => 'x');
      const { status, out } = await newsloom(...name.split(' '), ...given, '--json', '--config', '/nowhere/n.yaml');
      expect(status).toBe(78);
      const { error, problems } = JSON.parse(out);
      expect(error?.code ?? problems[0].message).toMatch(/^CONFIG_MISSING$|no such file/);
    },
  );
});

describe('a command', () => {
  it('receives its parameters, options and the environment, and prints to stdout', async () => {
    const { status, out } = await withCommand(
      ['group', 'do', 'a', 'b', '--dry-run', '--only', 'x,y'],
      {
        name: 'group do',
        parameters: [
          { name: '<one>', describe: 'first' },
          { name: '[more...]', describe: 'more' },
        ],
        options: [
          { flags: '--dry-run', describe: 'dry' },
          { flags: '--only <ids>', describe: 'ids', read: readIds },
          { flags: '--port <port>', describe: 'port', default: '80' },
        ],
        run: async ({ args, flag, value, env, print }) => {
          print(JSON.stringify([args, flag('dry-run'), flag('other'), value('only'), value('port'), env.A]));
          return 0;
        },
      },
      aProcess({ A: '1' }),
    );
    expect(status).toBe(0);
    expect(JSON.parse(out)).toEqual([['a', 'b'], true, false, ['x', 'y'], '80', '1']);
  });

  it.each([
    ['--only', 'a,,b', '"a,,b" is not a list of ids'],
    ['--now', 'yesterday', '"yesterday" is not an ISO 8601 time'],
    ['--now', '2026-13-01', '"2026-13-01" is not an ISO 8601 time'],
    ['--now', '2026-11-20T08:00:00', 'is not an ISO 8601 time'],
    ['--port', '70000', '"70000" is not a port'],
  ])('exits 2 if %s is %s', async (flag, value, said) => {
    const options = [
      nowOption,
      { flags: '--only <a>', describe: '', read: readIds },
      { flags: '--port <n>', describe: '', read: readPort },
    ];
    const { status, err } = await withCommand(['try', flag, value], { options });
    expect(status).toBe(2);
    expect(err).toContain(said);
  });

  it('exits 1 on an unexpected error, with the stack in the log', async () => {
    const run = () => Promise.reject(new TypeError('x is not a function'));
    const { status, out, err } = await withCommand(['try'], { run });
    expect([status, out]).toEqual([1, '']);
    expect(JSON.parse(err)).toMatchObject({
      level: 'fatal',
      err: { type: 'TypeError', stack: expect.stringContaining('cli.test.ts') },
    });
  });

  it('prints known errors on one line, with a hint', async () => {
    const run = () => Promise.reject(new StoreError('STORE_LOCKED', 'another newsloom has it'));
    const { status, err } = await withCommand(['try', '--quiet'], { run });
    expect(status).toBe(6);
    expect(err).toBe(
      'newsloom: another newsloom has it (STORE_LOCKED)\n  wait for the other run to end; if it is a worker, stop the worker\n',
    );
  });

  it('is aborted by the first signal, and ended by the second', async () => {
    const io = aProcess();
    const exits: unknown[] = [];
    io.exit = (status?: number) => void exits.push(status);
    const { status } = await withCommand(
      ['try'],
      {
        run: ({ signal }) =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason));
            io.emit('SIGTERM');
            io.emit('SIGINT');
          }),
      },
      io,
    );
    expect(status).toBe(130);
    expect(exits).toEqual([130]);
  });
});

describe('newsloom completion', () => {
  it.each(['bash', 'zsh'])('knows every command, for %s', async (shell) => {
    const { status, out } = await newsloom('completion', shell);
    expect(status).toBe(0);
    for (const { name } of commands) expect(out).toContain(name.split(' ').at(-1));
  });

  it('exits 2 for an unsupported shell', async () => {
    const { status, err } = await newsloom('completion', 'bahs');
    expect(status).toBe(2);
    expect(err).toBe('newsloom: unsupported shell "bahs"; use bash or zsh\n');
  });
});

describe('newsloom check', () => {
  const site = 'site: { title: T, url: "https://n.example/" }\n';

  it('counts sources and topics, and names keys without effect', async () => {
    const yaml = `${site}sources: [{ url: "https://a.example/" }]\nstore: { kind: nowhere }\n`;
    const folder = siteFolder({ 'good.yaml': yaml.replace(/store.*\n/, ''), 'bad.yaml': yaml });
    const good = await newsloom('check', '--config', join(folder, 'good.yaml'));
    expect(good).toMatchObject({ status: 0, out: 'config valid: 1 source, 0 topics\n' });
    const bad = await newsloom('check', '--config', join(folder, 'bad.yaml'));
    expect(bad.status).toBe(78);
    expect(bad.out).toMatch(/bad\.yaml:3:16 store\.kind: must be one of sqlite, .*\("nowhere"\)\n$/);
  });

  it('prints one JSON document with --json', async () => {
    const folder = siteFolder({ 'good.yaml': `${site}sources: []\n`, 'bad.yaml': site });
    const good = await newsloom('check', '--json', '--config', join(folder, 'good.yaml'));
    expect(JSON.parse(good.out)).toEqual({
      ok: true,
      problems: [],
      withoutEffect: [],
      hints: [],
      sources: 0,
      topics: 0,
    });
    const bad = await newsloom('check', '--json', '--config', join(folder, 'bad.yaml'));
    expect(bad.status).toBe(78);
    expect(JSON.parse(bad.out)).toEqual({
      ok: false,
      withoutEffect: [],
      problems: [
        { file: join(folder, 'bad.yaml'), line: 1, column: 1, path: 'sources', message: 'required, but missing' },
      ],
    });
  });

  it.runIf(process.getuid?.() === 0)('names the user without read permission for a config', async () => {
    const folder = siteFolder({ 'newsloom.yaml': '' });
    const config = join(folder, 'newsloom.yaml');
    chmodSync(config, 0o600);
    chmodSync(folder, 0o755);
    const { out } = await asNobody(() => newsloom('check', '--config', config));
    expect(out).toBe(`newsloom: ${config}: no read permission for user 65534 (CONFIG_MISSING)\n`);
  });

  it('locates a config in the current folder', async () => {
    const folder = siteFolder({ 'config/here.yaml': '' });
    const before = process.cwd();
    process.chdir(join(folder, 'config'));
    const { out } = await newsloom('check', '--config', 'config/here.yaml').finally(() => process.chdir(before));
    expect(out).toContain(
      'no such file; you are inside the config folder: change to its parent, or name the file with --config (CONFIG_MISSING)',
    );
  });

  it('hints at an address that two sources share', async () => {
    const url = 'url: "https://a.example/feed"';
    const site = siteFolder({
      'n.yaml': `site: { title: T, url: "https://n.example/" }\nsources:\n  - { id: a, ${url} }\n  - { id: b, ${url} }\n`,
    });
    const { status, out } = await newsloom('check', '--config', join(site, 'n.yaml'));
    expect([status, out.replaceAll(`${site}/`, '').split('\n')[0]]).toEqual([
      0,
      'n.yaml:4: sources[1].url: "a" has the same address: remove one of them',
    ]);
  });

  it('warns if the formats lack JSON Feed, which restores a lost store', async () => {
    const site = siteFolder({
      'n.yaml': 'site: { title: T, url: "https://n.example/" }\nsources: []\npublish: { formats: [rss, atom] }\n',
    });
    const { status, out } = await newsloom('check', '--config', join(site, 'n.yaml'));
    expect([status, out.replaceAll(`${site}/`, '').split('\n')[0]]).toEqual([
      0,
      'n.yaml:3: publish.formats: without json, a lost store cannot be restored from the published folder: add json',
    ]);
  });

  it('exits 78 without a config', async () => {
    const said =
      'newsloom: /nowhere/newsloom.yaml: no such file; create a config with "newsloom init", or name a file with --config (CONFIG_MISSING)\n';
    expect(await newsloom('check', '--config', '/nowhere/newsloom.yaml')).toMatchObject({ status: 78, out: said });
    expect(await newsloom('build', '--config', '/nowhere/newsloom.yaml')).toMatchObject({ status: 78, err: said });
  });
});
