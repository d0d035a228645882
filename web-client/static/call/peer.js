import { Emitter } from '../protocol/emitter.js';
import { alone, trimmed } from './codecs.js';
import { DataChannels } from './data-channel.js';
import { CAMERA, screen } from './encodings.js';
import { rehearsal } from './rehearsal.js';
import { Steering } from './steering.js';

/** @typedef {import('../protocol/messages.js').Source} Source */
/** @typedef {'new' | 'connecting' | 'connected' | 'interrupted' | 'failed' | 'closed'} PeerState */

/** The first pool of receive slots: pairs for people, pairs for shares, voices without a tile. */
export const POOL = { people: 12, shares: 2, voices: 3 };

/**
 * The one connection to the server. Everything it will ever carry is negotiated in the first offer, made before anyone
 * presses Join: tracks are put into senders that exist, people come and go in slots that exist.
 * @extends {Emitter<{ state: PeerState, layers: void }>}
 */
export class Peer extends Emitter {
  /** @type {Map<Source, RTCRtpTransceiver>} */
  #senders = new Map();
  /** @type {Map<Source, Steering>} */
  #steering = new Map();
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
    this.#addSenders();
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
    await Promise.all([...this.#steering.values()].map(steering => steering.apply()));
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
    await this.#steering.get(source)?.need(active);
  }

  /** Smaller pictures and lower rates in all that is sent. @param {boolean} saver */
  async saveData(saver) {
    await Promise.all([...this.#steering.values()].map(steering => steering.save(saver)));
  }

  /**
   * Sends another codec from now on: by parameters where the browser can, else by one further round.
   * @param {Source} source
   * @param {string} name as in `VP8`
   * @param {(offer: string) => Promise<string>} ask hands the offer over and brings the answer
   */
  async useCodec(source, name, ask) {
    const steering = this.#steering.get(source);
    const codecs = alone(name, this.#codecsOf('video', 'sendonly'));
    if (!steering || !codecs.length || (await steering.switchTo(codecs[0].mimeType))) return;
    this.#senders.get(source)?.setCodecPreferences(codecs);
    await this.renegotiate({}, ask);
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

  /**
   * More receive slots.
   * @param {{ audio: number, video: number }} wanted
   * @param {(offer: string) => Promise<string>} ask
   */
  async grow(wanted, ask) {
    const mids = await this.renegotiate(wanted, ask);
    /** @param {string} kind */
    const of = kind => mids.filter(mid => this.received(mid)?.kind === kind);
    return { audio: of('audio'), video: of('video') };
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

  /** The sections that send, in the order in which the server takes them. */
  #addSenders() {
    let layered = false;
    const [first, ...others] = CAMERA.encodings;
    /** A browser that has `scalabilityMode` asks for it here, and finds none. */
    const asked = {
      ...first,
      get scalabilityMode() {
        layered = true;
        return undefined;
      },
    };
    this.#addSender('microphone', 'audio', []);
    const camera = this.#addSender('camera', 'video', [asked, ...others]);
    const screens = screen(layered);
    const shared = this.#addSender('screen', 'video', screens.encodings);
    this.#addSender('screen-audio', 'audio', []);
    this.#steering.set('camera', new Steering(camera.sender, CAMERA));
    this.#steering.set('screen', new Steering(shared.sender, screens, 'maintain-resolution'));
  }

  /** @param {Source} source @param {'audio' | 'video'} kind @param {RTCRtpEncodingParameters[]} sendEncodings */
  #addSender(source, kind, sendEncodings) {
    const transceiver = this.#add(kind, { direction: 'sendonly', sendEncodings });
    this.#senders.set(source, transceiver);
    return transceiver;
  }

  /** @param {'audio' | 'video'} kind @param {RTCRtpTransceiverInit} init */
  #add(kind, init) {
    const transceiver = this.#pc.addTransceiver(kind, init);
    const codecs = this.#codecsOf(kind, init.direction);
    try {
      if (codecs.length) transceiver.setCodecPreferences?.(codecs);
    } catch {
      // a browser that knows a codec only in the other direction: it offers what it likes
    }
    return transceiver;
  }

  /** @param {'audio' | 'video'} kind @param {RTCRtpTransceiverDirection} [direction] */
  #codecsOf(kind, direction) {
    const side = direction === 'recvonly' ? globalThis.RTCRtpReceiver : globalThis.RTCRtpSender;
    return trimmed(kind, side?.getCapabilities?.(kind)?.codecs ?? []);
  }
}
