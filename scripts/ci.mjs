// Runs lint, types, dead code, the build, the tests (all cases of the long ones) and the demo, then prints `N passed, N failed`, from the test results.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const scratch = mkdtempSync(join(tmpdir(), 'newsloom-ci-'));
const results = join(scratch, 'tests.json');
const failed = [];

step('lint', 'npm', ['run', '-s', 'lint']);
step('types', 'npm', ['run', '-s', 'typecheck']);
step('build', 'npm', ['run', '-s', 'build']);
step('dead code', 'npm', ['run', '-s', 'deadcode']);
step('tests', 'npx', [
  'vitest',
  'run',
  '--coverage',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
]);
step('demo', 'npm', ['run', '-s', 'demo']);
step('the demo reproduces feeds/ byte for byte', 'git', ['diff', '--exit-code', '--stat', '--', 'feeds']);
step('the demo leaves nothing else behind', 'sh', [
  '-c',
  'test -z "$(git status --porcelain)" || { git status --short; exit 1; }',
]);

const counts = countTests();
rmSync(scratch, { recursive: true, force: true });
const notTests = failed.filter((name) => name !== 'tests' || counts.failed === 0);
for (const name of failed) console.log(`FAILED: ${name}`);
console.log(`${counts.passed} passed, ${counts.failed + notTests.length} failed`);
process.exit(failed.length === 0 && counts.passed > 0 ? 0 : 1);

function step(name, command, args) {
  console.log(`\n== ${name}`);
  const started = Date.now();
  const { status, error } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, THOROUGH: '1' },
  });
  if (error) console.log(String(error));
  console.log(`   ${name}: ${status === 0 ? 'ok' : 'FAILED'}, ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (status !== 0) failed.push(name);
}

function countTests() {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return { passed: 0, failed: 0 };
  }
}
