// Runs lint, types, dead code, build, all tests and the demo, then prints `N passed, N failed` from the test results.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const scratch = mkdtempSync(join(tmpdir(), 'newsloom-ci-'));
const results = join(scratch, 'tests.json');
const failed = [];

step('lint', 'npm', ['run', '-s', 'lint']);
step('types', 'npm', ['run', '-s', 'typecheck']);
step('build', 'npm', ['run', '-s', 'build']);
step('text columns at all widths', 'node', ['scripts/check-widths.mjs']);
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

const counts = readResults();
rmSync(scratch, { recursive: true, force: true });
const notTests = failed.filter((name) => name !== 'tests' || counts.failed === 0);
for (const name of failed) console.log(`FAILED: ${name}`);
// Printed last, because CI logs are often truncated at the start.
for (const failure of counts.failures) console.log(failure);
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

function readResults() {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(results, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests, failures: testResults.flatMap(listFailures) };
  } catch {
    return { passed: 0, failed: 0, failures: [] };
  }
}

/** Failures of a test file: location and first lines of the reason. */
function listFailures({ name, status, message, assertionResults }) {
  const file = relative(process.cwd(), name);
  const tests = assertionResults
    .filter((test) => test.status === 'failed')
    .map(
      (test) =>
        `${file}: ${test.fullName} (${Math.round(test.duration ?? 0)} ms)\n${why(test.failureMessages.join('\n'))}`,
    );
  // If a file cannot be loaded or its hooks fail, no single test has failed.
  return tests.length === 0 && status === 'failed' ? [`${file}\n${why(message)}`] : tests;
}

function why(message) {
  return stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => !line.includes('node_modules'))
    .slice(0, 8)
    .map((line) => `    ${line.slice(0, 300)}`)
    .join('\n');
}
