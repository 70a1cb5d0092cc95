/** Rows 6, 7, 9 and 10: publishers that exit, are suspended or lose the database. */
import { setTimeout as sleep } from 'node:timers/promises';
import { aPair, buildSame, expectSame, startWork } from './rounds.mjs';
import { differences, expectThat, roundEnded, setTime, until } from './world.mjs';

const end = (...processes) => Promise.all(processes.map((one) => one.kill('SIGTERM')));

/** Returns the process that has the lock. */
export function findPublisher(processes) {
  return until(() => processes.find((one) => one.said('this process publishes')), 180, 'a publisher');
}

export async function row6(world, { feeds = 300 } = {}) {
  const pair = await aPair(world, { feeds, origin: { delayMs: 200 }, fetch: { concurrency: 8 } });
  const { origin, P, time } = pair;
  const alone = await buildSame(world, pair);
  // Separate workers, so that only the publisher is lost.
  const workers = [startWork(world, P, 'fetch'), startWork(world, P, 'fetch')];
  const both = [startWork(world, P, 'publish'), startWork(world, P, 'publish')];
  const first = await findPublisher(both);
  await until(() => origin.log.length > feeds / 4, 180, 'a quarter of the feeds');
  await first.kill();
  const killed = performance.now();
  const second = both.find((one) => one !== first);
  await roundEnded(world, P, time);
  const seconds = (performance.now() - killed) / 1000;
  expectThat(second.said('round resumed'), 'the round was not resumed');
  expectThat(origin.log.length === feeds, `${origin.log.length} requests for ${feeds} feeds`);
  await expectSame(pair);
  await end(second, ...workers);
  // The rest of the run depends on the machine.
  expectThat(seconds <= 12 + 2 * alone, `published after ${seconds} s, ${alone} s by one process`);
  return `publisher killed: the other had published after ${seconds.toFixed(1)} s, 0 asked twice, 0 files differ`;
}

export async function row7(world, { feeds = 200 } = {}) {
  const pair = await aPair(world, { feeds, origin: { delayMs: 200 }, fetch: { concurrency: 8 } });
  const { origin, P, time } = pair;
  await buildSame(world, pair);
  const workers = [startWork(world, P, 'fetch'), startWork(world, P, 'fetch')];
  const both = [startWork(world, P, 'publish'), startWork(world, P, 'publish')];
  const first = await findPublisher(both);
  const second = both.find((one) => one !== first);
  await until(() => origin.log.length > feeds / 4, 180, 'a quarter of the feeds');
  first.kill('SIGSTOP');
  await world.sql(
    `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()`,
  );
  await until(() => second.said('this process publishes'), 30, 'the other publisher');
  await roundEnded(world, P, time);
  await expectSame(pair);
  const before = await stored(world, P);
  first.kill('SIGCONT');
  await sleep(8_000);
  expectThat(!first.isOver(), 'the first has ended');
  expectThat((await stored(world, P)) === before, 'it wrote to the store');
  await expectSame(pair);
  expectThat(origin.log.length === feeds, `${origin.log.length} requests for ${feeds} feeds`);
  await end(...both, ...workers);
  return 'a publisher that stood still while another took over: it wrote nothing and stands by';
}

/** Files that a publisher changes. */
async function stored(world, { schema }) {
  const parts = ['article', 'source', 'meta', 'file', 'dirty', 'round'].map((table) => {
    return `(SELECT coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM ${schema}.${table} AS t)`;
  });
  const [row] = await world.sql(`SELECT concat_ws(' ', ${parts.join(', ')}) AS all`);
  return row.all;
}

export async function row9(world, { feeds = 300 } = {}) {
  const pair = await aPair(world, { feeds, origin: { delayMs: 100 }, fetch: { concurrency: 8 } });
  const { origin, P, time } = pair;
  await buildSame(world, pair);
  const all = ['publish', 'fetch', 'fetch'].map((role) => startWork(world, P, role));
  await until(() => origin.log.length > feeds / 4, 180, 'a quarter of the feeds');
  await world.postgres.restart();
  await roundEnded(world, P, time);
  expectThat(
    all.every((one) => !one.isOver()),
    'a process has ended',
  );
  await end(...all);
  await expectSame(pair);
  return `database restarted in the middle: ${origin.log.length - feeds} asked twice, no process ended, 0 files differ`;
}

/** An active publisher checks what is due when it reloads its config. */
async function begun(world, { schema }, time, processes) {
  for (let i = 0; ; i++) {
    const [{ rounds }] = await world
      .sql(`SELECT count(*)::int AS rounds FROM ${schema}.round WHERE now = $1`, [time])
      .catch(() => [{ rounds: 0 }]);
    if (rounds > 1) return;
    if (i % 20 === 19) for (const one of processes) if (one.said('worker started') && !one.isOver()) one.kill('SIGHUP');
    await sleep(100);
  }
}

/**
 * Runs rounds with news while workers and publishers are killed `kills` times and the database is restarted `restarts` times.
 * Compares the folders after each round.
 */
export async function row10(world, { feeds = 40, kills = 50, restarts = 0, seed = 1 } = {}) {
  const pair = await aPair(world, { feeds, origin: { delayMs: 20 }, lease: '5s', fetch: { concurrency: 4 } });
  const { origin, P, S } = pair;
  let random = seed;
  const next = () => {
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
    return random / 2 ** 32;
  };
  const roles = ['publish', 'publish', 'fetch', 'fetch'];
  const processes = roles.map((role) => startWork(world, P, role));
  const of = { publish: 0, fetch: 0 };
  let killed = 0;
  let restarted = 0;
  let rounds = 0;
  let { time } = pair;
  while (killed < kills) {
    rounds++;
    for (const [i, role] of roles.entries()) if (processes[i].isOver()) processes[i] = startWork(world, P, role);
    const ended = begun(world, P, time, processes).then(() => roundEnded(world, P, time, 300));
    let going = true;
    ended.then(
      () => {
        going = false;
      },
      () => {
        going = false;
      },
    );
    // Keeps killing processes until the round ends.
    for (let i = 0; going && i < 4 && killed < kills; i++) {
      await sleep(100 + next() * 2_500);
      if (!going) break;
      if (restarted < restarts && killed >= (restarted + 1) * (kills / (restarts + 1))) {
        await world.postgres.restart();
        restarted++;
      }
      const which = Math.floor(next() * roles.length);
      if (!processes[which].isOver()) await processes[which].kill();
      killed++;
      of[roles[which]]++;
      processes[which] = startWork(world, P, roles[which]);
    }
    await ended;
    await buildSame(world, { ...pair, time });
    await until(
      async () => (await differences(S.feeds, P.feeds)).length === 0,
      180,
      `round ${rounds}: the same files`,
    ).catch(async (error) => {
      const differ = await differences(S.feeds, P.feeds);
      throw new Error(`${error.message}; ${differ.slice(0, 5).join('; ')}`);
    });
    // One in ten has news.
    for (let feed = 0; feed < feeds; feed++)
      if (next() < 0.1) origin.editions.set(feed, (origin.editions.get(feed) ?? 0) + 1);
    time += 4 * 3_600_000;
    await setTime(world, P, time);
  }
  await end(...processes);
  expectThat(
    processes.every((one) => one.isOver()),
    'a process goes on',
  );
  await expectSame(pair);
  return `${kills} kills (${of.publish} of publishers, ${of.fetch} of workers) and ${restarts} restarts of the database in ${rounds} rounds of ${feeds} feeds: 0 files differ after each`;
}
