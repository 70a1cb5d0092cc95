#!/usr/bin/env node
/** The door: argv → command → exit status. */
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

const argv = process.argv.slice(2);

// Answered here, before any other module is loaded: scripts ask for it often.
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${version}\n`);
} else {
  // Left alone, V8 lets three times as much rubbish lie about as there is of use: a run's memory would be mostly that.
  setFlagsFromString('--heap-growing-percent=20');
  const { run } = await import('./cli/cli.js');
  process.exitCode = await run(argv, process);
}
