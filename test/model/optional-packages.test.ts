/** The optional packages: the same in package.json, in the commands that messages contain, in deploy/, in the action and in the documents. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { installCommand, missingPackages, OPTIONAL_PACKAGES } from '../../src/model/optional-packages.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const pack = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
const installs = Object.entries(OPTIONAL_PACKAGES).map(([name, version]) => `${name}@${version}`);

describe('optional packages', () => {
  it('are optional peer dependencies, and installed in a clone', () => {
    const names = Object.keys(OPTIONAL_PACKAGES);
    expect(Object.keys(pack.peerDependencies!)).toEqual(names);
    expect(pack.peerDependenciesMeta).toEqual(Object.fromEntries(names.map((name) => [name, { optional: true }])));
    for (const [name, version] of Object.entries(OPTIONAL_PACKAGES)) {
      expect(`${pack.devDependencies![name]}.`, name).toMatch(new RegExp(`^${version.replaceAll('.', '\\.')}\\.`));
      expect(pack.peerDependencies![name], name).toBe(`^${pack.devDependencies![name]}`);
    }
  });

  it('are named in messages with the command that installs them', () => {
    expect(installCommand('pg', 'pg-boss')).toBe('npm install pg@8 pg-boss@10');
    expect(missingPackages('publish.s3', 'aws4fetch')).toBe(
      'publish.s3 needs the package aws4fetch: run `npm install aws4fetch@1`',
    );
    expect(missingPackages('it', 'pg', 'pg-boss')).toBe(
      'it needs the packages pg and pg-boss: run `npm install pg@8 pg-boss@10`',
    );
  });

  it('are in the image, in the action and in the documents', () => {
    const [, image = ''] = read('deploy/Dockerfile').match(/^ARG PACKAGES="(.+)"$/m)!;
    expect(image.split(' ')).toEqual(installs);
    // A run in CI has no port and no assistant.
    expect(parse(read('action.yml')).inputs.packages.default.split(' ')).toEqual(
      installs.filter((one) => !/^(?:prom-client|@modelcontextprotocol\/sdk)@/.test(one)),
    );
    const commands = [...read('docs/operations.md').matchAll(/^\| .+ \| `npm install (.+)` \|$/gm)];
    expect(commands.flatMap(([, names = '']) => names.split(' ')).sort()).toEqual([...installs].sort());
  });
});
