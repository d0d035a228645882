import { h, icon } from '../ui/dom.js';

const RECONNECT_AFTER_MS = 2000;
const COUNT_AFTER_MS = 10_000;

/** What needs a decision or patience, at the top of the stage. */
export class Banner {
  element = h('div', { class: 'banner', hidden: true, role: 'status' });
  /** @type {number | null} */
  #brokenAt = null;
  #drawn = '';

  /**
   * @param {import('../texts/en.js').Texts} texts
   * @param {() => void} play
   */
  constructor(texts, play) {
    this.texts = texts;
    this.play = play;
  }

  /** @param {{ reconnecting: boolean, blocked: boolean, nowMs: number }} now */
  update({ reconnecting, blocked, nowMs }) {
    this.#brokenAt = reconnecting ? (this.#brokenAt ?? nowMs) : null;
    const brokenMs = this.#brokenAt === null ? 0 : nowMs - this.#brokenAt;
    const { banner } = this.texts;
    const seconds = Math.floor(brokenMs / 1000);
    if (brokenMs >= COUNT_AFTER_MS) this.#show('wifi-off', banner.reconnectingFor(seconds));
    else if (brokenMs >= RECONNECT_AFTER_MS) this.#show('wifi-off', banner.reconnecting);
    else if (blocked) this.#show('volume-2', banner.sound, banner.play);
    else this.#show('', '');
  }

  /** @param {string} sign @param {string} words @param {string} [button] */
  #show(sign, words, button) {
    if (words === this.#drawn) return;
    this.#drawn = words;
    this.element.hidden = words === '';
    this.element.replaceChildren(
      icon(sign),
      h('span', { class: 'words num' }, words),
      button ? h('button', { class: 'btn primary', type: 'button', onclick: this.play }, button) : '',
    );
  }
}
