import { steered } from './encodings.js';

/** @typedef {import('./encodings.js').Plan} Plan */
/** What a browser may know beside what the standard library of types does. @typedef {RTCRtpEncodingParameters & { codec?: { mimeType: string }, scalabilityMode?: string }} Newer */

/** Codecs of which Chromium sends more than the smallest size only where each encoding names its layers. */
const NEEDS_MODE = /^video\/(VP9|AV1)$/i;

/**
 * How the encodings of one sender are: which of them anyone needs, what they may take, in which codec. Changes by
 * `setParameters` and never negotiates; what was asked for holds through other tracks and further answers.
 */
export class Steering {
  /** @type {boolean[]} */
  #needed;
  #saver = false;
  #preferred = false;
  /** @type {Promise<unknown>} */
  #turn = Promise.resolve();
  #sender;
  #plan;
  #degradation;

  /**
   * @param {RTCRtpSender} sender
   * @param {Plan} plan
   * @param {'maintain-resolution'} [degradation] what is kept when not all fits
   */
  constructor(sender, plan, degradation) {
    this.#sender = sender;
    this.#plan = plan;
    this.#needed = plan.encodings.map(e => e.active);
    this.#degradation = degradation;
  }

  /** @param {boolean[]} active in the order of the offer */
  need(active) {
    this.#needed = this.#needed.map((needed, i) => active[i] ?? needed);
    return this.apply();
  }

  /** @param {boolean} saver */
  save(saver) {
    this.#saver = saver;
    return this.apply();
  }

  /** Brings the sender to what is wanted; also after each answer: one that does not repeat what was paused in the offer
   * switches it on. One after the other: a browser refuses parameters that another change has overtaken. */
  apply() {
    return this.#next(parameters => {
      const wanted = steered(this.#plan, this.#needed, this.#saver);
      let changed = this.#prefer(parameters);
      parameters.encodings.forEach((encoding, i) => {
        const now = wanted[this.#place(encoding, i)];
        if (!now || (encoding.active === now.active && encoding.maxBitrate === now.maxBitrate)) return;
        Object.assign(encoding, now);
        changed = true;
      });
      return changed;
    });
  }

  /**
   * @param {string} mimeType
   * @returns {Promise<boolean>} whether this browser sends it from now on, without negotiating
   */
  async switchTo(mimeType) {
    const same = (/** @type {{ mimeType: string }} */ c) => c.mimeType.toLowerCase() === mimeType.toLowerCase();
    await this.#next(parameters => {
      const codec = parameters.codecs.find(same);
      if (!codec) return false;
      const mode = NEEDS_MODE.test(mimeType) && parameters.encodings.length > 1 ? 'L1T1' : undefined;
      for (const e of /** @type {Newer[]} */ (parameters.encodings)) {
        e.codec = codec;
        if (e.rid && (mode || e.scalabilityMode)) e.scalabilityMode = mode;
      }
      return true;
    }).catch(() => {}); // it then sends what it sent
    const { encodings } = this.#sender.getParameters();
    return encodings.length > 0 && encodings.every((/** @type {Newer} */ e) => e.codec && same(e.codec));
  }

  /** @param {RTCRtpSendParameters} parameters */
  #prefer(parameters) {
    if (!this.#degradation || this.#preferred) return false;
    this.#preferred = true;
    /** @type {any} */ (parameters).degradationPreference = this.#degradation;
    return true;
  }

  /** @param {RTCRtpEncodingParameters} encoding @param {number} i */
  #place({ rid }, i) {
    const named = rid === undefined ? -1 : this.#plan.encodings.findIndex(e => e.rid === rid);
    return named < 0 ? i : named;
  }

  /** @param {(parameters: RTCRtpSendParameters) => boolean} change says whether there is any */
  #next(change) {
    const turn = this.#turn.then(async () => {
      const parameters = this.#sender.getParameters();
      if (change(parameters)) await this.#sender.setParameters(parameters);
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }
}
