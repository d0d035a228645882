/** How long somebody on a later page must be heard before being brought to the first one. */
export const PROMOTE_MS = 1500;

/**
 * The order of tiles: by joining, and it never changes because someone speaks. Only who is heard for a while on a later page
 * takes the place, on the first, of whoever there has been silent longest: two tiles change, no other moves.
 */
export class Order {
  /** @type {string[]} */
  #ids = [];
  /** @type {Map<string, number>} when each was heard last */
  #heard = new Map();
  /** @type {Map<string, number>} since when who speaks now speaks */
  #since = new Map();

  /**
   * @param {string[]} present by joining
   * @returns {string[]}
   */
  arrange(present) {
    const here = new Set(present);
    this.#ids = this.#ids.filter(id => here.has(id));
    const known = new Set(this.#ids);
    this.#ids.push(...present.filter(id => !known.has(id)));
    return this.#ids;
  }

  /**
   * @param {string[]} speaking
   * @param {number} first how many have a place on the first page
   * @param {number} nowMs
   * @returns {boolean} whether two changed places
   */
  hear(speaking, first, nowMs) {
    for (const id of [...this.#since.keys()]) if (!speaking.includes(id)) this.#since.delete(id);
    for (const id of speaking) {
      this.#heard.set(id, nowMs);
      if (!this.#since.has(id)) this.#since.set(id, nowMs);
    }
    const late = speaking.find(
      id => this.#ids.indexOf(id) >= first && nowMs - (this.#since.get(id) ?? nowMs) >= PROMOTE_MS,
    );
    if (late === undefined || first < 1) return false;
    const silent = this.#ids.slice(0, first).filter(id => !speaking.includes(id));
    const out = silent.sort((a, b) => (this.#heard.get(a) ?? -1) - (this.#heard.get(b) ?? -1))[0];
    if (out === undefined) return false;
    const [i, j] = [this.#ids.indexOf(out), this.#ids.indexOf(late)];
    [this.#ids[i], this.#ids[j]] = [late, out];
    return true;
  }
}
