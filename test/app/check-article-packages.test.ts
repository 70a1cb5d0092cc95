import { describe, expect, it } from 'vitest';
import { checkArticlePackages } from '../../src/app/check-article-packages.js';
import type { Settings } from '../../src/model/settings.js';

const settings = (articlePages: boolean) =>
  ({
    configPath: 'config/newsloom.yaml',
    sources: [{ id: 'paper', ...(articlePages && { articlePages }) }],
  }) as unknown as Settings;
const missing = (name: string) => {
  if (name === 'linkedom') throw new Error('not found');
};

describe('the packages for fetch: article', () => {
  it('are named with the command if one is missing', () => {
    expect(() => checkArticlePackages(settings(true), missing)).toThrow(
      'sources: `fetch: article` of "paper" needs the packages @mozilla/readability and linkedom: run `npm install @mozilla/readability@0.6 linkedom@0.18.12`',
    );
  });
  it('are not needed by other sources', () => {
    expect(() => checkArticlePackages(settings(false), missing)).not.toThrow();
  });
  it('are installed in a clone', () => {
    expect(() => checkArticlePackages(settings(true))).not.toThrow();
  });
});
