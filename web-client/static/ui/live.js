import { h } from './dom.js';

const BETWEEN_MS = 1000;
const LENGTH_MAX = 120;

/**
 * The one place from which a screen reader hears what happens: a queue, at most one sentence a second; sentences of one
 * kind that wait together become one.
 */
export class Live {
  element = h('div', { class: 'vh', role: 'status', 'aria-live': 'polite' });
  /** @type {{ kind: string, things: string[], words: (things: string[]) => string }[]} */
  #queue = [];
  #busy = false;

  /** @param {string} text */
  say(text) {
    this.merge(text, '', () => text);
  }

  /** @param {string} kind @param {string} thing @param {(things: string[]) => string} words */
  merge(kind, thing, words) {
    const waiting = this.#queue.find(q => q.kind === kind);
    if (waiting) waiting.things.push(thing);
    else this.#queue.push({ kind, things: [thing], words });
    if (!this.#busy) this.#next();
  }

  #next() {
    const next = this.#queue.shift();
    this.#busy = next !== undefined;
    if (!next) return;
    this.element.textContent = next.words(next.things).slice(0, LENGTH_MAX);
    setTimeout(() => this.#next(), BETWEEN_MS);
  }
}
