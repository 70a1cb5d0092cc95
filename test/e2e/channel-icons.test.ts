import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, expect, it } from 'vitest';
import { createChannelIcons } from '../../src/pictures/channel-icons.js';
import { aSite, type SiteParts, type TestSite } from '../support/a-site.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const open: TestSite[] = [];
afterEach(() => {
  for (const site of open.splice(0)) site.remove();
});

const FEEDS = 'https://news.example.org/feeds/';
const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5" fill="#a33"/></svg>';

/** A section with one post on the harbour, and these files. */
function aSection(icon: string | null, topicIcon: string | null = null): TestSite {
  const topic = `{ id: harbour, any: [harbour]${topicIcon === null ? '' : `, icon: ${topicIcon}`} }`;
  const parts: SiteParts = {
    sources: ['{ id: desk, kind: posts, path: content }'],
    topics: [topic, '{ id: fog, any: [fog] }'],
  };
  const site = aSite(parts);
  open.push(site);
  if (icon !== null) {
    const config = join(site.root, 'config/newsloom.yaml');
    writeFileSync(config, site.read('../config/newsloom.yaml').replace('site:\n', `site:\n  icon: ${icon}\n`));
  }
  return site;
}
async function built(site: TestSite): Promise<TestSite> {
  mkdirSync(join(site.root, 'content'));
  writeFileSync(
    join(site.root, 'content/walk.md'),
    '---\ntitle: Fog over the harbour\ndate: 2026-11-23T08:00Z\n---\n\nIt is grey.\n',
  );
  await site.run('2026-11-24T09:00:00Z');
  return site;
}

it('a section without a picture has a letter', async () => {
  const site = await built(aSection(null));
  expect(site.read('icons/section/letter.svg')).toContain('>S</text>');
  expect(site.read('all.atom')).toContain(`<icon>${FEEDS}icons/section/letter.svg</icon>`);
  expect(site.json('all.json')).toMatchObject({ icon: `${FEEDS}icons/section/letter.svg` });
  expect(site.read('all.rss')).not.toContain('<image>');
  expect(site.read('index.html')).toContain('<link rel="icon" type="image/svg+xml" href="icons/section/letter.svg">');
  expect((await site.run('2026-11-24T10:00:00Z')).report.changed).toBe(false);
});

it('a picture is published in the sizes of each format, and a topic may have its own', async () => {
  const site = aSection('icon.svg', 'harbour.png');
  writeFileSync(join(site.root, 'icon.svg'), drawing);
  writeFileSync(join(site.root, 'harbour.png'), await sharp(Buffer.from(drawing)).resize(300, 300).png().toBuffer());
  await built(site);
  const sizes = { icon: [512, 512], favicon: [64, 64], image: [144, 144], logo: [512, 256] };
  for (const folder of ['section', 'topics/harbour'])
    for (const [name, [width, height]] of Object.entries(sizes))
      expect(await sharp(join(site.feeds, `icons/${folder}/${name}.png`)).metadata()).toMatchObject({
        format: 'png',
        width,
        height,
      });
  expect(site.read('all.rss')).toContain(
    `<image><url>${FEEDS}icons/section/image.png</url><title>The Section</title><link>https://news.example.org/</link><width>144</width><height>144</height></image>`,
  );
  expect(site.read('all.atom')).toContain(
    `<icon>${FEEDS}icons/section/icon.png</icon>\n<logo>${FEEDS}icons/section/logo.png</logo>`,
  );
  expect(site.json('topics/harbour.json')).toMatchObject({
    icon: `${FEEDS}icons/topics/harbour/icon.png`,
    favicon: `${FEEDS}icons/topics/harbour/favicon.png`,
  });
  expect(site.json('topics/fog.json').icon).toBe(`${FEEDS}icons/section/icon.png`);
  expect(site.read('index.html')).toContain(`<meta property="og:image" content="${FEEDS}icons/section/icon.png">`);
  expect(site.read('topics/fog.html')).toContain(
    '<link rel="icon" type="image/png" href="../icons/section/favicon.png">',
  );
  writeFileSync(join(site.root, 'icon.svg'), drawing.replace('#a33', '#33a'));
  const { report } = await site.run('2026-11-24T10:00:00Z');
  expect(report.files.written).toBe(5); // four sizes, and the manifest
});

it('a picture is published unchanged if it cannot be resized', async () => {
  const folder = temporaryFolder();
  const images = { fetch: false, cache: false, icons: true };
  const settings = { site: { title: 'X' } as never, topics: [], sources: [], images, configPath: 'newsloom.yaml' };
  for (const [name, bytes, image] of [
    ['small.png', await sharp(Buffer.from(drawing)).resize(120, 120).png().toBuffer(), { width: 120 }],
    ['large.png', await sharp(Buffer.from(drawing)).resize(300, 300).png().toBuffer(), null],
    ['drawing.svg', Buffer.from(drawing), null],
  ] as const) {
    writeFileSync(join(folder, name), bytes);
    const site = { title: 'X', icon: join(folder, name) } as never;
    const { section, files } = await createChannelIcons({ ...settings, site }, false);
    expect(files).toHaveLength(1);
    expect(await files[0]!.make()).toEqual(bytes);
    if (image === null) expect(section.image).toBeNull();
    else expect(section.image).toMatchObject(image);
  }
  const site = { title: 'X', icon: join(folder, 'gone.png') } as never;
  await expect(createChannelIcons({ ...settings, site }, false)).rejects.toThrow(
    /site\.icon: .*gone\.png cannot be read/,
  );
});
