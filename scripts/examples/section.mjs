// Builds the section for all examples from the demo's publications and serves it on loopback.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export async function openSection(folder) {
  const { folderHandler } = await import(new URL('../../dist/serve/folder.js', import.meta.url).href);
  const feeds = join(folder, 'feeds');
  const server = await listening(folderHandler({ dir: feeds, announced: null, base: '/' }));
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'examples/section'), folder, { recursive: true });
  cpSync(join(root, 'src/demo/publications'), join(folder, 'publications'), { recursive: true });
  const build = async () => {
    const main = join(root, 'dist/main.js');
    const env = { ...process.env, SECTION_URL: server.url };
    await run(process.execPath, [main, 'build', '--force', '--config', 'config/newsloom.yaml'], { cwd: folder, env });
  };
  await build();
  return { feeds, url: server.url, build, close: server.close };
}

export async function listening(handler) {
  const server = createServer(handler);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, port: server.address().port, close };
}

/** Throws the complete output on failure. Asynchronous, because this process serves the section that programs read. */
export async function run(program, args, options = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const status = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject)).catch(
    missing,
  );
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} exited with ${status}\n${said}`);
}

function missing(error) {
  throw error.code === 'ENOENT' ? Object.assign(error, { missing: `${error.path} is not installed` }) : error;
}
