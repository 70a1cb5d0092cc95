import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Folders without side effects. Their tests share one environment and load each module once. */
const pure =
  'announce,clean,cluster,compose,config,conformance,golden,identity,imports,model,parse,politeness,property,questions,rules,sanitize,tag,text,write';
/** Folder of a test that measures the memory of its process. */
const alone = 'fuzz';

export default defineConfig({
  test: {
    // Tests wait for a third of their time.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // Only for hangs. A test that times out may disturb later ones.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 250_000 } },
    setupFiles: ['test/support/seed.ts'],
    // In order of duration: the longest first.
    projects: [
      { extends: true, test: { name: 'alone', include: [`test/${alone}/**/*.test.ts`] } },
      // Each uses its own folders and ports.
      {
        extends: true,
        test: {
          name: 'doors',
          include: ['test/**/*.test.ts'],
          exclude: [`test/{${pure},${alone}}/**`],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'pure', include: [`test/{${pure}}/**/*.test.ts`], isolate: false } },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
    },
  },
});
