import { addressOf } from '../upload/api.js';
import { kindOf, parted } from '../upload/names.js';
import { h, icon } from '../ui/dom.js';

/** @typedef {import('./entries.js').EntryFile} EntryFile */
/** @typedef {import('../upload/upload.js').Upload} Upload */
/** @typedef {import('../texts/en.js').Texts['chat']} Words */

/** @type {Record<import('../upload/names.js').Kind, string>} */
const SIGNS = {
  image: 'file-image',
  music: 'file-music',
  play: 'file-play',
  archive: 'file-archive',
  spreadsheet: 'file-spreadsheet',
  text: 'file-text',
  code: 'file-code',
  '': 'file',
};

/**
 * A file in the log: what it is, its name and size, how far it is, and what can be done with it. Nothing of what is in it is
 * shown. Its parts stay while an upload goes on, so that a press meets the button that it aimed at.
 */
export class FileCard {
  #size = h('span', { class: 'size num' });
  #how = h('span', { class: 'size cut' });
  #done = h('span');
  #bar = h('span', { class: 'done', role: 'progressbar', hidden: true }, this.#done);
  #door = h('span', { class: 'door' });
  #shown = '';

  /** @param {Words} words @param {EntryFile} file @param {{ cancel: () => void }} act */
  constructor(words, file, act) {
    this.words = words.files;
    this.file = file;
    this.name = file.name || this.words.unnamed;
    this.act = act;
    const { stem, end } = parted(this.name);
    const ltr = { dir: 'ltr' }; // in any script: the ending stands at the end
    const name = h(
      'b',
      { class: 'fname', title: this.name },
      h('bdi', { class: 'cut', ...ltr }, stem),
      h('bdi', ltr, end),
    );
    this.#bar.setAttribute('aria-label', this.name);
    this.element = h(
      'div',
      { class: 'file' },
      h('span', { class: 'ic' }, icon(SIGNS[kindOf(this.name)])),
      h('span', { class: 'grow' }, name, this.#size, this.#bar, this.#how),
      this.#door,
    );
  }

  /** @param {EntryFile} file @param {Upload | null} upload */
  update(file, upload) {
    const going = upload !== null && upload.state !== 'failed';
    this.#bar.hidden = !going;
    this.#how.hidden = !going;
    if (going) this.#progress(upload);
    else text(this.#size, this.words.size(file.size));
    this.#give(going ? 'cancel' : file.key);
  }

  /** @param {Upload} upload */
  #progress({ sent, head, state, slowed }) {
    const { words } = this;
    const part = sent / head.size;
    this.#done.style.setProperty('inline-size', `${100 * part}%`);
    this.#bar.setAttribute('aria-valuenow', String(Math.floor(100 * part)));
    text(this.#size, state === 'waiting' ? words.size(head.size) : words.progress(part, head.size));
    text(this.#how, words.states[slowed ? 'slowed' : state]);
  }

  /** The one thing to press. @param {string} what `cancel`, or the key that the file is had by */
  #give(what) {
    if (what === this.#shown) return;
    this.#shown = what;
    const { words, name, act } = this;
    const held = this.#door.contains(document.activeElement);
    const cancel = { class: 'btn quiet', type: 'button', 'aria-label': words.cancelName(name), onclick: act.cancel };
    const label = words.download(name);
    const fetch = { class: 'btn icon quiet', href: addressOf(what), download: name, title: label, 'aria-label': label };
    if (what === 'cancel') this.#door.replaceChildren(h('button', cancel, words.cancel));
    else if (!what) this.#door.replaceChildren();
    else this.#door.replaceChildren(h('a', fetch, icon('download')));
    if (held) /** @type {HTMLElement | null} */ (this.element.closest('.msg'))?.focus();
  }
}

/** @param {HTMLElement} element @param {string} words */
function text(element, words) {
  if (element.textContent !== words) element.textContent = words;
}
