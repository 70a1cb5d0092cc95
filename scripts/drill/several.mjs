/** Faults of several processes on PostgreSQL, during a round. The published files must equal those of one process on SQLite. */
import { findPublisher } from '../scale/publishers.mjs';
import { aPair, buildSame, expectSame, startWork } from '../scale/rounds.mjs';
import { expectThat, openWorld, roundEnded, start, until } from '../scale/world.mjs';

import { listKinds } from './site.mjs';

const FEEDS = 60;

export function publisherKilled() {
  return playRound(async (_, publishers) => {
    const first = await findPublisher(publishers);
    await first.kill();
    return `killed ${(await first.ended).signal}`;
  });
}

export function databaseRestarted() {
  return playRound(async (world, publishers) => {
    await findPublisher(publishers);
    await world.postgres.restart();
    return 'none';
  });
}

async function playRound(breakIt) {
  const world = await openWorld();
  try {
    const pair = await aPair(world, { feeds: FEEDS, origin: { delayMs: 300 }, fetch: { concurrency: 4 } });
    const { origin, P, time } = pair;
    await buildSame(world, pair);
    const publishers = ['publish', 'publish'].map((role) => startWork(world, P, role));
    const workers = ['fetch', 'fetch'].map((role) => startWork(world, P, role));
    await until(() => origin.log.length > FEEDS / 4, 60, 'a quarter of the feeds');
    const exit = await breakIt(world, publishers);
    await roundEnded(world, P, time);
    await until(() => publishers.some((one) => !one.isOver() && one.said('"msg":"published"')), 60, 'the edition');
    await expectSame(pair);
    const metrics = await Promise.all(publishers.filter((one) => !one.isOver()).map(readMetrics));
    const status = start(world, P, ['status']);
    const { code } = await status.ended;
    const all = [...publishers, ...workers];
    await Promise.all(all.map((one) => (one.isOver() ? undefined : one.kill('SIGTERM'))));
    expectThat(origin.log.length >= FEEDS, 'not all feeds were requested');
    return {
      log: listLog(all),
      status: [`exit ${code}`, ...status.lines.filter((line) => /sources: |round|publisher/.test(line))],
      metrics: metrics.flat(),
      exit,
      articles: `${FEEDS} feeds, ${origin.log.length - FEEDS} polled twice, 0 files differ from one process on SQLite`,
    };
  } finally {
    await world.close();
  }
}

function listLog(processes) {
  const lines = processes.flatMap(({ lines }) =>
    lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)),
  );
  return listKinds(
    lines.filter(({ level, msg }) => level !== 'info' || /publishes|standing by|round resumed|takes bundles/.test(msg)),
  );
}

async function readMetrics(worker) {
  const text = await fetch(new URL('/metrics', worker.url())).then((one) => one.text());
  return text
    .split('\n')
    .filter(
      (line) =>
        /^newsloom_is_publisher|^newsloom_runs_total\{outcome="STORE/.test(line) &&
        !(line.startsWith('newsloom_runs') && line.endsWith(' 0')),
    );
}
