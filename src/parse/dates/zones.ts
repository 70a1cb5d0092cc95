/** Maps abbreviations of time zones to offsets. Ambiguous ones have the meaning most common in feeds. */
// biome-ignore format: a row a region
const HOURS: Readonly<Record<string, number>> = {
  ut: 0, utc: 0, gmt: 0, z: 0, wet: 0, west: 1, bst: 1, ist: 5.5,
  cet: 1, cest: 2, cedt: 2, met: 1, mest: 2, mez: 1, mesz: 2, eet: 2, eest: 3, msk: 3, msd: 4, trt: 3,
  est: -5, edt: -4, et: -5, cst: -6, cdt: -5, ct: -6, mst: -7, mdt: -6, mt: -7, pst: -8, pdt: -7, pt: -8,
  akst: -9, akdt: -8, hst: -10, ast: -4, adt: -3, nst: -3.5, ndt: -2.5,
  brt: -3, brst: -2, art: -3, clt: -4, clst: -3,
  jst: 9, kst: 9, hkt: 8, sgt: 8, pht: 8, wib: 7, ict: 7, npt: 5.75, pkt: 5,
  awst: 8, acst: 9.5, acdt: 10.5, aest: 10, aedt: 11, nzst: 12, nzdt: 13,
  sast: 2, eat: 3, cat: 2, wat: 1, gst: 4, irst: 3.5,
};

/** Minutes east of Greenwich; null: unknown. Single letters are UTC: RFC 5322 4.3 distrusts military zones. */
export function zoneNamed(word: string): number | null {
  const name = word.toLowerCase();
  if (/^[a-z]$/.test(name)) return 0;
  const hours = Object.hasOwn(HOURS, name) ? HOURS[name] : undefined;
  return hours === undefined ? null : hours * 60;
}
