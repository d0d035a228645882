/**
 * Single keys for what the page can do; none while somebody types. `modified` are those with Ctrl or Cmd.
 * @typedef {{ single: Record<string, () => void>, modified: Record<string, () => void>, hold: { key: string, down: () => void,
 *   up: () => void } }} KeyMap
 */

/** @param {EventTarget | null} target */
const typing = target => target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
/** @param {EventTarget | null} target what Space already means something to */
const pressable = target =>
  target instanceof HTMLElement && target.closest('button, a, summary, [role="menuitem"]') !== null;

/** @param {KeyboardEvent} e */
const elsewhere = e => e.altKey || e.isComposing || document.querySelector('dialog[open]') !== null;

/** @param {KeyMap} map @param {() => boolean} singles whether single letters are on @returns {() => void} ends it */
export function listenToKeys({ single, modified, hold }, singles) {
  const end = new AbortController();
  let held = false;
  /** @param {KeyboardEvent} e */
  const down = e => {
    if (elsewhere(e)) return;
    const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    if (e.ctrlKey || e.metaKey) return e.shiftKey ? undefined : run(modified[key], e);
    if (typing(e.target)) return;
    if (key === hold.key && !pressable(e.target)) {
      e.preventDefault();
      if (!held && !e.repeat) hold.down();
      held = true;
    } else if (singles() || e.key.length > 1) run(single[key], e);
  };
  /** @param {KeyboardEvent} e */
  const up = e => {
    if (held && e.key === hold.key) hold.up();
    held = held && e.key !== hold.key;
  };
  addEventListener('keydown', down, { signal: end.signal });
  addEventListener('keyup', up, { signal: end.signal });
  return () => end.abort();
}

/** @param {(() => void) | undefined} act @param {KeyboardEvent} event */
function run(act, event) {
  if (!act || event.repeat) return;
  event.preventDefault();
  act();
}
