import { addressOf } from '../upload/api.js';
import { h } from '../ui/dom.js';
import { openMenu } from '../ui/menu.js';

/** @typedef {import('./entries.js').Entry} Entry */
/** @typedef {import('../texts/en.js').Texts['chat']} Words */

/**
 * What can be done with a message.
 * @param {HTMLElement} anchor
 * @param {Entry} entry
 * @param {Words} words
 * @param {{ composer: import('./composer.js').Composer, copy: (text: string) => void, remove: (n: number) => void,
 *   present: (id: string) => boolean }} act
 */
export function messageMenu(anchor, entry, words, { composer, copy, remove, present }) {
  const { n, own, from, name, text, file } = entry;
  /** @type {import('../ui/menu.js').Item[]} */
  const items = [{ icon: 'reply', label: words.reply, act: () => composer.reply(entry) }];
  if (file?.key) items.unshift({ icon: 'download', label: words.files.downloadThis, act: () => download(file) });
  if (text) items.push({ icon: 'copy', label: words.copy, act: () => copy(text) });
  if (!own && present(from)) {
    items.push({ icon: 'user', label: words.writeOnly(name), act: () => composer.only({ id: from, name }) });
  }
  if (own && n !== null) {
    if (text) items.push({ icon: 'pencil', label: words.edit, act: () => composer.edit(entry) });
    items.push({ icon: 'trash-2', label: words.delete, act: () => remove(n) });
  }
  openMenu(anchor, items, words.more);
}

/** @param {import('./entries.js').EntryFile} file */
function download({ key, name }) {
  const link = h('a', { href: addressOf(key), download: name, hidden: true });
  document.body.append(link); // a press on what is nowhere may come to nothing
  link.click();
  link.remove();
}
