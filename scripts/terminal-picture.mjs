// Draws a terminal as SVG from text, for "npm run docs".
const LINE = 20;
const WIDTH = 9;

/** `lines` that begin with "$ " are drawn as typed commands. */
export function terminalPicture(lines) {
  const width = Math.max(...lines.map((line) => line.length)) * WIDTH + 40;
  const height = lines.length * LINE + 60;
  const texts = lines.map((line, i) => {
    const color = line.startsWith('$ ') ? '#9ece6a' : '#c0caf5';
    return `<text x="20" y="${58 + i * LINE}" fill="${color}" xml:space="preserve">${escaped(line)}</text>`;
  });
  const dots = ['#f7768e', '#e0af68', '#9ece6a'].map(
    (color, i) => `<circle cx="${24 + i * 20}" cy="20" r="6" fill="${color}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="15">`,
    `<rect width="100%" height="100%" rx="8" fill="#1a1b26"/>`,
    ...dots,
    ...texts,
    '</svg>',
    '',
  ].join('\n');
}

function escaped(text) {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
