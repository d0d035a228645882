/** Runs in the page before it does: what it says and hears by its sockets is kept in `said` and `heard`. */
export function overhear() {
  const w = /** @type {any} */ (window);
  const Socket = WebSocket;
  w.said = [];
  w.heard = [];
  w.WebSocket = class extends Socket {
    constructor(/** @type {[string, string]} */ ...args) {
      super(...args);
      this.addEventListener('message', e => w.heard.push(JSON.parse(e.data)));
    }
    /** @override @param {string} text */
    send(text) {
      w.said.push(JSON.parse(text));
      super.send(text);
    }
  };
}

/**
 * What a page has said, or heard, of one type.
 * @param {import('./person.js').Person} one
 * @param {'said' | 'heard'} what
 * @param {string} type
 * @returns {Promise<any[]>}
 */
export const messages = (one, what, type) =>
  one.page.evaluate(
    (list, wanted) => /** @type {any} */ (window)[list].filter((/** @type {any} */ m) => m.type === wanted),
    what,
    type,
  );
