// Somebody in a room as docs/protocol.md has it, with a WebSocket and data channels of libdatachannel. Reads chat whatever
// way it comes, by the rules of that page: each message once, none missed.
import { randomBytes } from 'node:crypto';
import datachannel from 'node-datachannel';
import { openSocket } from './socket.js';

const PATIENCE_MS = 30_000;
const ASK_AGAIN_MS = 300;

/** @typedef {(message: object) => void} Send */

export class Person {
  #nextId = 1;
  /** @type {Map<number, (answer: any) => void>} */
  #asked = new Map();
  /** @type {(() => void)[]} */
  #looking = [];
  /** The library keeps no reference to it. @type {any[]} */
  #held = [];
  #resume = '';
  /** @type {Send | null} */
  #catchingUp = null;
  #left = false;
  have = 0;
  /** What was shown, by `n`. @type {Map<number, string>} */
  texts = new Map();
  /** Every event with the way it came. @type {{ way: string, message: any }[]} */
  events = [];

  /** @param {string} http @param {string} room @param {string} name
   * @param {{ host: string, port: number } | null} [through] media goes this way instead of directly */
  constructor(http, room, name, through = null) {
    this.http = http;
    this.room = room;
    this.name = name;
    this.through = through;
    // Else it gathers from the first data channel on, before anyone listens for the end of it.
    const disableAutoNegotiation = true;
    const settings = { iceServers: [], bindAddress: '127.0.0.1', disableAutoNegotiation };
    this.pc = new datachannel.PeerConnection(name, settings);
    const audio = new datachannel.Audio('a', 'RecvOnly');
    audio.addOpusCodec(111);
    this.#held.push(audio, this.pc.addTrack(audio));
  }

  /** Comes in, with both channels open. */
  async enter() {
    const channels = [this.openChannel('chat'), this.openChannel('live')];
    await new Promise(resolve => {
      this.pc.onGatheringStateChange(now => now === 'complete' && resolve(0));
      this.pc.setLocalDescription('offer');
    });
    const joined = await this.#join({ offer: this.pc.localDescription()?.sdp });
    this.pc.setRemoteDescription(this.#by(joined.answer), 'answer');
    [this.chat, this.live] = await Promise.all(channels);
    await this.event('chat', 'chat-here');
  }

  /** @param {string} answer */
  #by(answer) {
    if (!this.through) return answer;
    const { host, port } = this.through;
    const direct = /(a=candidate:[^\r\n]*\r\n)+/;
    return answer.replace(direct, `a=candidate:1 1 udp 2130706431 ${host} ${port} typ host\r\n`);
  }

  /** A new socket for the same place. */
  resume() {
    return this.#join({ resume: this.#resume });
  }

  /** @param {object} more */
  async #join(more) {
    this.socket = await openSocket(this.http, message => this.#heard('socket', message));
    const joined = await this.ask(this.bySocket, { type: 'join', v: 1, room: this.room, name: this.name, ...more });
    if (joined.type !== 'joined') throw new Error(JSON.stringify(joined));
    this.#resume = joined.resume;
    this.catchUp(joined.chat.last, this.bySocket);
    return joined;
  }

  /** @param {string} label @returns {Promise<any>} */
  openChannel(label) {
    const options = label === 'live' ? { unordered: true, maxRetransmits: 0 } : {};
    const channel = this.pc.createDataChannel(label, options);
    this.#held.push(channel);
    channel.onMessage(text => this.#heard(label, JSON.parse(String(text))));
    return new Promise(resolve => channel.onOpen(() => resolve(channel)));
  }

  /** @type {Send} */
  bySocket = message => this.socket?.send(message);
  /** @type {Send} */
  byChannel = message => void this.chat.sendMessage(JSON.stringify(message));

  /** @param {Send} way @param {object} request @returns {Promise<any>} its answer */
  ask(way, request) {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`no answer to ${JSON.stringify(request).slice(0, 99)}`)),
        PATIENCE_MS,
      );
      this.#asked.set(id, answer => (clearTimeout(late), resolve(answer)));
      way({ ...request, id });
    });
  }

  /** @param {string} text */
  say(text, way = this.byChannel) {
    return this.ask(way, { type: 'chat', message: randomBytes(16).toString('hex'), text });
  }

  /** The next event of this kind that came this way, or the last one that has. @param {string} way @param {string} type */
  async event(way, type) {
    const find = () => this.events.findLast(event => event.way === way && event.message.type === type)?.message;
    await this.until(() => find());
    return find();
  }

  /** @param {() => unknown} holds @param {number} [patienceMs] @returns {Promise<void>} */
  until(holds, patienceMs = PATIENCE_MS) {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        const seen = this.events.map(({ way, message }) => `${way} ${JSON.stringify(message)}`).join('\n');
        reject(new Error(`${this.name} waits in vain for ${holds}; has ${[...this.texts]}\n${seen}`));
      }, patienceMs);
      const look = () => {
        if (!holds()) return;
        clearTimeout(late);
        this.#looking.splice(this.#looking.indexOf(look), 1);
        resolve();
      };
      this.#looking.push(look);
      look();
    });
  }

  /** @param {string} way @param {any} message */
  #heard(way, message) {
    if (message.re) {
      this.#asked.get(message.re)?.(message);
      this.#asked.delete(message.re);
    } else {
      this.events.push({ way, message });
      const back = way === 'socket' ? this.bySocket : this.byChannel;
      if (message.type === 'chat-here') this.catchUp(message.last, back);
      if (message.type === 'chat') this.#told(message, back);
    }
    for (const look of [...this.#looking]) look();
  }

  /** @param {{ after: number, message: any }} event @param {Send} way */
  #told({ after, message }, way) {
    if (after > this.have) {
      this.catchUp(message.v, way);
    } else {
      this.#show(message);
      this.have = Math.max(this.have, message.v);
    }
  }

  #show({ n, text }) {
    this.texts.set(n, text);
  }

  /** @param {number} last @param {Send} way */
  async catchUp(last, way) {
    if (last <= this.have || this.#catchingUp === way) return;
    this.#catchingUp = way;
    const page = await this.ask(way, { type: 'history', since: this.have }).catch(() => ({}));
    if (this.#catchingUp === way) this.#catchingUp = null;
    if (this.#left) return;
    if (page.type !== 'history') {
      setTimeout(() => this.catchUp(last, this.bySocket), ASK_AGAIN_MS);
      return;
    }
    page.messages.forEach((/** @type {any} */ message) => this.#show(message));
    this.have = Math.max(this.have, page.last);
    for (const look of [...this.#looking]) look();
    if (page.more) this.catchUp(this.have + 1, way);
  }

  leave() {
    this.#left = true;
    this.socket?.cut();
    this.pc.close();
  }
}
