import { Emitter } from '../protocol/emitter.js';
import { trimmed } from './codecs.js';
import { DataChannels } from './data-channel.js';
import { rehearsal } from './rehearsal.js';

/** @typedef {import('../protocol/messages.js').Source} Source */
/** @typedef {'new' | 'connecting' | 'connected' | 'interrupted' | 'failed' | 'closed'} PeerState */

/** The first pool of receive slots: pairs for people, pairs for shares, voices without a tile. */
export const POOL = { people: 12, shares: 2, voices: 3 };

/**
 * Three layers; which of them are sent is for the server to say (`layers`), until then the largest. No scalabilityMode:
 * with one, Chromium begins a lone large layer at a quarter of its size and stays there.
 */
const CAMERA = [
  { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 150_000, active: false },
  { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 500_000, active: false },
  { rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 1_700_000, active: true },
];
const SCREEN = [{ maxBitrate: 2_500_000 }];

/** @type {[Source, 'audio' | 'video', RTCRtpEncodingParameters[]][]} */
const SENDERS = [
  ['microphone', 'audio', []],
  ['camera', 'video', CAMERA],
  ['screen', 'video', SCREEN],
  ['screen-audio', 'audio', []],
];

/**
 * The one connection to the server. Everything it will ever carry is negotiated in the first offer, made before anyone
 * presses Join: tracks are put into senders that exist, people come and go in slots that exist.
 * @extends {Emitter<{ state: PeerState, layers: void }>}
 */
export class Peer extends Emitter {
  /** @type {Map<Source, RTCRtpTransceiver>} */
  #senders = new Map();
  /** @type {Map<Source, boolean[]>} */
  #layers = new Map([['camera', CAMERA.map(e => e.active)]]);
  /** @type {RTCPeerConnection} */
  #pc;
  /** What goes beside media; also in the first offer. */
  data;
  /** @type {Promise<string> | null} */
  #offer = null;
  /** @type {Promise<unknown>} */
  #turn = Promise.resolve();
  madeAt = performance.now();
  /** How often something was negotiated: what "nothing renegotiates" is checked by. */
  stats = { negotiationNeeded: 0, localDescriptions: 0, remoteDescriptions: 0, iceRestarts: 0 };

