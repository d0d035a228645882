// QR codes (ISO/IEC 18004): byte mode, error correction M, versions 1 to 10, which is 213 bytes. Numbers only.

/** [error correction codewords a block, data codewords of each block] by version */
const BLOCKS = [
  [10, [16]],
  [16, [28]],
  [26, [44]],
  [18, [32, 32]],
  [24, [43, 43]],
  [16, [27, 27, 27, 27]],
  [18, [31, 31, 31, 31]],
  [22, [38, 38, 39, 39]],
  [22, [36, 36, 36, 37, 37]],
  [26, [43, 43, 43, 43, 44]],
];
/** Centres of the alignment patterns by version. */
const ALIGN = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

/** @type {((r: number, c: number) => boolean)[]} */
const MASKS = [
  (r, c) => (r + c) % 2 === 0,
  r => r % 2 === 0,
  (_, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r * c) % 3) + ((r + c) % 2)) % 2 === 0,
];

/** GF(256) over 0x11d, as powers and logarithms. */
const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let i = 0, x = 1; i < 255; i++) {
  EXP[i] = EXP[i + 255] = x;
  LOG[x] = i;
  x = (x << 1) ^ (x & 0x80 ? 0x11d : 0);
}

/** @typedef {{ size: number, dark: Uint8Array, fixed: Uint8Array }} Matrix */

/**
 * @param {string} text
 * @param {number} [only] this mask instead of the one that is read best
 * @returns {boolean[][] | null} rows of dark modules; nothing when the text is too long
 */
export function qrCode(text, only) {
  const bytes = new TextEncoder().encode(text);
  const version =
    BLOCKS.findIndex(([, data], v) => bytes.length + (v < 9 ? 2 : 3) <= sum(/** @type {number[]} */ (data))) + 1;
  if (version === 0) return null;
  const bits = interleaved(bytes, version);
  const tries = MASKS.map((mask, m) => masked(bits, version, mask, m));
  const best = only === undefined ? tries.reduce((a, b) => (penalty(b) < penalty(a) ? b : a)) : tries[only];
  return Array.from({ length: best.size }, (_, r) => Array.from({ length: best.size }, (_, c) => at(best, r, c) === 1));
}

/** Data and error correction, in the order they are drawn. @param {Uint8Array} bytes @param {number} version */
function interleaved(bytes, version) {
  const [ecLength, lengths] = /** @type {[number, number[]]} */ (BLOCKS[version - 1]);
  const words = dataWords(bytes, version, sum(lengths));
  let from = 0;
  const data = lengths.map(n => words.slice(from, (from += n)));
  const ec = data.map(d => errorCorrection(d, ecLength));
  return [...columns(data), ...columns(ec)].flatMap(word => [7, 6, 5, 4, 3, 2, 1, 0].map(i => (word >> i) & 1));
}

/** @param {Uint8Array} bytes @param {number} version @param {number} length */
function dataWords(bytes, version, length) {
  const wide = version > 9;
  const nibbles = [
    4,
    ...(wide ? [bytes.length >> 12, (bytes.length >> 8) & 15] : []),
    (bytes.length >> 4) & 15,
    bytes.length & 15,
  ];
  bytes.forEach(b => nibbles.push(b >> 4, b & 15));
  nibbles.push(0);
  const words = [];
  for (let i = 0; i + 1 < nibbles.length; i += 2) words.push((nibbles[i] << 4) | nibbles[i + 1]);
  for (let pad = 0xec; words.length < length; pad ^= 0xec ^ 0x11) words.push(pad);
  return words.slice(0, length);
}

/** @param {number[]} data @param {number} length */
function errorCorrection(data, length) {
  let generator = [1];
  for (let i = 0; i < length; i++) {
    const next = new Array(generator.length + 1).fill(0);
    generator.forEach((g, k) => ((next[k] ^= g), (next[k + 1] ^= times(g, EXP[i]))));
    generator = next;
  }
  const rest = [...data, ...new Array(length).fill(0)];
  data.forEach((_, i) => {
    const lead = rest[i];
    if (lead) generator.forEach((g, k) => (rest[i + k] ^= times(g, lead)));
  });
  return rest.slice(data.length);
}

/** @param {number} a @param {number} b */
const times = (a, b) => (a && b ? EXP[LOG[a] + LOG[b]] : 0);
/** @param {number[]} list */
const sum = list => list.reduce((a, b) => a + b, 0);
/** @param {number[][]} rows */
const columns = rows =>
  Array.from({ length: Math.max(...rows.map(r => r.length)) }, (_, i) =>
    rows.filter(r => i < r.length).map(r => r[i]),
  ).flat();

