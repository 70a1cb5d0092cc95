import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, type World } from '../../src/cli/cli.js';
import { commands } from '../../src/cli/commands.js';
import { siteFolder } from '../support/site-folder.js';

/** A process of which only what is written counts. */
function aWorld(env: Record<string, string> = {}) {
  const stream = () => {
    const written: string[] = [];
    const write = (text: string) => written.push(text) > 0;
    return Object.assign(new EventEmitter(), { write, written, isTTY: false });
  };
  const world = Object.assign(new EventEmitter(), { env, stdout: stream(), stderr: stream(), exit: () => undefined });
  return world;
}

async function newsloom(...argv: string[]) {
  const world = aWorld();
  const status = await run(argv, world as unknown as World);
  return { status, out: world.stdout.written.join(''), err: world.stderr.written.join('') };
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
    [['check', '--confg', 'x'], 'Did you mean --config?'],
    [['schema', 'extra'], 'too many arguments'],
    [['check', '--config'], 'argument missing'],
  ])('exits 2 for wrong usage: %j', async (argv, said) => {
    const { status, out, err } = await newsloom(...argv);
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(said);
  });

  it('takes --quiet before and after the command', async () => {
    expect((await newsloom('--quiet', 'schema')).status).toBe(0);
    expect((await newsloom('schema', '-q')).status).toBe(0);
  });

  it('goes on when the reader of its output has gone', async () => {
    const world = aWorld();
    const running = run(['schema'], world as unknown as World);
    expect(() => world.stdout.emit('error', Object.assign(new Error('closed'), { code: 'EPIPE' }))).not.toThrow();
    expect(() => world.stdout.emit('error', Object.assign(new Error('bad'), { code: 'EIO' }))).toThrow('bad');
    expect(await running).toBe(0);
  });
});

describe('newsloom completion', () => {
  it.each(['bash', 'zsh', 'fish'])('knows every command, for %s', async (shell) => {
    const { status, out } = await newsloom('completion', shell);
    expect(status).toBe(0);
    for (const { name } of commands) expect(out).toContain(name.split(' ').at(-1));
  });

  it('exits 2 for a shell that it does not know', async () => {
    const { status, err } = await newsloom('completion', 'bahs');
    expect(status).toBe(2);
    expect(err).toBe('newsloom: no script for "bahs": bash, zsh or fish; did you mean "bash"?\n');
  });
});

describe('newsloom check', () => {
  const site = 'site: { title: T, url: "https://n.example/" }\n';

  it('counts what is configured and names keys without effect', async () => {
    const yaml = `${site}sources: [{ url: "https://a.example/" }]\nstore: { kind: nowhere }\n`;
    const folder = siteFolder({ 'good.yaml': yaml.replace(/store.*\n/, ''), 'bad.yaml': yaml });
    const good = await newsloom('check', '--config', join(folder, 'good.yaml'));
    expect(good).toMatchObject({ status: 0, out: 'config ok: 1 source, 0 topics\n' });
    const bad = await newsloom('check', '--config', join(folder, 'bad.yaml'));
    expect(bad.status).toBe(78);
    expect(bad.out).toMatch(/bad\.yaml:3:16 store\.kind: none of sqlite, .*\("nowhere"\)\n$/);
  });

  it('prints one JSON document with --json', async () => {
    const folder = siteFolder({ 'good.yaml': `${site}sources: []\n`, 'bad.yaml': site });
    const good = await newsloom('check', '--json', '--config', join(folder, 'good.yaml'));
    expect(JSON.parse(good.out)).toEqual({ ok: true, problems: [], withoutEffect: [], sources: 0, topics: 0 });
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

  it('exits 78 where there is no config', async () => {
    const { status, out } = await newsloom('check', '--config', '/nowhere/newsloom.yaml');
    expect(status).toBe(78);
    expect(out).toContain('/nowhere/newsloom.yaml:0:0 no such file');
  });
});
