import { h, icon } from '../ui/dom.js';
import { openDialog } from '../ui/dialog.js';
import { qr } from '../ui/qr.js';

/** @typedef {import('../texts/en.js').Texts} Texts */

/** Alone: the link, and nothing else to look for. @param {Texts} texts @param {string} link @param {() => void} copy */
export function aloneCard(texts, link, copy) {
  const shown = link.replace(/^https?:\/\//, '');
  const field = h('input', { class: 'input grow', readOnly: true, value: shown, 'aria-label': texts.alone.link });
  field.addEventListener('focus', () => field.select());
  const showQr = () =>
    openDialog(
      texts.alone.qrHeading,
      [qr(link, 'qr'), h('p', { class: 'text' }, shown)],
      [{ label: texts.keys.close }],
    );
  return h(
    'section',
    { class: 'card alone', 'aria-label': texts.call.invite },
    h('h2', {}, texts.alone.heading),
    h('p', { class: 'muted text' }, texts.alone.text),
    h(
      'div',
      { class: 'row' },
      field,
      h('button', { class: 'btn primary', type: 'button', onclick: copy }, icon('copy'), texts.alone.copy),
    ),
    h('button', { class: 'btn quiet', type: 'button', onclick: showQr }, icon('qr-code'), texts.alone.qr),
  );
}

/** What the sharer sees: a small picture of it, never a tunnel of itself. @param {Texts} texts @param {() => void} stop */
export function ownShareCard(texts, stop) {
  const video = h('video', { muted: true, autoplay: true, playsInline: true });
  const element = h(
    'article',
    { class: 'tile card', tabIndex: -1 },
    video,
    h('p', {}, texts.tile.youShare),
    h('button', { class: 'btn', type: 'button', onclick: stop }, icon('monitor-off'), texts.call.stopSharing),
  );
  return { element, video };
}

/** The sheet with all keys. @param {Texts} texts @param {boolean} letters @param {(on: boolean) => void} setLetters */
export function keySheet(texts, letters, setLetters) {
  const rows = texts.keys.list.flatMap(([what, keys]) => [
    h('dt', {}, /** @type {string} */ (what)),
    h('dd', {}, ...[.../** @type {string[]} */ (keys)].flatMap(k => [h('span', { class: 'kbd' }, k), ' '])),
  ]);
  const toggle = h('input', { class: 'switch', type: 'checkbox', checked: letters });
  toggle.addEventListener('change', () => setLetters(toggle.checked));
  const label = h('label', { class: 'row' }, h('span', { class: 'grow' }, texts.call.shortcutsOff), toggle);
  openDialog(texts.keys.heading, [h('dl', { class: 'keys' }, ...rows), label], [{ label: texts.keys.close }]);
}

/** Copies a text. @param {string} text @returns {Promise<boolean>} whether it could be */
export async function copyText(text) {
  const copied = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  return copied || copyBySelection(text);
}

/** The way for pages without a secure address, which have no clipboard. @param {string} text */
function copyBySelection(text) {
  const field = h('textarea', { class: 'vh', value: text, readOnly: true });
  const { activeElement } = document;
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  /** @type {HTMLElement | null} */ (activeElement)?.focus();
  return copied;
}
