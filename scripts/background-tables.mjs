// How src/cluster/terms/background/tables.bin is laid out; read by background.ts beside it.

/**
 * A line of JSON, language → [where its bits begin after that line, number of slots, decibels of the rarest without sign, how many slots
 * have these, how many one decibel more …], then the bits: of the slots of each decibel in turn, in their order, how many lie between
 * each and the one before. Slots are spread evenly, so that these numbers in Golomb codes take about the least room that they can.
 */
export function tablesOf(languages) {
  const index = {};
  const parts = [];
  let place = 0;
  for (const [language, slots, decibels] of languages) {
    const groups = byDecibel(decibels);
    const bytes = packed(groups.map((group) => gapCodes(group, slots)).join(''));
    index[language] = [place, slots, -Math.min(...decibels.values()), ...groups.map((group) => group.length)];
    parts.push(bytes);
    place += bytes.length;
  }
  return Buffer.concat([Buffer.from(`${JSON.stringify(index)}\n`), ...parts]);
}

/** From the rarest to the commonest, each decibel between them; slots sorted. */
function byDecibel(decibels) {
  const least = Math.min(...decibels.values());
  const groups = Array.from({ length: Math.max(...decibels.values()) - least + 1 }, () => []);
  for (const [slot, decibel] of decibels) groups[decibel - least].push(slot);
  return groups.map((group) => group.sort((a, b) => a - b));
}

function gapCodes(group, slots) {
  const divisor = Math.max(1, Math.round((Math.LN2 * slots) / group.length));
  return group.map((slot, at) => golomb(slot - (group[at - 1] ?? -1) - 1, divisor)).join('');
}

/** The quotient in ones and a zero, the rest in as few bits as tell it from other rests. */
function golomb(number, divisor) {
  const rest = number % divisor;
  const bits = 31 - Math.clz32(divisor);
  const short = 2 ** (bits + 1) - divisor; // so many rests take a bit less
  const code = rest < short ? binary(rest, bits) : binary(rest + short, bits + 1);
  return `${'1'.repeat((number - rest) / divisor)}0${code}`;
}

function binary(number, bits) {
  return bits === 0 ? '' : number.toString(2).padStart(bits, '0');
}

function packed(bits) {
  return Buffer.from((bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)));
}
