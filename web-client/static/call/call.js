import { Emitter } from '../protocol/emitter.js';
import { VERSION } from '../protocol/messages.js';
import { Place } from '../protocol/reconnect.js';
import { Refused, Signal } from '../protocol/signal.js';
import { Gauge } from './gauge.js';
import { Healing } from './healing.js';
import { Peer } from './peer.js';
import { Recovery } from './recovery.js';
import { Roster } from './roster.js';
import { Slots } from './slots.js';
import { SOURCES, Sources } from './sources.js';
import { Talk } from './talk.js';
import { Viewing } from './viewing.js';
import { overSocketOf } from './ways.js';

/** @typedef {import('../protocol/messages.js').Source} Source */
/** @typedef {'joining' | 'connecting' | 'connected' | 'reconnecting' | 'ended'} CallState */
/** @typedef {'left' | 'moved' | 'removed' | 'failed'} EndReason */
/**
 * @typedef {{ url: string, room: string, name: string, token: string | null, device: string | null,
 *   resume: string | null, replace: boolean }} Entry
 */

/**
 * One call: the place in the room, the transport, who else is there and what each slot shows. It needs no page: a bot or
 * another front end can use it as it is.
 * @extends {Emitter<{ state: CallState, change: void, speakers: string[], ended: { reason: EndReason, code: string },
 *   came: import('./roster.js').Member, went: { member: import('./roster.js').Member, reason: string },
 *   entered: void, changed: { before: import('./roster.js').Member, now: import('./roster.js').Member }, draining: void }>}
 */
export class Call extends Emitter {
  roster = new Roster();
  slots = new Slots();
  /** What is said beside media: chat, hands, reactions, who types. */
  talk = new Talk(overSocketOf(() => this.place));
  /** What of all this the page looks at. */
  viewing = new Viewing(view => this.place.request(view));
  /** What the browser counts of the transport, whichever that is. */
  gauge = new Gauge(() => this.peer);
  /** What is sent and does not come out. */
  healing = new Healing({
    taken: () => this.slots.taken(),
    sees: slot => this.viewing.sees(slot.participant ?? '', this.roster.sourceOf(slot.participant, slot.video) ?? ''),
    report: slots => this.state === 'connected' && this.place.request({ type: 'report', slots }).catch(() => {}),
    restart: () => this.#recovery?.refresh(),
    rejoin: () => this.#recovery?.renew() ?? false,
  });
  /** @type {string[]} who is heard now, loudest first */
  speakers = [];
  /** @type {CallState} */
  state = 'joining';
  self = '';
  joinedAt = 0;
  viewers = 0;
  /** What files are uploaded with; null where the server takes none. @type {import('../protocol/messages.js').FilesGrant | null} */
  files = null;
  /** The most that were in the room at once. */
  peopleMost = 1;
  #people = 1;
  #sources = new Sources();
  #saver = false;
  /** @type {Recovery | null} */
  #recovery = null;
  #makePeer;

  /**
   * @param {Entry} entry
   * @param {{ peer?: Peer, makePeer?: () => Peer, open?: (url: string) => Signal }} [parts]
   */
  constructor(entry, { peer, makePeer = () => new Peer(), open = url => new Signal(url) } = {}) {
    super();
    this.entry = entry;
    this.open = () => open(entry.url);
    this.#makePeer = makePeer;
    this.peer = this.#watch(peer ?? makePeer());
    this.place = new Place(this.open);
    this.#follow(this.place);
    for (const part of [this.slots, this.healing]) part.on('change', () => this.emit('change', undefined));
    this.healing.follow(this.gauge);
  }

  /** Everyone in the room with you, and you. */
  get people() {
    return Math.max(this.#people, this.roster.size + 1);
  }

  /** Enters the room. @returns {Promise<void>} rejected with `Refused` */
  async join() {
    await this.#enter({ ...this.entry });
    this.joinedAt = Date.now();
    this.#recovery = new Recovery({
      restart: () => this.peer.renegotiate({ iceRestart: true }, this.#ask),
      rejoin: () => this.#rejoin(),
      failed: code => this.#end('failed', code),
    });
    this.#recovery.peer(this.peer.state);
    this.gauge.start();
  }

  async leave() {
    if (this.state === 'ended') return;
    const goodbye = this.place.leave();
    this.#end('left', '');
    await goodbye;
  }

  /**
   * What a source sends from now on, and whether the others are to see it as off.
   * @param {Source} source
   * @param {MediaStreamTrack | null} track
   * @param {boolean} muted
   */
  async send(source, track, muted) {
    const before = this.#sources.set(source, { track, muted });
    if (before.track !== track) await this.peer.send(source, track);
    if (before.muted === muted || !this.self || this.state === 'ended') return;
    await this.place.request({ type: 'mute', source, muted }).catch(cause => {
      if (cause.code !== 'closed') throw cause; // a resumed place tells it again
    });
  }

