import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { version } from '../../src/observe/version.js';
import { asNobody } from '../support/as-nobody.js';
import { newsloom } from '../support/command-line.js';
import { siteFolder } from '../support/site-folder.js';

const FILES = [
  '.github/workflows/newsloom.yml',
  '.gitignore',
  'config/newsloom.yaml',
  'config/sources.yaml',
  'config/topics.yaml',
  'schema/desk.schema.json',
  'schema/newsloom.schema.json',
  'schema/sources.schema.json',
  'schema/topics.schema.json',
];

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

describe('newsloom init', () => {
  it('writes a config that passes check, a workflow and a .gitignore', async () => {
    const folder = siteFolder({});
    const { status, out, err } = await newsloom('init', folder);
    expect([status, err]).toEqual([0, '']);
    expect(filesIn(folder)).toEqual(FILES);
    for (const path of FILES) expect(out).toContain(`wrote  ${path}\n`);
    expect(out).toMatch(
      /Next:\n.*cd .*\n.*config\/newsloom\.yaml.*\n.*newsloom build .*\n.*newsloom preview .*\n.*newsloom desk open .*\n$/,
    );
    const checked = await newsloom('check', '--config', join(folder, 'config/newsloom.yaml'));
    expect(checked).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^config valid: \d+ sources, \d+ topics\n$/),
    });
  });

  it('omits the workflow with --no-workflow', async () => {
    const folder = siteFolder({});
    await newsloom('init', folder, '--no-workflow');
    expect(filesIn(folder)).toEqual(FILES.filter((path) => !path.startsWith('.github/')));
  });

  it('prints nothing with --quiet, except with --json', async () => {
    const folder = siteFolder({});
    expect(await newsloom('init', folder, '--quiet')).toMatchObject({ status: 0, out: '', err: '' });
    expect(filesIn(folder)).toEqual(FILES);
    expect(JSON.parse((await newsloom('init', folder, '-q', '--json')).out)).toMatchObject({ written: [] });
  });

  it.each([[], ['--preset', 'tech']])('points each config file at its schema, init %s', async (...options) => {
    const folder = siteFolder({});
    await newsloom('init', folder, ...options);
    const types = ['newsloom', 'sources', 'topics'].map((name) => {
      const text = readFileSync(join(folder, `config/${name}.yaml`), 'utf8');
      const [, schema = ''] = text.match(/^# yaml-language-server: \$schema=(\S+)\n/) ?? [];
      return JSON.parse(readFileSync(join(folder, 'config', schema), 'utf8')).title;
    });
    expect(types).toEqual(['newsloom config', 'newsloom sources', 'newsloom topics']);
  });

  it('never overwrites, and lists the files it kept', async () => {
    const folder = siteFolder({
      'config/sources.yaml': '- url: https://paper.example/feed\n',
      '.gitignore': 'dist/\n',
    });
    const { status, out } = await newsloom('init', folder, '--json');
    expect(status).toBe(0);
    const { written, kept } = JSON.parse(out);
    expect(written.sort()).toEqual(FILES.filter((path) => !['config/sources.yaml', '.gitignore'].includes(path)));
    expect(kept).toEqual(['config/sources.yaml', '.gitignore']);
    expect(readFileSync(join(folder, 'config/sources.yaml'), 'utf8')).toContain('paper.example');
    expect((await newsloom('init', folder)).out).toContain('kept   .gitignore (make sure that it contains .newsloom/)');
  });

  it('rejects a preset if a config exists', async () => {
    const dir = siteFolder({ 'config/newsloom.yaml': 'site: {}\n' });
    const { status, err } = await newsloom('init', dir, '--preset', 'tech');
    expect([status, err]).toEqual([
      2,
      expect.stringContaining('already exists; to add the pack, write "extends: tech"'),
    ]);
    expect(readdirSync(dir)).toEqual(['config']);
  });

  it('reports a file that blocks a folder', async () => {
    const folder = siteFolder({ config: '' });
    const { status, err } = await newsloom('init', folder);
    expect(status).toBe(2);
    expect(err).toContain('cannot write ');
  });

  it('names the user without write permission', async () => {
    const folder = siteFolder({});
    chmodSync(folder, 0o555);
    const { status, err } = await asNobody(() => newsloom('init', folder));
    expect(status).toBe(2);
    expect(err).toMatch(/EACCES.*; newsloom runs as user \d+/);
  });

  it('runs this version in the workflow, off the hour, one run at a time', async () => {
    const folder = siteFolder({});
    await newsloom('init', folder);
    const text = readFileSync(join(folder, '.github/workflows/newsloom.yml'), 'utf8');
    const workflow = parse(text);
    expect(text).toContain(`newsloom@${version}; fi\n`);
    expect(text).toContain('run: npx newsloom build --message');
    expect(workflow.on.schedule[0].cron).toMatch(/^[1-9]\d? \* \* \* \*$/);
    expect(workflow.concurrency).toEqual({ group: 'newsloom', 'cancel-in-progress': false });
    expect(workflow.permissions).toEqual({ contents: 'write' });
  });

  it('keeps the store out of git', async () => {
    const folder = siteFolder({});
    await newsloom('init', folder);
    expect(readFileSync(join(folder, '.gitignore'), 'utf8').split('\n')).toContain('.newsloom/');
  });
});
