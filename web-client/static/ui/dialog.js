import { h } from './dom.js';

/**
 * @typedef {{ label: string, primary?: boolean, act?: () => void }} Choice
 */

/**
 * A native dialog: a heading, something, and one to two choices. Esc closes it.
 * @param {string} heading
 * @param {(Node | string)[]} body
 * @param {Choice[]} choices
 * @param {() => void} [dismissed] closed without a choice
 */
export function openDialog(heading, body, choices, dismissed) {
  let chosen = false;
  const dialog = h('dialog', { 'aria-labelledby': 'dialog-heading' });
  const buttons = choices.map(({ label, primary, act }) =>
    h(
      'button',
      {
        class: primary ? 'btn primary' : 'btn',
        type: 'button',
        onclick: () => ((chosen = true), dialog.close(), act?.()),
      },
      label,
    ),
  );
  dialog.append(
    h('div', { class: 'body' }, h('h2', { id: 'dialog-heading' }, heading), ...body),
    h('div', { class: 'ff' }, ...buttons),
  );
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (!chosen) dismissed?.();
  });
  dialog.addEventListener('click', e => e.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}
