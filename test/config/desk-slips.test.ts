/** Typical errors in the desk file: each is reported with its line and a remedy. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { siteFolder } from '../support/site-folder.js';

const CONFIG =
  'site: { title: T, url: "https://n.example/" }\nsources: [{ id: a, url: "https://a.example/" }]\ntopics: [{ id: town, any: [town] }]\n';

async function said(desk: string): Promise<string> {
  const root = siteFolder({ 'config/newsloom.yaml': CONFIG, 'config/desk.yaml': desk });
  return await loadSite(join(root, 'config/newsloom.yaml'), {}, 'fresh').then(
    ({ desk: { entries } }) => `${entries.length} entries`,
    (error) => error.message.replace(/^.*config\//gm, ''),
  );
}

const FERRY = 'article: https://a.example/ferry';
const LAUGHS = [
  'a: &a [x, x]',
  ...[...'bcdefghijk'].map((name, i) => `${name}: &${name} [${`*${'abcdefghij'[i]}, `.repeat(9)}]`),
];

describe('the desk', () => {
  it.each([
    ['\ufeff- { article: https://a.example/ferry, hide: true }\r\n', '1 entries'],
    [`- ${FERRY}\n  hide: True\n`, '1 entries'],
    [`- ${FERRY}\n  title: "No #1 ferry"\n`, '1 entries'],
    [`- ${FERRY} # the old one\n  hide: true # for now\n`, '1 entries'],
    [`- ${FERRY}\n  hide: yes\n`, 'desk.yaml:2:9 desk[0].hide: expected true or false, found text ("yes"); write true'],
    [`- ${FERRY}\n  image: pier.jpg\n`, 'desk.yaml:2:10 desk[0].image: must be none ("pier.jpg")'],
    [
      `- ${FERRY}\n  title: No #1 ferry\n`,
      'desk.yaml:2:10 desk[0].title: the text ends before "#1 ferry": put it in quotes',
    ],
    [
      `- ${FERRY}\n  title: Ferry: it sails\n`,
      'desk.yaml:2:10 desk[0].title.Ferry: a value that contains ": ": put it in quotes',
    ],
    [
      `- ${FERRY}\nhide: true\n`,
      'desk.yaml:2:1 desk: unexpected YAML syntax: indent the keys of one entry equally, and quote values that contain ": ", " #" or quotes',
    ],
    [
      `[]\n# mine\n\n- { ${FERRY} }\n`,
      'desk.yaml:4:1 desk: an entry below "[]", which is an empty list: remove the "[]"',
    ],
    [`- ${FERRY}\n\thide: true\n`, 'desk.yaml:2:2 desk: a tab: YAML is indented with spaces only'],
    ['hello\n', 'desk.yaml:1:1 desk: the file is not a list: begin each entry with "- "'],
    [`- ${FERRY}\n  title: caf\ufffd\n`, 'desk.yaml:2:13 desk: a character that is not UTF-8: save the file as UTF-8'],
    [
      `- &a { ${FERRY}, note: *a }\n`,
      'desk.yaml:1:1 desk: undefined or excessive YAML aliases ("*name"): write the values out',
    ],
    [
      `${LAUGHS.join('\n')}\n`,
      'desk.yaml:1:1 desk: undefined or excessive YAML aliases ("*name"): write the values out',
    ],
  ])('%j', async (desk, expected) => {
    expect(await said(desk)).toBe(expected);
  });
});
