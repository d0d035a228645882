/** @typedef {import('../protocol/messages.js').Person} Person */
/** @typedef {import('../protocol/messages.js').Source} Source */
/** @typedef {Person & { awaySince: number | null }} Member */

/** Who else is in the room, in the order they came. */
export class Roster {
  /** @type {Map<string, Member>} */
  #members = new Map();
  #now;

  /** @param {() => number} [now] milliseconds of a clock that never goes back */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /** @param {Person[]} people everyone, as they are now */
  replace(people) {
    const before = this.#members;
    this.#members = new Map();
    people.forEach(p => this.#members.set(p.id, this.#member(p, before.get(p.id))));
  }

  /** @param {Person} person somebody new, or somebody changed */
  put(person) {
    const before = this.#members.get(person.id);
    this.#members.set(person.id, this.#member(person, before));
    return before ?? null;
  }

  /** @param {string} id */
  remove(id) {
    const before = this.#members.get(id) ?? null;
    this.#members.delete(id);
    return before;
  }

  /** @param {string} id @returns {Member | null} */
  get(id) {
    return this.#members.get(id) ?? null;
  }

  /** What a track of somebody's is. @param {string | null} id @param {string | null} track @returns {Source | null} */
  sourceOf(id, track) {
    return this.get(id ?? '')?.tracks.find(t => t.id === track)?.source ?? null;
  }

  get size() {
    return this.#members.size;
  }

  /** @returns {Member[]} by joining */
  list() {
    return [...this.#members.values()].sort((a, b) => Date.parse(a.joinedAt) - Date.parse(b.joinedAt));
  }

  /** @param {Person} person @param {Member} [before] @returns {Member} */
  #member(person, before) {
    return { ...person, awaySince: person.state === 'away' ? (before?.awaySince ?? this.#now()) : null };
  }
}

/**
 * The track of a source that really sends: a muted camera is no picture.
 * @param {Person} person
 * @param {Source} source
 */
export const live = (person, source) => person.tracks.find(t => t.source === source && !t.muted) ?? null;
