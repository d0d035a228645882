// Where tiles lie. Numbers only: a test holds the figures of a dozen windows.

/** @typedef {{ x: number, y: number, w: number, h: number }} Box */
/** @typedef {{ cols: number, rows: number, tw: number, th: number, use: number }} Grid */

export const LEAST = { w: 140, h: 104 };
export const PAGE_MAX = 49;

/**
 * Columns, rows and tile size for n tiles in a box: the largest tile whose shape stays within the limits.
 * @param {number} n
 * @param {number} w
 * @param {number} h
 * @param {number} gap
 * @returns {Grid}
 */
export function grid(n, w, h, gap, portrait = h > w) {
  const min = portrait ? 3 / 4 : 4 / 3;
  const max = 16 / 9;
  /** @type {Grid | null} */
  let best = null;
  for (let cols = 1; cols <= n; cols++) {
    const rows = Math.ceil(n / cols);
    const cw = (w - gap * (cols - 1)) / cols;
    const ch = (h - gap * (rows - 1)) / rows;
    const shape = Math.min(max, Math.max(min, cw / ch));
    const tw = Math.floor(Math.min(cw, ch * shape));
    const th = Math.floor(Math.min(ch, cw / shape));
    // upright: what shows a face
    const use = portrait ? Math.min(tw, (th * 4) / 3) * Math.min(th, (tw * 4) / 3) : tw * th;
    if (!best || use > best.use * 1.02) best = { cols, rows, tw, th, use };
  }
  return best ?? { cols: 0, rows: 0, tw: 0, th: 0, use: 0 };
}

/**
 * Rows differ by at most one tile, longer rows first, each row centred.
 * @param {number} n
 * @param {number} w
 * @param {number} h
 * @param {number} gap
 * @returns {Box[]}
 */
export function place(n, w, h, gap) {
  const g = grid(n, w, h, gap);
  const top = Math.floor((h - g.rows * g.th - gap * (g.rows - 1)) / 2);
  /** @type {Box[]} */
  const out = [];
  for (let r = 0, left = n; r < g.rows; r++) {
    const k = Math.ceil(left / (g.rows - r));
    const x0 = Math.floor((w - k * g.tw - gap * (k - 1)) / 2);
    for (let c = 0; c < k; c++) out.push({ x: x0 + c * (g.tw + gap), y: top + r * (g.th + gap), w: g.tw, h: g.th });
    left -= k;
  }
  return out;
}

/**
 * With a share: strip at the side or below, whichever leaves the share larger.
 * @param {number} w
 * @param {number} h
 * @param {number} shape width by height of the share
 * @param {number} gap
 */
export function split(w, h, shape, gap) {
  const sw = Math.min(220, Math.max(144, w * 0.18));
  const sh = Math.min(124, Math.max(84, h * 0.17));
  /** @param {number} bw @param {number} bh */
  const fit = (bw, bh) => Math.min(bw, bh * shape) ** 2 / shape;
  return fit(w - sw - gap, h) > fit(w, h - sh - gap) * 1.05
    ? { side: true, size: sw }
    : { side: false, size: Math.min(168, Math.max(sh, h - gap - w / shape)) };
}

/** The most tiles that are still large enough. @param {number} w @param {number} h @param {number} gap */
export function pageSize(w, h, gap) {
  for (let n = PAGE_MAX; n > 1; n--) {
    const { tw, th } = grid(n, w, h, gap);
    if (tw >= LEAST.w && th >= LEAST.h) return n;
  }
  return 1;
}

/** Where the own picture floats when one other fills the stage. @param {number} w @param {number} h @param {boolean} phone */
export function floating(w, h, phone) {
  const fw = Math.round(Math.min(240, Math.max(96, Math.min(w, h) * (phone ? 0.28 : 0.3))));
  return { w: fw, h: Math.round(h > w ? (fw * 4) / 3 : (fw * 9) / 16) };
}

/**
 * Alone: the own tile, and the card with the link beside it (below where it is upright or narrow).
 * @param {number} w
 * @param {number} h
 * @param {number} cardH height of the card at its width
 */
export function alone(w, h, cardH) {
  const up = h > w || w < 700;
  const cw = up ? Math.min(w, 400) : 400;
  const tw = Math.max(120, Math.min(720, up ? w : w - 440, ((up ? h - cardH - 16 : h) * 16) / 9));
  const th = Math.round((tw * 9) / 16);
  if (!up) {
    const x = (w - tw - 40 - cw) / 2;
    return {
      tile: { x, y: (h - th) / 2, w: tw, h: th },
      card: { x: x + tw + 40, y: Math.max(0, (h - cardH) / 2), w: cw },
    };
  }
  const y = Math.max(0, (h - th - 16 - cardH) / 2);
  return { tile: { x: (w - tw) / 2, y, w: tw, h: th }, card: { x: (w - cw) / 2, y: y + th + 16, w: cw } };
}