  /** Sends less, and asks to be sent less. @param {number | null} bps the most to be sent to this client; null ends it */
  saveData(bps) {
    this.#saver = bps !== null;
    this.viewing.cap(bps);
    this.peer.saveData(this.#saver).catch(() => {});
  }

  /** @param {Entry} entry */
  async #enter({ room, name, token, device, resume, replace }) {
    const peer = this.peer;
    const offer = await peer.prepare();
    const tracks = this.#sources.announced(source => peer.midOf(source));
    const words = { v: VERSION, room, name, token, device, resume, offer, tracks, replace };
    const joined = await this.place.enter({ type: 'join', ...words });
    this.#adopt(joined);
    const answered = peer.answer(joined.answer ?? ''); // the page draws itself meanwhile
    this.emit('entered', undefined);
    await answered;
    this.slots.open(joined.slots, mid => peer.received(mid));
    this.#to(peer.state === 'connected' ? 'connected' : this.state === 'reconnecting' ? 'reconnecting' : 'connecting');
    tracks.filter(t => t.muted !== this.#sources.muted(t.source)).forEach(t => this.#tell(t.source));
  }

  /** @param {import('../protocol/messages.js').Joined} joined */
  #adopt(joined) {
    this.self = joined.participant;
    this.#people = joined.people;
    this.viewers = joined.viewers;
    this.roster.replace(joined.participants);
    this.files = joined.files ?? null;
    this.talk.adopt(joined);
    this.viewing.again();
    this.#changed();
  }

  #changed() {
    this.peopleMost = Math.max(this.peopleMost, this.people);
    this.emit('change', undefined);
  }

  /** @param {Source} source */
  #tell(source) {
    this.place.request({ type: 'mute', source, muted: this.#sources.muted(source) }).catch(() => {});
  }

  /** @param {Place} place */
  #follow(place) {
    place.on('event', event => {
      if (place !== this.place) return;
      if (event.type === 'heal') this.healing.heal(event);
      else this.#hear(event);
    });
    place.on('moved', reason => this.#end(reason === 'removed' ? 'removed' : 'moved', reason));
    place.on('lost', () => this.#recovery?.gone());
    place.on('resumed', joined => {
      this.slots.clear();
      this.#adopt(joined);
      SOURCES.forEach(s => this.#tell(s));
      this.#recovery?.online();
    });
  }

  /** @param {Peer} peer */
  #watch(peer) {
    this.talk.over(peer.data);
    peer.on('state', state => {
      if (peer !== this.peer || this.state === 'ended') return;
      this.talk.path(state === 'connected');
      this.#recovery?.peer(state);
      if (state === 'connected') this.#to('connected');
      else if (state === 'interrupted' || state === 'failed') this.#to('reconnecting');
    });
    return peer;
  }

  #ask = async (/** @type {string} */ offer) => (await this.place.request({ type: 'offer', offer })).answer;

  /** A new transport and a new socket, for the same person: the token proves who asks. */
  async #rejoin() {
    this.#to('reconnecting');
    const resume = this.place.resumeToken;
    this.place.abandon();
    this.peer.close();
    this.peer = this.#watch(this.#makePeer());
    this.peer.saveData(this.#saver).catch(() => {});
    this.place = new Place(this.open);
    this.#follow(this.place);
    this.slots.reset();
    await this.peer.prepare();
    await Promise.all(SOURCES.map(s => this.peer.send(s, this.#sources.track(s))));
    try {
      await this.#enter({ ...this.entry, resume, replace: true });
    } catch (cause) {
      if (!(cause instanceof Refused && cause.code === 'gone')) throw cause;
      await this.#enter({ ...this.entry, resume: null, replace: true });
    }
    return this.peer.state;
  }

  /** @param {{ audio: number, video: number }} wanted */
  async #grow(wanted) {
    const { audio, video } = await this.peer.grow(wanted, this.#ask);
    this.slots.open(this.slots.next(audio, video), mid => this.peer.received(mid));
  }

  /** @param {Exclude<import('../protocol/messages.js').ServerEvent, { type: 'heal' }>} event */
  #hear(event) {
    switch (event.type) {
      case 'participant-joined':
      case 'participant-changed':
        return this.#put(event.participant);
      case 'participant-left':
        return this.#remove(event.participant, event.reason);
      case 'viewers':
        this.viewers = event.count;
        this.#people = event.people;
        return this.#changed();
      case 'slots':
        return this.slots.map(event.map);
      case 'speakers':
        this.speakers = event.speaking;
        return this.emit('speakers', event.speaking);
      case 'undecodable':
        return this.slots.undecodable(event.slot, event.track, event.codec);
      case 'paused':
        return this.slots.paused(event.slot, event.track, event.paused, event.reason);
      case 'codec':
        return void this.peer.useCodec(event.source, event.codec, this.#ask).catch(() => {});
      case 'layers':
        return void this.peer.setLayers(event.source, event.active).catch(() => {});
      case 'offer-wanted':
        return void this.#grow(event).catch(() => {});
      case 'transport-closed':
        return void this.#recovery?.gone();
      case 'moved':
        return this.emit('draining', undefined);
      default:
        return this.talk.hear(event);
    }
  }

  /** @param {import('../protocol/messages.js').Person} person */
  #put(person) {
    if (person.id === this.self) return;
    const before = this.roster.put(person);
    const now = this.roster.get(person.id);
    if (!now) return;
    if (before) this.emit('changed', { before, now });
    else this.emit('came', now);
    this.#changed();
  }

  /** @param {string} id @param {string} reason */
  #remove(id, reason) {
    const member = this.roster.remove(id);
    if (member) this.emit('went', { member, reason });
    this.emit('change', undefined);
  }

  /** @param {CallState} state */
  #to(state) {
    if (this.state === state || this.state === 'ended') return;
    this.state = state;
    this.emit('state', state);
  }

  /** @param {EndReason} reason @param {string} code */
  #end(reason, code) {
    if (this.state === 'ended') return;
    this.#to('ended');
    this.#recovery?.stop();
    this.viewing.stop();
    this.gauge.stop();
    this.talk.close();
    if (reason !== 'left') this.place.abandon();
    this.peer.close();
    this.emit('ended', { reason, code });
  }
}
