import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Rooms without a world: their tests may share one, and load each module once. */
const pure =
  'announce,clean,cluster,compose,config,conformance,golden,identity,imports,model,parse,politeness,property,questions,rules,sanitize,tag,text,write';
/** Whose test looks at the memory of its process. */
const alone = 'fuzz';

export default defineConfig({
  test: {
    // A third of a test's time is waiting, in which another is run.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // For what hangs. How long a test takes is not what it shows, and one that ended in the middle would disturb those after it.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 250_000 } },
    setupFiles: ['test/support/seed.ts'],
    // In the order of their names: what takes longest first, many short ones last.
    projects: [
      { extends: true, test: { name: 'alone', include: [`test/${alone}/**/*.test.ts`] } },
      // All others keep to folders and ports of their own.
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