/** @param {number[]} bits @param {number} version @param {(r: number, c: number) => boolean} mask @param {number} m */
function masked(bits, version, mask, m) {
  const matrix = patterns(version);
  format(matrix, m);
  if (version >= 7) versionInfo(matrix, version);
  let i = 0;
  for (const [r, c] of path(matrix)) set(matrix, r, c, (bits[i++] ?? 0) ^ (mask(r, c) ? 1 : 0), false);
  return matrix;
}

/** Finder, timing and alignment patterns. @param {number} version @returns {Matrix} */
function patterns(version) {
  const size = 17 + 4 * version;
  const matrix = { size, dark: new Uint8Array(size * size), fixed: new Uint8Array(size * size) };
  for (let i = 0; i < size; i++) (set(matrix, 6, i, (i + 1) % 2), set(matrix, i, 6, (i + 1) % 2));
  for (const [r, c] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ])
    square(matrix, r, c, 4, d => d !== 2 && d !== 4);
  const centres = ALIGN[version - 1];
  const last = centres.length - 1;
  centres.forEach((r, i) =>
    centres.forEach((c, k) => {
      const corner = (i === 0 && (k === 0 || k === last)) || (i === last && k === 0);
      if (!corner) square(matrix, r, c, 2, d => d !== 1);
    }),
  );
  return matrix;
}

/** Rings around a centre. @param {Matrix} m @param {number} r @param {number} c @param {number} reach @param {(d: number) => boolean} dark */
function square(m, r, c, reach, dark) {
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) set(m, r + y, c + x, dark(Math.max(Math.abs(x), Math.abs(y))) ? 1 : 0);
  }
}

/** Level M and the mask, twice. @param {Matrix} m @param {number} mask */
function format(m, mask) {
  let rest = mask << 10;
  for (let i = 14; i >= 10; i--) if (rest & (1 << i)) rest ^= 0x537 << (i - 10);
  const bits = ((mask << 10) | rest) ^ 0x5412;
  for (let i = 0; i < 15; i++) {
    const bit = (bits >> i) & 1;
    set(m, i < 6 ? i : i < 8 ? i + 1 : m.size - 15 + i, 8, bit);
    set(m, 8, i < 8 ? m.size - 1 - i : i < 9 ? 7 : 14 - i, bit);
  }
  set(m, m.size - 8, 8, 1);
}

/** @param {Matrix} m @param {number} version */
function versionInfo(m, version) {
  let rest = version << 12;
  for (let i = 17; i >= 12; i--) if (rest & (1 << i)) rest ^= 0x1f25 << (i - 12);
  const bits = (version << 12) | rest;
  for (let i = 0; i < 18; i++) {
    const [a, b] = [Math.floor(i / 3), m.size - 11 + (i % 3)];
    set(m, a, b, (bits >> i) & 1);
    set(m, b, a, (bits >> i) & 1);
  }
}

/** The free modules, two columns at a time, up and down from the right. @param {Matrix} m @returns {[number, number][]} */
function path(m) {
  /** @type {[number, number][]} */
  const out = [];
  let up = true;
  for (let right = m.size - 1; right > 0; right -= 2, up = !up) {
    if (right === 6) right = 5;
    for (let i = 0; i < m.size; i++) {
      const r = up ? m.size - 1 - i : i;
      for (const c of [right, right - 1]) if (!m.fixed[r * m.size + c]) out.push([r, c]);
    }
  }
  return out;
}

/** How hard it is to read: long runs, blocks, things like finders, too dark or too light. @param {Matrix} m */
function penalty(m) {
  let score = 0;
  for (let i = 0; i < m.size; i++) {
    const row = Array.from({ length: m.size }, (_, k) => at(m, i, k)).join('');
    const column = Array.from({ length: m.size }, (_, k) => at(m, k, i)).join('');
    for (const line of [row, column]) {
      for (const run of line.match(/0{5,}|1{5,}/g) ?? []) score += run.length - 2;
      for (let k = 0; k + 11 <= line.length; k++) if (/^(10111010000|00001011101)/.test(line.slice(k))) score += 40;
    }
  }
  for (let r = 0; r + 1 < m.size; r++) {
    for (let c = 0; c + 1 < m.size; c++) {
      const four = at(m, r, c) + at(m, r, c + 1) + at(m, r + 1, c) + at(m, r + 1, c + 1);
      if (four % 4 === 0) score += 3;
    }
  }
  const dark = sum([...m.dark]) / m.dark.length;
  return score + Math.floor(Math.abs(dark * 100 - 50) / 5) * 10;
}

/** @param {Matrix} m @param {number} r @param {number} c */
const at = (m, r, c) => m.dark[r * m.size + c];

/** @param {Matrix} m @param {number} r @param {number} c @param {number} dark @param {boolean} [fixed] */
function set(m, r, c, dark, fixed = true) {
  if (r < 0 || c < 0 || r >= m.size || c >= m.size) return;
  m.dark[r * m.size + c] = dark;
  if (fixed) m.fixed[r * m.size + c] = 1;
}
