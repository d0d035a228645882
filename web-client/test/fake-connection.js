// A browser's end of a connection, as far as senders go: what is told to it is refused where a browser refuses it.

let made = 0;

class FakeSender {
  track = null;
  /** @type {any[]} every set of parameters that was taken */
  took = [];
  /** @type {string | null} */
  #transaction = null;
  #busy = false;

  /** @param {FakeConnection} pc @param {any[]} encodings */
  constructor(pc, encodings) {
    this.pc = pc;
    this.encodings = encodings;
  }

  getParameters() {
    this.#transaction ??= `turn ${++made}`;
    const { codecs } = this.pc;
    return { transactionId: this.#transaction, encodings: this.encodings.map(e => ({ ...e })), codecs };
  }

  /** @param {any} parameters */
  async setParameters(parameters) {
    if (this.#busy || parameters.transactionId !== this.#transaction) throw new Error('InvalidStateError');
    if (parameters.encodings.length !== this.encodings.length) throw new Error('InvalidModificationError');
    this.#busy = true;
    await null;
    this.#busy = false;
    this.#transaction = null;
    if (!this.pc.can.codec) parameters.encodings.forEach((/** @type {any} */ e) => delete e.codec);
    this.encodings = parameters.encodings;
    this.took.push(parameters);
  }

  /** @param {any} track */
  async replaceTrack(track) {
    this.track = track;
  }
}

/** What `can` says is what this browser knows beside the rest: `layers` (scalabilityMode), `codec` (in an encoding). */
export class FakeConnection extends EventTarget {
  /** @type {FakeConnection} */
  static last;
  static knows = { layers: true, codec: true };
  connectionState = 'new';
  iceConnectionState = 'new';
  signalingState = 'stable';
  codecs = [{ mimeType: 'video/VP8', payloadType: 96 }];
  /** @type {any[]} */
  transceivers = [];
  offers = 0;
  can = FakeConnection.knows;

  constructor() {
    super();
    FakeConnection.last = this;
  }

  /** @param {string} kind @param {any} init */
  addTransceiver(kind, init) {
    const encodings = (init.sendEncodings ?? []).map((/** @type {any} */ e) => ({
      ...{ rid: e.rid, active: e.active ?? true, maxBitrate: e.maxBitrate, maxFramerate: e.maxFramerate },
      ...(this.can.layers && e.scalabilityMode ? { scalabilityMode: e.scalabilityMode } : {}),
      ...{ scaleResolutionDownBy: e.scaleResolutionDownBy },
    }));
    const mid = String(this.transceivers.length);
    const transceiver = {
      ...{ mid, sender: new FakeSender(this, encodings), receiver: { track: { kind, id: mid } } },
      preferred: /** @type {any[]} */ ([]),
      /** @param {any[]} codecs */
      setCodecPreferences(codecs) {
        transceiver.preferred = codecs;
      },
    };
    this.transceivers.push(transceiver);
    return transceiver;
  }

  getTransceivers() {
    return this.transceivers;
  }

  async createOffer() {
    return { type: 'offer', sdp: `offer ${++this.offers}` };
  }

  async setLocalDescription() {
    this.signalingState = 'have-local-offer';
  }

  /** An answer that does not repeat what was paused in the offer switches all of it on. @param {{ type: string }} answer */
  async setRemoteDescription({ type }) {
    if (type !== 'answer') throw new Error('no such description here');
    this.signalingState = 'stable';
    for (const { sender } of this.transceivers) sender.encodings.forEach((/** @type {any} */ e) => (e.active = true));
  }

  createDataChannel() {
    throw new Error('none here');
  }

  close() {
    this.signalingState = 'closed';
  }
}
