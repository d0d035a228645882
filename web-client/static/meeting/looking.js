import { LEAST } from '../ui/grid.js';

/** @typedef {import('../ui/stage.js').Seen} Seen */
/** @typedef {import('../protocol/messages.js').ViewedTile} ViewedTile */

/** The largest size that a server takes. */
const SIZE_MAX = 16384;

/** What somebody has before their eyes, told to the call: tiles in device pixels, and nothing while the page is out of sight. */
export class Looking {
  /** @type {Seen[]} */
  #seen = [];
  /** @type {string[]} */
  #elsewhere = [];
  #call;
  #turned = () => this.#call.viewing.hide(document.visibilityState === 'hidden');

  /** @param {import('../call/call.js').Call} call */
  constructor(call) {
    this.#call = call;
    document.addEventListener('visibilitychange', this.#turned);
    this.#turned();
  }

  close() {
    document.removeEventListener('visibilitychange', this.#turned);
  }

  /** @param {Seen[]} seen what has a tile on this page of the grid, most wanted first */
  page(seen) {
    this.#seen = seen;
    this.#tell();
  }

  /** @param {string[]} ids who has one on another page */
  elsewhere(ids) {
    if (ids.join() === this.#elsewhere.join()) return;
    this.#elsewhere = ids;
    this.#tell();
  }

  #tell() {
    this.#call.viewing.show(tilesOf(this.#seen, this.#elsewhere, devicePixelRatio));
  }
}

/**
 * @param {Seen[]} seen
 * @param {string[]} elsewhere
 * @param {number} ratio of device pixels to those of the page
 * @returns {ViewedTile[]} what is visible before what is not
 */
export function tilesOf(seen, elsewhere, ratio) {
  const px = (/** @type {number} */ css) => Math.min(SIZE_MAX, Math.max(1, Math.round(css * ratio)));
  /** @param {Seen} tile @returns {ViewedTile} */
  const told = ({ id, source, w, h, hidden }) => ({
    ...{ participant: id, source, width: px(w), height: px(h), pinned: false },
    ...(hidden ? { hidden } : {}),
  });
  const like = seen.find(s => s.source === 'camera') ?? { w: LEAST.w, h: LEAST.h };
  /** @type {Seen[]} */
  const others = elsewhere.map(id => ({ id, source: 'camera', w: like.w, h: like.h, hidden: true }));
  return [...seen.filter(s => !s.hidden), ...seen.filter(s => s.hidden), ...others].map(told);
}
