import { Refused } from '../protocol/answers.js';
import { Emitter } from '../protocol/emitter.js';
import { WAITING_MAX } from './data-channel.js';

/** @typedef {import('../protocol/messages.js').TalkEvent} TalkEvent */
/** @typedef {import('../protocol/messages.js').TalkRequest} TalkRequest */
/** @typedef {import('../protocol/messages.js').WayEvent} WayEvent */
/** @typedef {import('../protocol/messages.js').ChatHere} ChatHere */
/** @typedef {import('./data-channel.js').DataChannels} DataChannels */
/** @typedef {'socket' | import('./data-channel.js').Label} From */
/** What can be asked something, while it is open. @typedef {{ readonly open: boolean, request: (request: any) => Promise<any> }} Way */
/**
 * @typedef {{ request: TalkRequest, way: Way | null, resolve: (reply: any) => void, reject: (cause: unknown) => void }} Asked
 */

/** How long an answer may take by data channel until one asks by the socket as well. */
export const PATIENCE_MS = 3000;

/** What may be asked twice: each is done once, and nothing that comes between makes it wrong. */
const REPEATABLE = new Set(['chat', 'chat-delete', 'history']);
/** What must not be overtaken by the next one of its kind: it goes elsewhere only when its way has ended. */
const ORDERED = new Set(['chat-edit', 'hand']);

/**
 * The ways on which what is said in a room goes and comes: the socket, and the data channels of one transport after
 * the other. The server names one way at a time; requests go there too, and elsewhere while it is closed, full, or does
 * not answer.
 * @extends {Emitter<{ event: TalkEvent, here: ChatHere, missing: void }>}
 */
export class Ways extends Emitter {
  #socket;
  /** @type {DataChannels | null} */
  #data = null;
  /** @type {(() => void)[]} */
  #ends = [];
  #turn = 0;
  /** @type {From} whence the server tells us */
  #carrier = 'socket';
  /** Nothing came by the channels for too long: what went there may be stuck. */
  #doubted = false;
  /** @type {Set<Asked>} */
  #asked = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Way} socket */
  constructor(socket) {
    super();
    this.#socket = socket;
  }

  /** Channels of a new transport instead of the former ones. @param {DataChannels | null} data */
  over(data) {
    const former = this.#data;
    this.#ends.forEach(end => end());
    this.#data = data;
    this.#ends = [
      data?.on('event', ([event, label]) => this.hear(event, label)),
      data?.on('heard', () => this.#trust()),
      data?.on('closed', () => this.doubt()),
    ].filter(end => end !== undefined);
    this.#turn = 0;
    this.#carrier = 'socket';
    this.#trust();
    former?.close();
  }

  /** Whether the server tells us by data channel, as far as one can know. */
  get byChannel() {
    return this.#carrier === 'chat' && this.#chat?.open === true;
  }

  /**
   * @template {TalkRequest} R
   * @param {R} request
   * @returns {Promise<import('../protocol/answers.js').ReplyTo<R['type']>>} rejected with `Refused`
   */
  request(request) {
    return new Promise((resolve, reject) => this.#send({ request, way: null, resolve, reject }, null));
  }

  /** What is worth nothing when it is late: lost rather than waited for, where there is a way for that. @param {TalkRequest} request */
  async tell(request) {
    const live = this.#data?.live;
    if (!live?.open || this.#turn === 0 || this.#doubted || live.waiting > 0) return void (await this.request(request));
    live.tell(request);
  }

  /** @param {WayEvent} event @param {From} from */
  hear(event, from) {
    if (event.type === 'chat-here') this.#moved(event, from);
    else if (event.type === 'data-ended') this.#data?.close();
    else if (event.type === 'chat' || from === 'live' || from === this.#carrier) this.emit('event', event);
  }

  /** Whether the transport's path works, as far as it knows. @param {boolean} works */
  path(works) {
    if (works) this.#trust();
    else this.doubt();
  }

  /**
   * What was asked by channel is asked by the socket as well, as far as that does no harm, and so is all that comes until
   * something is heard by channel again.
   */
  doubt() {
    const chat = this.#chat;
    if (!chat) return;
    this.#doubted = true;
    if (this.#socket.open) {
      [...this.#asked].filter(a => a.way === chat && REPEATABLE.has(a.request.type)).forEach(a => this.#send(a, chat));
      if (this.#carrier === 'chat') this.emit('missing', undefined);
    }
    this.#wait();
  }

  get #chat() {
    return this.#data?.chat ?? null;
  }

  /** Something came by channel. */
  #trust() {
    this.#doubted = false;
    this.#wait();
  }

  /** Gives an answer its time, or asks again and again what one misses. */
  #wait() {
    clearTimeout(this.#timer);
    if (this.#waits()) this.#timer = setTimeout(() => this.#waits() && this.doubt(), PATIENCE_MS);
  }

  #waits() {
    const chat = this.#chat;
    if (this.#doubted) return chat !== null && this.#carrier === 'chat';
    return [...this.#asked].some(a => a.way === chat);
  }

  /** @param {ChatHere} event @param {From} from */
  #moved(event, from) {
    if (event.turn <= this.#turn || from === 'live') return;
    this.#turn = event.turn;
    this.#carrier = from;
    if (from === 'chat') this.#trust();
    const chat = this.#chat;
    const stuck = [...this.#asked].filter(a => a.way === chat);
    this.emit('here', event);
    // A channel that was full may have dropped answers.
    if (from === 'chat') stuck.forEach(a => this.#send(a, null));
    else if (this.#socket.open) stuck.filter(a => REPEATABLE.has(a.request.type)).forEach(a => this.#send(a, chat));
  }

  /** @param {Asked} asked @param {Way | null} not a way that does not do */
  #send(asked, not) {
    const way = this.#choose(asked.request, not);
    asked.way = way;
    if (!way) {
      this.#asked.delete(asked);
      return asked.reject(new Refused('closed', 'no connection at the moment'));
    }
    const waited = [...this.#asked].some(a => a.way === this.#chat);
    this.#asked.add(asked);
    way.request(asked.request).then(
      reply => this.#asked.delete(asked) && asked.resolve(reply),
      cause => asked.way === way && this.#asked.has(asked) && this.#refused(asked, cause),
    );
    if (way === this.#chat && !waited) this.#wait();
  }

  /** @param {Asked} asked @param {unknown} cause */
  #refused(asked, cause) {
    const { type } = asked.request;
    const again = cause instanceof Refused && cause.code === 'closed' && (REPEATABLE.has(type) || ORDERED.has(type));
    if (again) return this.#send(asked, asked.way);
    this.#asked.delete(asked);
    asked.reject(cause);
  }

  /** @param {TalkRequest} request @param {Way | null} not @returns {Way | null} */
  #choose({ type }, not) {
    const chat = this.#chat;
    const behind = ORDERED.has(type) && [...this.#asked].find(a => ORDERED.has(a.request.type) && a.way !== not)?.way;
    if (behind && behind.open) return behind;
    const good = this.#carrier === 'chat' && !this.#doubted && chat !== null && chat.waiting < WAITING_MAX;
    const ways = good ? [chat, this.#socket] : [this.#socket, chat];
    return ways.find(way => way !== null && way !== not && way.open) ?? null;
  }
}

/** The socket of a place, whichever that is now. @param {() => import('../protocol/reconnect.js').Place} place @returns {Way} */
export const overSocketOf = place => ({
  get open() {
    return place().online;
  },
  request: request => place().request(request),
});
