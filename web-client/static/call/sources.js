/** @typedef {import('../protocol/messages.js').Source} Source */
/** @typedef {{ track: MediaStreamTrack | null, muted: boolean }} Sent */

/** @type {Source[]} */
export const SOURCES = ['microphone', 'camera', 'screen', 'screen-audio'];

/** What one sends from each source, and what the others are to see as off. */
export class Sources {
  /** @type {Map<Source, Sent>} */
  #sent = new Map(SOURCES.map(s => [s, { track: null, muted: true }]));

  /** @param {Source} source @param {Sent} now @returns {Sent} what it was before */
  set(source, now) {
    const before = this.#of(source);
    this.#sent.set(source, now);
    return before;
  }

  /** @param {Source} source */
  track(source) {
    return this.#of(source).track;
  }

  /** @param {Source} source */
  muted(source) {
    return this.#of(source).muted;
  }

  /** How a join announces them. @param {(source: Source) => string} midOf */
  announced(midOf) {
    return SOURCES.map(source => ({ mid: midOf(source), source, muted: this.muted(source) }));
  }

  /** @param {Source} source */
  #of(source) {
    return /** @type {Sent} */ (this.#sent.get(source));
  }
}
