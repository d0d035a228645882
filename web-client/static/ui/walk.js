/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/**
 * Moves the focus by an arrow key to whatever lies that way.
 * @param {KeyboardEvent} event
 * @param {HTMLElement[]} elements
 * @returns {boolean} whether the key was one of these
 */
export function walkByArrows(event, elements) {
  const by = ARROWS[event.key];
  const from = elements.find(e => e === document.activeElement);
  if (!by || !from) return false;
  event.preventDefault();
  const middle = centre(from);
  const ahead = elements
    .map(e => ({ e, dx: centre(e).x - middle.x, dy: centre(e).y - middle.y }))
    .filter(({ dx, dy }) => dx * by[0] + dy * by[1] > 1)
    .sort((a, b) => score(a, by) - score(b, by));
  ahead[0]?.e.focus();
  return true;
}

/** @param {HTMLElement} e */
const centre = e => ({ x: e.offsetLeft + e.offsetWidth / 2, y: e.offsetTop + e.offsetHeight / 2 });
/** Near along the arrow, and little beside it. @param {{ dx: number, dy: number }} d @param {number[]} by */
const score = (d, by) => Math.abs(d.dx) * (by[0] ? 1 : 2) + Math.abs(d.dy) * (by[1] ? 1 : 2);
