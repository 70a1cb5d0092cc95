import * as publishers from './publishers.mjs';
import * as rounds from './rounds.mjs';
import { openWorld } from './world.mjs';

const [name, json = '{}', ...flags] = process.argv.slice(2);
const world = await openWorld({ log: flags.includes('-v') ? (line) => console.error(line) : () => {} });
try {
  const began = performance.now();
  console.log(
    name,
    await { ...rounds, ...publishers }[name](world, JSON.parse(json)),
    `(${((performance.now() - began) / 1000).toFixed(0)} s)`,
  );
} catch (error) {
  console.log(name, 'FAILED', error);
} finally {
  await world.close();
}
