// Draws the invented pictures and icons of the sample publications into src/demo/pictures: node scripts/demo-pictures.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';

const OUT = 'src/demo/pictures';
const [WIDTH, HEIGHT] = [480, 320];
const sky = (top, bottom) =>
  `<defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient></defs><path fill="url(#s)" d="M0 0h480v320H0z"/>`;
const sea = (y, colour) => `<path fill="${colour}" d="M0 ${y}q60-14 120 0t120 0 120 0 120 0v${HEIGHT - y}H0z"/>`;
const circles = (list) =>
  list.map(([x, y, r, fill]) => `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`).join('');

const SCENES = {
  table: `${sky('#dcd3c0', '#b9a98c')}<path fill="#5a4634" d="M60 210h360l30 60H30z"/><path fill="#46362a" d="M90 270h20v50H90zm280 0h20v50h-20z"/><path stroke="#333" stroke-width="5" d="M170 210V80m140 130V80"/><path fill="#2d5f8a" d="M172 84q35-14 60 6v46q-28-18-60-4z"/><path fill="#a33b32" d="M308 84q-35-14-60 6v46q28-18 60-4z"/><path fill="#f4efe2" d="M205 218h70l8 20h-86z"/>`,
  strait: `${sky('#f0c48a', '#c98b6b')}${circles([[360, 120, 42, '#fbe7b8']])}<path fill="#55606e" d="M0 175l90-60 80 50 70-30 60 40H0z"/>${sea(180, '#41697f')}<path fill="#22303a" d="M120 200h130l-20 34H146z"/><path fill="#e9e2d2" d="M160 165h46v35h-46z"/><path fill="#a33b32" d="M184 140h14v25h-14z"/>${sea(235, '#33566b')}`,
  cup: `${sky('#27543d', '#173524')}${circles([
    [90, 60, 14, '#f6edc9'],
    [240, 45, 14, '#f6edc9'],
    [390, 60, 14, '#f6edc9'],
  ])}<path fill="#d9a83a" d="M180 90h120v60q0 60-45 70v25h35v25h-100v-25h35v-25q-45-10-45-70z"/><path fill="none" stroke="#d9a83a" stroke-width="14" d="M180 105h-35q0 65 45 70m110-70h35q0 65-45 70"/>`,
  cyclone: `${sky('#3d5a70', '#22384a')}<g fill="none" stroke="#dfe7ec" stroke-width="16" stroke-linecap="round"><path d="M240 160q30-40 70-10t0 90q-60 50-130 10"/><path d="M240 160q-30 40-70 10t0-90q60-50 130-10"/></g>${circles([[240, 160, 20, '#22384a']])}<path fill="#6c8f6a" d="M60 290q20-24 50 0zm310-8q18-22 46 0z"/>`,
  roofs: `${sky('#aebcc6', '#8596a3')}<path fill="#8a5a44" d="M40 190l70-60 70 60z"/><path fill="#e6ddcb" d="M55 190h110v90H55z"/><path fill="#6d4636" d="M220 210l64-62 30 30-16 32z"/><path fill="#d8cdb8" d="M228 210h100v80H228z"/><path fill="#8a5a44" d="M360 220l46-40 46 40z"/><path fill="#e6ddcb" d="M372 220h70v70h-70z"/><path fill="#64736a" d="M0 280h480v40H0z"/><path fill="none" stroke="#4b5a50" stroke-width="7" d="M196 280q-10-80 24-150"/>`,
  moon: `${sky('#0c1020', '#161c33')}${circles([
    [60, 50, 2, '#fff'],
    [130, 90, 2, '#fff'],
    [400, 70, 2, '#fff'],
    [300, 40, 2, '#fff'],
    [350, 110, 38, '#5d7fae'],
  ])}<path fill="#9a9a97" d="M0 250q120-50 240-30t240-10v110H0z"/><path fill="#c9b36a" d="M190 170h70v36h-70z"/><path stroke="#d8d8d4" stroke-width="6" d="M200 206l-26 40m76-40l26 40"/><path stroke="#d8d8d4" stroke-width="8" d="M225 206v46"/>`,
  lander: `${sky('#0c1020', '#1b2440')}${circles([
    [50, 40, 2, '#fff'],
    [150, 70, 2, '#fff'],
    [260, 34, 2, '#fff'],
    [440, 120, 2, '#fff'],
    [96, 116, 30, '#5d7fae'],
  ])}<path fill="#8f8e8a" d="M0 262q90-36 200-24t280-26v108H0z"/><path fill="#76756f" d="M0 300q160-34 480-12v32H0z"/><g stroke="#d8d8d4" stroke-width="7" stroke-linecap="round"><path d="M262 190l-44 62m104-62l44 62M292 190v58"/><path d="M204 252h28m120 0h28"/></g><path fill="#c9b36a" d="M244 138h96v54h-96z"/><path fill="#8a7434" d="M244 166h96v8h-96z"/><path fill="#2f4f7d" d="M150 126h84v34h-84zm200 0h84v34h-84z"/><path fill="#e6e6e2" d="M266 112h52v26h-52z"/><path stroke="#e6e6e2" stroke-width="4" d="M292 112V84"/>${circles([[292, 80, 8, '#e6e6e2']])}`,
  vaccine: `${sky('#e8efe9', '#c5d7cd')}<g transform="rotate(-35 240 160)"><path fill="#fff" stroke="#567a6b" stroke-width="6" d="M130 138h190v44H130z"/><path fill="#8fc1a8" d="M134 142h110v36H134z"/><path fill="#567a6b" d="M320 152h24v16h-24zm-210-24h20v64h-20zm-40 26h40v12H70zm-12-20h14v52H58z"/><path stroke="#567a6b" stroke-width="4" d="M344 160h70"/></g>`,
  bank: `${sky('#d6dbe2', '#b2bcc9')}<path fill="#8d8473" d="M90 130l150-70 150 70z"/><path fill="#cfc6b3" d="M100 136h280v18H100z"/><path fill="#e5dccb" d="M120 154h28v100h-28zm68 0h28v100h-28zm76 0h28v100h-28zm68 0h28v100h-28z"/><path fill="#a89d88" d="M90 254h300v22H90z"/><path fill="#77706226" d="M0 276h480v44H0z"/>`,
  statues: `${sky('#cdbfa6', '#a89578')}<path fill="#7f6d55" d="M70 250h80v50H70zm130 0h80v50h-80zm130 0h80v50h-80z"/><path fill="#d9d0be" d="M92 250q-10-70 18-100 28 30 18 100zm130 0q-10-70 18-100 28 30 18 100zm130 0q-10-70 18-100 28 30 18 100z"/>${circles(
    [
      [110, 132, 18, '#d9d0be'],
      [240, 132, 18, '#d9d0be'],
      [370, 132, 18, '#d9d0be'],
    ],
  )}`,
};
const ICONS = {
  'harbour-courier':
    '<path fill="#1d4f73" d="M0 0h32v32H0z"/><path fill="none" stroke="#fff" stroke-width="3" d="M16 8v18m-6-13h12M7 18q0 8 9 8t9-8"/>',
  'meridian-post':
    '<path fill="#7a2230" d="M0 0h32v32H0z"/><path fill="none" stroke="#fff" stroke-width="3" d="M16 5a11 11 0 1 0 .1 0zm0 0v22"/>',
  'atlas-wire':
    '<path fill="#222" d="M0 0h32v32H0z"/><path fill="#f2c230" d="M5 21h6v6H5zm8-7h6v13h-6zm8-9h6v22h-6z"/>',
  'gazette-du-delta': '<path fill="#2d6a4f" d="M0 0h32v32H0z"/><path fill="#fff" d="M16 6l11 20H5z"/>',
  kuestenbote:
    '<path fill="#e9e2d2" d="M0 0h32v32H0z"/><path fill="#a33b32" d="M11 6h10v6H11zm0 12h10v8H11z"/><path fill="#333" d="M11 12h10v6H11z"/>',
};

