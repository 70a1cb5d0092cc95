// Starts the servers that examples need and reads the pages they serve.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

/** Starts a server and waits until its port is open; `later` stops it. */
export async function start(later, program, args, port, options = {}) {
  const child = spawn(program, args, { stdio: 'ignore', ...options });
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  later(async () => {
    child.kill();
    await ended;
  });
  for (let i = 0; i < 150; i++) {
    if (child.exitCode !== null) throw new Error(`${program} exited with ${child.exitCode}`);
    if (
      await fetch(`http://127.0.0.1:${port}/`).then(
        () => true,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${program} does not respond`);
}

export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Checks the list: the expected number of articles, each with a link and without foreign markup. */
export async function seen(browser, later, url, list, count) {
  const page = await browser.newPage();
  later(() => page.close());
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(url);
  await page.locator(`${list} li`).first().waitFor();
  const links = await page.locator(`${list} li > a`).evaluateAll((all) => all.map((a) => [a.href, a.textContent]));
  assert.equal(links.length, count);
  for (const [href, text] of links) assert.match(`${href} ${text}`, /^https?:\/\/\S+ \S/);
  const words = await page.locator(`${list} li`).first().textContent();
  const parts = await page.locator(`${list} li`).first().locator('> *').allTextContents();
  for (const part of parts)
    assert.ok(` ${words.replaceAll(/\s+/g, ' ')} `.includes(` ${part.trim()} `), `${part} stands alone in: ${words}`);
  assert.match(await page.locator(`${list} time`).first().textContent(), /November \d+, 2026|\d+ November 2026/);
  assert.deepEqual(faults, []);
  return `${count} articles, the first “${links[0][1].trim()}”`;
}
