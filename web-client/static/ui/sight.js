/**
 * Whether somebody can see an element of the stage, at least in part.
 * @param {HTMLElement} e
 * @param {{ strip: HTMLElement | null, covers: HTMLElement[] }} around the row it scrolls in, and what may lie over it
 */
export function inSight(e, { strip, covers }) {
  const full = document.fullscreenElement;
  if (e.hidden || (full && !full.contains(e))) return false;
  const at = e.getBoundingClientRect();
  if (strip?.contains(e) && !meets(strip.getBoundingClientRect(), at)) return false;
  return !covers.some(c => within(at, c.getBoundingClientRect()));
}

/** @param {DOMRect} a @param {DOMRect} b */
const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
/** @param {DOMRect} a @param {DOMRect} b */
const within = (a, b) =>
  b.width > 0 && a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
