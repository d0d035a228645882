import { alone, floating, place, split } from './grid.js';

/** @typedef {import('./grid.js').Box} Box */
/**
 * Everything that decides where things lie on the stage.
 * @typedef {{ w: number, h: number, gap: number, phone: boolean, tiles: number, floats: boolean, otherShape: number | null,
 *   corner: { right: boolean, bottom: boolean }, share: number | null, alone: number | null }} Scene
 */
/**
 * @typedef {{ tiles: Box[], share: Box | null, strip: (Box & { side: boolean, tile: { w: number, h: number } }) | null,
 *   card: { x: number, y: number, w: number } | null, floating: number }} Layout
 */

/** How much of a picture may be cut off before it gets bars instead. */
const CROP_MAX = 0.25;
/** Room below a share from which on the others get the grid instead of a strip. */
const GRID_BELOW = 240;
export const GRID_BELOW_MAX = 8;

/** @param {Scene} scene @returns {Layout} */
export function layout(scene) {
  if (scene.share !== null) return withShare(scene, scene.share);
  const { w, h, gap, tiles } = scene;
  if (scene.alone !== null && tiles === 1) {
    const { tile, card } = alone(w, h, scene.alone);
    return { tiles: [whole(tile)], share: null, strip: null, card, floating: -1 };
  }
  if (scene.floats) return duo(scene);
  return { tiles: place(tiles, w, h, gap), share: null, strip: null, card: null, floating: -1 };
}

/** One other fills the stage, the own picture (last) floats in a corner. @param {Scene} scene @returns {Layout} */
function duo({ w, h, phone, corner, otherShape }) {
  const f = floating(w, h, phone);
  const self = { x: corner.right ? w - f.w - 12 : 12, y: corner.bottom ? h - f.h - 12 : 12, ...f };
  return { tiles: [cropped(w, h, otherShape), self], share: null, strip: null, card: null, floating: 1 };
}

/** @param {number} w @param {number} h @param {number | null} shape @returns {Box} */
function cropped(w, h, shape) {
  if (shape === null) return { x: 0, y: 0, w, h };
  const tallest = w / (shape * (1 - CROP_MAX));
  const widest = (h * shape) / (1 - CROP_MAX);
  const [bw, bh] = [Math.min(w, widest), Math.min(h, tallest)];
  return whole({ x: (w - bw) / 2, y: (h - bh) / 2, w: bw, h: bh });
}

/** Whether a share at full width leaves room for a grid. @param {{ w: number, h: number, gap: number }} stage @param {number} shape */
export const gridBelow = ({ w, h, gap }, shape) => h - Math.round(w / shape) - gap > GRID_BELOW;

/** @param {Scene} scene @param {number} shape @returns {Layout} */
function withShare({ w, h, gap, tiles }, shape) {
  const full = Math.round(w / shape);
  if (gridBelow({ w, h, gap }, shape)) {
    const below = place(Math.min(tiles, GRID_BELOW_MAX), w, h - full - gap, gap);
    const boxes = below.map(b => ({ ...b, y: b.y + full + gap }));
    return { tiles: boxes, share: { x: 0, y: 0, w, h: full }, strip: null, card: null, floating: -1 };
  }
  const { side, size } = split(w, h, shape, gap);
  const tile = side ? { w: size, h: Math.round((size * 9) / 16) } : { w: Math.round((size * 16) / 9), h: size };
  const [roomW, roomH] = side ? [w - size - gap, h] : [w, h - size - gap];
  const fw = Math.min(roomW, roomH * shape);
  const fh = fw / shape;
  const at = side ? { x: (roomW - fw) / 2, y: (h - fh) / 2 } : { x: (w - fw) / 2, y: 0 };
  const strip = side
    ? { x: w - tile.w - 3, y: -3, w: tile.w + 6, h: h + 6 }
    : { x: -3, y: fh + gap - 3, w: w + 6, h: tile.h + 6 };
  return {
    tiles: [],
    share: whole({ ...at, w: fw, h: fh }),
    strip: { ...whole(strip), side, tile: { w: Math.round(tile.w), h: Math.round(tile.h) } },
    card: null,
    floating: -1,
  };
}

/** Pixels are whole. @param {Box} box @returns {Box} */
const whole = ({ x, y, w, h }) => ({ x: Math.round(x), y: Math.round(y), w: Math.round(w), h: Math.round(h) });
