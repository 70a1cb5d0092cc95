#!/usr/bin/env node
/** Entry point of the `newsloom` command. */
import { readFileSync } from 'node:fs';

const argv = process.argv.slice(2);

// Scripts request the version often: print it without loading any module.
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${version}\n`);
} else {
  const [{ runCommandLine }, { limitHeapGrowth }] = await Promise.all([
    import('./cli/cli.js'),
    import('./cli/heap.js'),
  ]);
  limitHeapGrowth();
  process.exitCode = await runCommandLine(argv, process);
}
