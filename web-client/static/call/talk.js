import { Emitter } from '../protocol/emitter.js';
import { Ways } from './ways.js';

/** @typedef {import('../protocol/messages.js').Joined} Joined */
/** @typedef {import('../protocol/messages.js').TalkEvent} TalkEvent */
/** @typedef {import('../protocol/messages.js').Reacted} Reacted */
/** @typedef {import('../protocol/messages.js').Say} Say */
/** @typedef {import('../protocol/messages.js').Edit} Edit */
/** @typedef {import('../protocol/messages.js').Delete} Delete */
/** @typedef {import('../protocol/messages.js').History} History */
/** @typedef {import('../protocol/messages.js').Said} Said */
/** @typedef {import('../protocol/messages.js').HistoryPage} HistoryPage */
/** @typedef {Say | Edit | Delete | History} ChatRequest */
/**
 * @template {ChatRequest} R
 * @typedef {R extends History ? HistoryPage : Said} ChatReply
 */
/** What chat needs of a connection. @typedef {<R extends ChatRequest>(request: R) => Promise<ChatReply<R>>} Ask */
/** @typedef {{ self: string, history: string, last: number }} ChatHead whose place this is, and which chat it has */
/** @typedef {Extract<TalkEvent, { type: 'chat' }>} ChatEvent */

/**
 * What is said in a room beside media, by socket or by data channel (ways.js). Hands, reactions and typing are over as soon as they are told; chat is kept by who
 * listens (chat/model.js).
 * @extends {Emitter<{ place: ChatHead, here: number, missing: void, chat: ChatEvent, hands: void, reactions: Reacted[],
 *   typing: void }>}
 */
export class Talk extends Emitter {
  /** @type {string[]} whose hands are up, the first one first */
  hands = [];
  /** @type {string[]} who writes now, you left out */
  typing = [];
  /** @type {ChatHead | null} */
  head = null;
  #self = '';
  #ways;

  /** @param {import('./ways.js').Way} socket */
  constructor(socket) {
    super();
    this.#ways = new Ways(socket);
    this.#ways.on('event', event => this.#told(event));
    this.#ways.on('here', here => this.#moved(here));
    this.#ways.on('missing', () => this.emit('missing', undefined));
  }

  /** A new transport, and what there is of data channels on it. @param {import('./data-channel.js').DataChannels | null} data */
  over(data) {
    this.#ways.over(data);
  }

  /** Whether the transport's path works. @param {boolean} works */
  path(works) {
    this.#ways.path(works);
  }

  /** The page goes: what is asked from now on, and what was not answered, had better take the socket. */
  hurry() {
    this.#ways.doubt();
  }

  close() {
    this.#ways.over(null);
  }

  /** The place was entered, or taken up again on another socket. @param {Joined} joined */
  adopt({ participant, chat, hands }) {
    this.#self = participant;
    this.head = { self: participant, ...chat };
    this.emit('place', this.head);
    if (!this.#ways.byChannel) this.#now(hands); // else that is older than what the channel says
  }

  /** @param {string[]} hands as they are where talk comes from now on, and nobody is known to write */
  #now(hands) {
    this.hands = hands;
    this.typing = [];
    this.emit('hands', undefined);
    this.emit('typing', undefined);
  }

  /** Another way than before carries what is said. @param {import('../protocol/messages.js').ChatHere} here */
  #moved({ history, last, hands }) {
    const known = this.head?.history === history;
    this.head = { self: this.#self, history, last };
    if (known) this.emit('here', last);
    else this.emit('place', this.head);
    this.#now(hands);
  }

  /** What the socket says. @param {import('../protocol/messages.js').WayEvent} event */
  hear(event) {
    this.#ways.hear(event, 'socket');
  }

  /** @param {TalkEvent} event */
  #told(event) {
    if (event.type === 'chat') return this.#said(event);
    if (event.type === 'reactions') {
      const others = event.reactions.filter(r => r.participant !== this.#self);
      return this.emit('reactions', others);
    }
    if (event.type === 'hands') this.hands = event.hands;
    else if (event.type === 'typing') this.typing = event.typing.filter(id => id !== this.#self);
    else return; // a later server knows more
    this.emit(event.type, undefined);
  }

  /** Whoever's message came writes no more. @param {ChatEvent} event */
  #said(event) {
    this.typing = this.typing.filter(id => id !== event.message.from);
    this.emit('typing', undefined);
    this.emit('chat', event);
  }

  /** @type {Ask} */
  ask(request) {
    return /** @type {any} */ (this.#ways.request(request));
  }

  get handUp() {
    return this.hands.includes(this.#self);
  }

  /** Your hand, shown at once; it springs back if the server does not take it. @param {boolean} up */
  async raise(up) {
    this.#lift(up);
    try {
      await this.#ways.request({ type: 'hand', up });
    } catch (cause) {
      this.#lift(!up);
      throw cause;
    }
  }

  /** @param {boolean} up */
  #lift(up) {
    const others = this.hands.filter(id => id !== this.#self);
    this.hands = up ? [...others, this.#self] : others;
    this.emit('hands', undefined);
  }

  /** Yours is shown at once, not when it comes back. @param {string} reaction one emoji */
  async react(reaction) {
    this.emit('reactions', [{ participant: this.#self, reaction }]);
    await this.#ways.tell({ type: 'react', reaction });
  }

  /** Nothing depends on it: what is not taken is not said. @param {boolean} typing */
  write(typing) {
    this.#ways.tell({ type: 'typing', typing }).catch(() => {});
  }
}
