import { Emitter } from '../protocol/emitter.js';

/** @typedef {import('../protocol/messages.js').SlotSections} SlotSections */
/** @typedef {import('../protocol/messages.js').SlotMapping} SlotMapping */
/**
 * One receive slot: who is in it now, and the stream that plays it. Audio and video lie in one stream, so that the browser
 * keeps lips and voice together.
 * @typedef {{ slot: number, stream: MediaStream, hasVideo: boolean, audioMid: string | null, videoMid: string | null,
 *   participant: string | null, video: string | null, audio: string | null, undecodable: string | null,
 *   paused: string | null }} Slot `paused`: why no picture comes now
 */

const EMPTY = { participant: null, video: null, audio: null, undecodable: null, paused: null };

/**
 * The receive slots: made once by the first answer, filled and emptied by the server's `slots`.
 * @extends {Emitter<{ change: void }>}
 */
export class Slots extends Emitter {
  /** @type {Map<number, Slot>} */
  #slots = new Map();
  /** @type {(() => void)[]} what was told before the sections were known */
  #early = [];

  /**
   * @param {SlotSections[]} sections
   * @param {(mid: string) => MediaStreamTrack | null} received
   * @param {typeof MediaStream} [Stream]
   */
  open(sections, received, Stream = MediaStream) {
    for (const { slot, audio, video } of sections) {
      const tracks = [audio, video].map(mid => (mid === null ? null : received(mid))).filter(t => t !== null);
      const mids = { audioMid: audio, videoMid: video };
      this.#slots.set(slot, { slot, stream: new Stream(tracks), hasVideo: video !== null, ...mids, ...EMPTY });
    }
    this.#early.splice(0).forEach(tell => tell());
    this.emit('change', undefined);
  }

  /** @param {SlotMapping[]} map only what changed */
  map(map) {
    for (const told of map) {
      const slot = this.#slots.get(told.slot);
      if (!slot) this.#early.push(() => this.map([told]));
      else Object.assign(slot, told.video === slot.video ? {} : { undecodable: null, paused: null }, told);
    }
    this.emit('change', undefined);
  }

  /** @param {number} number @param {string} track @param {string} codec */
  undecodable(number, track, codec) {
    this.#note(number, track, { undecodable: codec });
  }

  /** @param {number} number @param {string} track @param {boolean} paused or it goes on @param {string} reason */
  paused(number, track, paused, reason) {
    this.#note(number, track, { paused: paused ? reason : null });
  }

  /** Holds as long as the slot shows this track. @param {number} number @param {string} track @param {Partial<Slot>} note */
  #note(number, track, note) {
    const slot = this.#slots.get(number);
    if (!slot) this.#early.push(() => this.#note(number, track, note));
    else if (slot.video === track) Object.assign(slot, note);
    this.emit('change', undefined);
  }

  /** Forgets who is where: a full picture follows. */
  clear() {
    this.#early = [];
    for (const slot of this.#slots.values()) Object.assign(slot, EMPTY);
  }

  /** The transport is gone, and all slots with it. */
  reset() {
    this.#early = [];
    this.#slots.clear();
    this.emit('change', undefined);
  }

  /** Numbers for new slots after the last one. @param {string[]} audio @param {string[]} video */
  next(audio, video) {
    const first = Math.max(-1, ...this.#slots.keys()) + 1;
    return Array.from({ length: Math.max(audio.length, video.length) }, (_, k) => ({
      slot: first + k,
      audio: audio[k] ?? null,
      video: video[k] ?? null,
    }));
  }

  /** @returns {Slot[]} the slots somebody is in */
  taken() {
    return [...this.#slots.values()].filter(s => s.participant !== null);
  }

  /** @param {string} track @returns {Slot | null} the slot that shows this video track */
  showing(track) {
    return this.taken().find(s => s.video === track) ?? null;
  }
}