/** Large picture of the first story. The demo cannot copy wider ones without sharp. */
const WIDTHS = { lander: 480 };

mkdirSync(OUT, { recursive: true });
for (const [name, body] of Object.entries(SCENES)) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">${body}</svg>`;
  writeFileSync(
    `${OUT}/${name}.webp`,
    await sharp(Buffer.from(svg))
      .resize(WIDTHS[name] ?? 300)
      .webp({ quality: 30, effort: 6 })
      .toBuffer(),
  );
}
/** The section's icon. Its size is that of `<image>` in RSS. */
const SECTION =
  '<path fill="#9a2a1f" d="M0 0h144v144H0z"/><g fill="none" stroke="#fff" stroke-width="10"><path d="M24 44h96M24 72h96M24 100h96"/><path stroke="#f0c48a" d="M44 24v96M72 24v96M100 24v96" stroke-dasharray="18 10"/></g>';
writeFileSync(
  'src/demo/site/icon.png',
  await sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 144 144" width="144" height="144">${SECTION}</svg>`,
    ),
  )
    .png({ palette: true, colours: 16, compressionLevel: 9 })
    .toBuffer(),
);
for (const [name, body] of Object.entries(ICONS)) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32">${body}</svg>`;
  writeFileSync(
    `${OUT}/${name}.png`,
    await sharp(Buffer.from(svg)).png({ palette: true, colours: 16, compressionLevel: 9 }).toBuffer(),
  );
}
