// Runs a program and measures the CPU time of its process, with all threads.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NOTE = `data:text/javascript,${encodeURIComponent(
  `import { isMainThread } from 'node:worker_threads'; import { writeFileSync } from 'node:fs';
   if (isMainThread) process.on('exit', () => writeFileSync(process.env.USAGE_FILE, JSON.stringify(process.resourceUsage())));`,
)}`;

/** Milliseconds, and peak memory in megabytes. Rejects if the process fails. */
export function measureProcess(args, cwd) {
  const folder = mkdtempSync(join(tmpdir(), 'newsloom-usage-'));
  const file = join(folder, 'usage');
  const began = performance.now();
  return new Promise((done, fail) => {
    const env = { ...process.env, USAGE_FILE: file };
    const stdio = ['ignore', 'ignore', 'inherit'];
    const child = spawn(process.execPath, ['--import', NOTE, ...args], { cwd, stdio, env });
    child.on('error', fail);
    child.on('exit', (code) => {
      if (code !== 0) return fail(new Error(`exit ${code}: ${args.join(' ')}`));
      const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(file, 'utf8'));
      rmSync(folder, { recursive: true });
      done({ cpu: (userCPUTime + systemCPUTime) / 1000, wall: performance.now() - began, megabytes: maxRSS / 1024 });
    });
  });
}
