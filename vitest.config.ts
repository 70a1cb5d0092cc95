import { defineConfig } from 'vitest/config';

/** Rooms without a world: their tests may share one, and load each module once. */
const pure =
  'announce,clean,cluster,compose,config,conformance,golden,identity,model,parse,politeness,property,sanitize,tag,text,write';
/** Rooms whose tests keep to folders and ports of their own. */
const doors = 'app,cli,demo,e2e,fetch,observe,pipeline,serve,sink,store';

export default defineConfig({
  test: {
    // Most of a test's time is waiting or a child's: one worker a processor is not too many.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'pure', include: [`test/{${pure}}/**/*.test.ts`], isolate: false } },
      { extends: true, test: { name: 'doors', include: [`test/{${doors}}/**/*.test.ts`], isolate: false } },
      {
        extends: true,
        test: { name: 'world', include: ['test/**/*.test.ts'], exclude: [`test/{${pure},${doors}}/**`] },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
    },
  },
});
