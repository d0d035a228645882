import { h } from './dom.js';

const SHORT_MS = 5000;
const LONG_MS = 8000;
const LONG_TEXT = 60;

/** Short notes at the bottom of the stage: one line, at most one action, kept while looked at. */
export class Toasts {
  element = h('div', { class: 'toasts' });
  /** @type {Map<string, HTMLElement>} */
  #shown = new Map();
  /** @type {Map<string, { text: string, things: string[] }>} */
  #merged = new Map();

  /** @param {() => number} most how many may be seen at once */
  constructor(most = () => (innerWidth <= 640 ? 1 : 3)) {
    this.most = most;
  }

  /**
   * @param {string} text
   * @param {{ label?: string, action?: () => void }} [more]
   */
  show(text, { label, action } = {}) {
    this.#shown.get(text)?.remove();
    const press = () => (action?.(), this.#away(text));
    const button = action ? h('button', { type: 'button', onclick: press }, label) : null;
    const toast = h('div', { class: 'toast' }, h('span', { class: button ? 'grow' : 'grow end-pad' }, text), button);
    this.#shown.delete(text);
    this.#shown.set(text, toast);
    this.element.append(toast);
    while (this.#shown.size > this.most()) this.#away([...this.#shown.keys()][0]);
    this.#wait(text, toast);
  }

  /**
   * Things of one kind within a short while become one sentence: "3 people joined".
   * @param {string} kind
   * @param {string} thing
   * @param {(things: string[]) => string} words
   */
  merge(kind, thing, words) {
    const before = this.#merged.get(kind);
    const things = before && this.#shown.has(before.text) ? [...before.things, thing] : [thing];
    if (before) this.#away(before.text);
    const text = words(things);
    this.#merged.set(kind, { text, things });
    this.show(text);
  }

  /** @param {string} text @param {HTMLElement} toast */
  #wait(text, toast) {
    setTimeout(
      () => {
        if (this.#shown.get(text) !== toast) return;
        if (toast.matches(':hover, :focus-within')) this.#wait(text, toast);
        else this.#away(text);
      },
      text.length > LONG_TEXT ? LONG_MS : SHORT_MS,
    );
  }

  /** @param {string} text */
  #away(text) {
    this.#shown.get(text)?.remove();
    this.#shown.delete(text);
  }
}