  constructor({ Connection = RTCPeerConnection } = {}) {
    super();
    this.#pc = new Connection({ bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require' });
    this.#pc.addEventListener('negotiationneeded', () => this.stats.negotiationNeeded++);
    this.#pc.addEventListener('iceconnectionstatechange', () => this.emit('state', this.state));
    this.#pc.addEventListener('connectionstatechange', () => this.emit('state', this.state));
    for (const [source, kind, sendEncodings] of SENDERS) {
      this.#senders.set(source, this.#add(kind, { direction: 'sendonly', sendEncodings }));
    }
    this.#addSlots(POOL.people + POOL.shares, POOL.people + POOL.shares);
    this.#addSlots(POOL.voices, 0);
    this.data = new DataChannels((label, how) => this.#channel(label, how));
  }

  /** @returns {PeerState} */
  get state() {
    const { connectionState, iceConnectionState: ice } = this.#pc;
    if (connectionState === 'failed' || ice === 'failed') return 'failed';
    if (ice === 'disconnected') return 'interrupted';
    return connectionState === 'disconnected' ? 'interrupted' : connectionState;
  }

  /** The first offer; made once, however often it is asked for. @returns {Promise<string>} */
  prepare() {
    this.#offer ??= this.#describe().then(offer => {
      this.#rehearse(offer);
      return offer;
    });
    return this.#offer;
  }

  /** Where there is no `pranswer` (Firefox), the receivers are built when the answer comes. @param {string} offer */
  #rehearse(offer) {
    this.#pc.setRemoteDescription({ type: 'pranswer', sdp: rehearsal(offer) }).catch(() => {});
  }

  /** @param {Source} source @returns {string} the section that carries it */
  midOf(source) {
    return this.#senders.get(source)?.mid ?? '';
  }

  /** @param {string} mid @returns {MediaStreamTrack | null} */
  received(mid) {
    return this.#pc.getTransceivers().find(t => t.mid === mid)?.receiver.track ?? null;
  }

  /** @param {string} sdp */
  async answer(sdp) {
    await this.#pc.setRemoteDescription({ type: 'answer', sdp });
    this.stats.remoteDescriptions++;
    await this.#applyLayers();
  }

  /**
   * Puts a track on its way, or takes it off; never negotiates.
   * @param {Source} source
   * @param {MediaStreamTrack | null} track
   */
  async send(source, track) {
    if (this.#pc.signalingState !== 'closed') await this.#senders.get(source)?.sender.replaceTrack(track);
  }

  /**
   * Which encodings of a track anyone needs.
   * @param {Source} source
   * @param {boolean[]} active in the order of the offer
   */
  async setLayers(source, active) {
    this.#layers.set(source, active);
    await this.#applyLayers();
  }

  /** Also after each answer: one that does not repeat what was paused in the offer switches it on. */
  async #applyLayers() {
    for (const [source, active] of this.#layers) {
      const sender = this.#senders.get(source)?.sender;
      const parameters = sender?.getParameters();
      const encodings = parameters?.encodings ?? [];
      if (!sender || !parameters || encodings.every((e, i) => e.active === (active[i] ?? e.active))) continue;
      encodings.forEach((e, i) => (e.active = active[i] ?? e.active));
      await sender.setParameters(parameters);
    }
  }

  /**
   * One further round of offer and answer: a new path (ICE restart) or a larger pool. Rounds wait for each other.
   * @param {{ iceRestart?: boolean, audio?: number, video?: number }} what
   * @param {(offer: string) => Promise<string>} ask hands the offer over and brings the answer
   * @returns {Promise<string[]>} the mids of new sections
   */
  renegotiate({ iceRestart = false, audio = 0, video = 0 }, ask) {
    const round = this.#turn.then(async () => {
      if (iceRestart) this.stats.iceRestarts++;
      const added = this.#addSlots(audio, video);
      try {
        await this.answer(await ask(await this.#describe({ iceRestart })));
      } catch (cause) {
        if (this.#pc.signalingState === 'have-local-offer') await this.#pc.setLocalDescription({ type: 'rollback' });
        throw cause;
      }
      return added.map(t => t.mid ?? '');
    });
    this.#turn = round.catch(() => {});
    return round;
  }

  /** @returns {Promise<RTCStatsReport>} */
  statistics() {
    return this.#pc.getStats();
  }

  close() {
    this.data.close();
    this.#pc.close();
    this.emit('state', 'closed');
  }

  /** @param {RTCOfferOptions} [options] */
  async #describe(options) {
    const offer = await this.#pc.createOffer(options);
    await this.#pc.setLocalDescription(offer);
    this.stats.localDescriptions++;
    return offer.sdp ?? '';
  }

  /** Audio and video by turns: the k-th of each make a pair. @param {number} audio @param {number} video */
  #addSlots(audio, video) {
    const added = [];
    for (let k = 0; k < Math.max(audio, video); k++) {
      if (k < audio) added.push(this.#add('audio', { direction: 'recvonly' }));
      if (k < video) added.push(this.#add('video', { direction: 'recvonly' }));
    }
    return added;
  }

  /** Nothing where the browser has none. @type {import('./data-channel.js').Make} */
  #channel(label, how) {
    try {
      return this.#pc.createDataChannel(label, how);
    } catch {
      return null;
    }
  }

  /** @param {'audio' | 'video'} kind @param {RTCRtpTransceiverInit} init */
  #add(kind, init) {
    const transceiver = this.#pc.addTransceiver(kind, init);
    const side = init.direction === 'recvonly' ? globalThis.RTCRtpReceiver : globalThis.RTCRtpSender;
    const codecs = trimmed(kind, side?.getCapabilities?.(kind)?.codecs ?? []);
    try {
      if (codecs.length) transceiver.setCodecPreferences?.(codecs);
    } catch {
      // a browser that knows a codec only in the other direction: it offers what it likes
    }
    return transceiver;
  }
}
