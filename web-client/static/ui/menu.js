import { h, icon } from './dom.js';

/**
 * `checked` marks the one that is chosen, or with `switches` whether it is on; `note` says what it does. `row` holds several
 * things side by side that are pictures.
 * @typedef {{ label: string, icon?: string, checked?: boolean, switches?: boolean, note?: string, act: () => void } | { heading: string }
 *   | { row: { label: string, image: string, act: () => void }[] } | 'line'} Item
 */

/**
 * Opens a menu at a button: beside it on wide windows, as a sheet from below on phones. Arrows walk, Esc closes, focus goes
 * back to what opened it.
 * @param {HTMLElement} anchor
 * @param {Item[]} items
 * @param {string} label
 */
export function openMenu(anchor, items, label) {
  const menu = h('div', { class: 'menu', popover: 'auto', role: 'menu', 'aria-label': label });
  menu.append(...items.map(item => draw(item, menu)));
  document.body.append(menu);
  menu.addEventListener('toggle', event => {
    if (/** @type {ToggleEvent} */ (event).newState !== 'closed') return;
    anchor.setAttribute('aria-expanded', 'false');
    if (menu.contains(document.activeElement) || document.activeElement === document.body) anchor.focus();
    setTimeout(() => menu.remove());
  });
  menu.addEventListener('keydown', walk);
  menu.showPopover();
  anchor.setAttribute('aria-expanded', 'true');
  put(menu, anchor);
  /** @type {HTMLElement | null} */ (menu.querySelector('button'))?.focus();
}

/** @param {Item} item @param {HTMLElement} menu */
function draw(item, menu) {
  if (item === 'line') return h('hr');
  if ('heading' in item) return h('h3', {}, item.heading);
  if ('row' in item) return row(item.row, menu);
  const choice = item.checked !== undefined;
  const act = () => {
    menu.hidePopover();
    item.act();
  };
  return h(
    'button',
    {
      type: 'button',
      role: choice ? (item.switches ? 'menuitemcheckbox' : 'menuitemradio') : 'menuitem',
      'aria-checked': choice ? item.checked : null,
      onclick: act,
    },
    item.icon ? icon(item.icon) : null,
    item.note
      ? h('span', { class: 'grow' }, item.label, h('small', {}, item.note))
      : h('span', { class: 'grow cut' }, item.label),
    choice ? icon('check', 'i-s tick') : null,
  );
}

/** @param {{ label: string, image: string, act: () => void }[]} items @param {HTMLElement} menu */
function row(items, menu) {
  const buttons = items.map(({ label, image, act }) =>
    h(
      'button',
      {
        type: 'button',
        role: 'menuitem',
        'aria-label': label,
        title: label,
        onclick: () => (menu.hidePopover(), act()),
      },
      h('img', { src: image, alt: '', width: 28, height: 28 }),
    ),
  );
  return h('div', { class: 'pictures', role: 'group' }, ...buttons);
}

/** @param {HTMLElement} menu @param {HTMLElement} anchor */
function put(menu, anchor) {
  const at = anchor.getBoundingClientRect();
  const [w, height] = [menu.offsetWidth, menu.offsetHeight];
  const above = at.top - height - 8;
  menu.style.left = `${Math.max(8, Math.min(innerWidth - w - 8, at.left + at.width / 2 - w / 2))}px`;
  menu.style.top = `${above >= 8 ? above : Math.max(8, Math.min(innerHeight - height - 8, at.bottom + 8))}px`;
}

/** @param {KeyboardEvent} event */
function walk(event) {
  const buttons = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll('button')];
  const now = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  const [on, back] = [now + 1, now - 1];
  const to = { ArrowDown: on, ArrowRight: on, ArrowUp: back, ArrowLeft: back, Home: 0, End: -1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  buttons.at(to % buttons.length)?.focus();
}
