/**
 * Lets a floating element be dragged into the four corners of its parent, and tells which one.
 * @param {HTMLElement} element
 * @param {() => boolean} floats whether it floats at the moment
 * @param {(corner: { right: boolean, bottom: boolean }) => void} dropped
 */
export function dragIntoCorners(element, floats, dropped) {
  /** @type {{ x: number, y: number } | null} */
  let from = null;
  element.addEventListener('pointerdown', e => {
    if (!floats() || e.button !== 0) return;
    from = { x: e.clientX, y: e.clientY };
    element.setPointerCapture(e.pointerId);
  });
  element.addEventListener('pointermove', e => {
    if (from) element.style.transform = `translate(${e.clientX - from.x}px, ${e.clientY - from.y}px)`;
  });
  const drop = () => {
    if (!from || !element.parentElement) return;
    from = null;
    const [box, stage] = [element.getBoundingClientRect(), element.parentElement.getBoundingClientRect()];
    element.style.transform = '';
    dropped({
      right: box.x + box.width / 2 > stage.x + stage.width / 2,
      bottom: box.y + box.height / 2 > stage.y + stage.height / 2,
    });
  };
  element.addEventListener('pointerup', drop);
  element.addEventListener('pointercancel', drop);
}
