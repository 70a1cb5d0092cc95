/** Which entries of a config and its packs are merged. */
import { expect, it } from 'vitest';
import { type ListLayer, mergeLayers } from '../../src/config/packs/merge-packs.js';
import { readYaml } from '../../src/config/yaml.js';

const env = { KEY: 'k3y', PLACE: 'coast' };
function layer(name: string, text: string): ListLayer {
  const file = readYaml(name, text, env);
  return { file, path: [], items: file.value as readonly unknown[], without: new Set() };
}

it.each([
  ['the same address', '- { url: "https://paper.example/feed" }', 'url: "https://paper.example/feed"'],
  ['several feeds', '- { feeds: ["https://paper.example/feed", "https://paper.example/b"] }', 'id: paper-example'],
  [
    'several feeds over one',
    '- { feeds: ["https://paper.example/feed", "https://paper.example/b"] }',
    'url: "https://paper.example/feed"',
  ],
  ['a key in the address', `- { url: "https://paper.example/\${KEY}/feed" }`, 'id: paper-example'],
])('one entry comes from a pack: %s', (_, own, below) => {
  const { items, places } = mergeLayers([layer('own', own), layer('pack', `- { ${below}, title: Paper }`)]);
  expect(items).toEqual([
    {
      ...(readYaml('own', own, env).value as object[])[0],
      title: 'Paper',
      ...(below.startsWith('id') && { id: 'paper-example' }),
    },
  ]);
  expect(places[0]!.map(({ file }) => file.name)).toEqual(['own', 'pack']);
});

it('an entry without an address uses the address of the pack', () => {
  const own = layer('own', '- { id: paper-example, title: Mine }');
  const pack = layer('pack', '- { feeds: ["https://paper.example/feed"], title: Paper }');
  expect(mergeLayers([own, pack]).items).toEqual([
    { id: 'paper-example', title: 'Mine', feeds: ['https://paper.example/feed'] },
  ]);
});
