/** Runs newsloom, and stops it as Ctrl-C does some seconds after it has said where it serves: node until-served.mjs SECONDS MAIN ARGUMENT… */
import { spawn } from 'node:child_process';

const ADDRESS = /http:\/\/(?:127\.0\.0\.1|0\.0\.0\.0|localhost|\[::1?\]):\d/;
/** Seconds after which it is stopped, and has failed, where it serves nowhere. */
const PATIENCE = 120;

const [seconds, ...argv] = process.argv.slice(2);
const child = spawn(process.execPath, ['--no-warnings', ...argv], { stdio: ['inherit', 'pipe', 'pipe'] });
let isStopped = false;
const stopIn = (time) =>
  setTimeout(() => {
    isStopped = true;
    child.kill('SIGINT');
  }, time * 1000);
let timer = stopIn(PATIENCE);
let said = '';
let serves = false;
for (const name of ['stdout', 'stderr'])
  child[name].setEncoding('utf8').on('data', (text) => {
    process[name].write(text);
    said += text;
    if (serves || !ADDRESS.test(said)) return;
    serves = true;
    clearTimeout(timer);
    timer = stopIn(Number(seconds));
  });
child.once('close', (status) => {
  clearTimeout(timer);
  process.exitCode = isStopped ? Number(!serves) : (status ?? 1);
});
