// Renders the config of a site of invented papers, for all benchmarks that run the program.
import { TOPICS } from './origin.mjs';

/** `keys`: further lines. */
export function renderSiteConfig(urls, keys) {
  const lines = [
    'site: { title: Bench, url: https://news.example.org/, language: en }',
    'sources:',
    ...urls.map((url, i) => `  - { id: source-${i}, url: "${url}" }`),
    'topics:',
    ...TOPICS.map((word) => `  - { id: ${word}, label: ${word}, any: [${word}] }`),
    'fetch: { allowPrivateAddresses: true, spacing: 0s }',
    ...keys,
  ];
  return `${lines.join('\n')}\n`;
}
