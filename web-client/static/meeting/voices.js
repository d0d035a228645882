import { h } from '../ui/dom.js';

/** Plays voices that no tile plays: of people on other pages, and of those without a tile. */
export class Voices {
  element = h('div', { hidden: true });
  /** @type {Map<number, HTMLAudioElement>} */
  #playing = new Map();
  #playback;

  /** @param {import('../ui/playback.js').Playback} playback */
  constructor(playback) {
    this.#playback = playback;
  }

  /** @param {import('../call/slots.js').Slot[]} slots */
  play(slots) {
    const wanted = new Set(slots.map(s => s.slot));
    for (const [slot, audio] of this.#playing) {
      if (wanted.has(slot)) continue;
      this.#playback.detach(audio);
      audio.remove();
      this.#playing.delete(slot);
    }
    for (const { slot, stream } of slots) {
      const audio = this.#playing.get(slot) ?? h('audio', { autoplay: true });
      if (!audio.isConnected) this.element.append(audio);
      this.#playing.set(slot, audio);
      this.#playback.attach(audio, stream);
    }
  }

  close() {
    this.#playing.forEach(v => this.#playback.detach(v));
  }
}
