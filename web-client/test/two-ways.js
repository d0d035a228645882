// A room's chat on a server with data channels, as docs/protocol.md has it, and people with both ways to it: a socket and
// channels, each of which a test can spoil.
import { Talk } from '../static/call/talk.js';
import { DataChannels } from '../static/call/data-channel.js';
import { Chat } from '../static/chat/model.js';
import { Refused } from '../static/protocol/answers.js';
import { ChatServer } from './chat-server.js';
import { FakeChannel } from './fakes.js';

/** @typedef {(below: number) => number} Random */

/** A room that has hands too. */
export class Room extends ChatServer {
  /** @type {Set<string>} names, since a hand stays up when its owner's place is another one */
  hands = new Set();
  /** @type {Set<TwoWays>} */
  people = new Set();

  /** @param {any} line @param {any} request @override @returns {any} */
  answer(line, request) {
    if (request.type !== 'hand') return super.answer(line, request);
    const before = this.hands.size;
    if (request.up) this.hands.add(line.name);
    else this.hands.delete(line.name);
    const event = { type: 'hands', hands: [...this.hands], count: this.hands.size };
    if (this.hands.size !== before) this.people.forEach(p => p.events.push(event));
    return { type: 'done' };
  }
}

/** Somebody in the room, and the server's side of their place. */
export class TwoWays {
  static #places = 0;
  told = 0;
  self = '';
  /** Where `ChatServer` puts what this place is to be told. */
  events = { push: (/** @type {any} */ event) => this.#tell(event) };
  /** @type {{ up: any[], down: any[] }} */
  #wire = { up: [], down: [] };
  /** @type {{ id: number, resolve: (reply: any) => void, reject: (cause: Refused) => void }[]} */
  #asked = [];
  #ids = 0;
  #online = false;
  // The server's side of the channels: what is open, who carries, and since when.
  /** @type {FakeChannel | null} */
  #open = null;
  /** @type {FakeChannel[]} */
  #dead = [];
  #full = false;
  #turn = 0;
  #here = false;
  #ended = false;
  /** @type {any[]} what was said before, for those who hear it again */
  #spoken = [];
  /** @type {FakeChannel[]} */
  channels = [];
  /** No packet comes through; nothing of a channel is lost by that. */
  dark = false;

  /** @param {Room} room @param {string} name */
  constructor(room, name) {
    this.room = room;
    this.name = name;
    const online = () => this.#online;
    const ask = (/** @type {any} */ request) => this.#ask(request);
    this.talk = new Talk({
      get open() {
        return online();
      },
      request: ask,
    });
    let messages = 0;
    this.chat = new Chat(
      request => this.talk.ask(request),
      () => `${name}-message-${++messages}`,
    );
    this.talk.on('place', head => this.chat.enter(head));
    this.talk.on('here', last => this.chat.here(last));
    this.talk.on('missing', () => this.chat.check());
    this.talk.on('chat', event => this.chat.hear(event));
  }

  get online() {
    return this.#online;
  }

  get #carries() {
    return this.#open !== null && !this.#full;
  }

  /** A place with a transport of its own, instead of a former one. */
  join() {
    this.cut(false);
    this.#end();
    [this.channels, this.#spoken] = [[], []];
    [this.#turn, this.#here, this.#ended] = [0, true, false];
    this.self = `p_${++TwoWays.#places}`;
    this.room.lines.add(/** @type {any} */ (this));
    this.room.people.add(this);
    this.told = this.room.last;
    this.talk.over(new DataChannels(label => /** @type {any} */ (this.#make(label))));
    this.#connect();
  }

  /** Another socket for the same place. */
  resume() {
    if (!this.#here || this.#online) return;
    this.#connect();
    if (this.#turn > 0 && !this.#carries) this.#moved();
  }

  #connect() {
    this.#online = true;
    const chat = { history: this.room.history, last: this.told };
    const hands = this.#hands();
    this.talk.adopt(/** @type {any} */ ({ participant: this.self, chat, hands }));
  }

  /** The socket breaks; what was on its way up may have come through. @param {boolean} done */
  cut(done) {
    if (!this.#online) return;
    if (done) while (this.#wire.up.length) this.#carryOut();
    this.#online = false;
    this.#wire = { up: [], down: [] };
    const asked = this.#asked.splice(0);
    asked.forEach(a => a.reject(new Refused('closed', 'cut')));
  }

  /** The channel comes up: the server sees it first. */
  connect() {
    const channel = this.channels.at(-1);
    if (!channel || channel.readyState !== 'connecting' || this.#ended) return;
    channel.accept();
    this.#open = channel;
    this.#full = false;
    this.#moved();
  }

  /** The client does not read fast enough, or does again. @param {boolean} full */
  fill(full) {
    if (!this.#open || this.#full === full) return;
    this.#full = full;
    this.#moved();
  }

  /** The channel is over, for the server now, for the client when it hears of it. @param {boolean} done whether what was on its way up arrived */
  close(done) {
    const channel = this.#open;
    if (!channel) return;
    while (done && channel.sent.length) this.#serve(channel);
    this.#end();
    this.#moved();
    channel.drop();
  }

  /** The association is cut: no channel on this transport any more. The client may hear of that late. */
  cutOff() {
    if (!this.#open) return;
    this.#dead.push(this.#open);
    this.#end();
    this.#ended = true;
    this.#say({ type: 'data-ended', reason: 'slow_consumer' });
    this.#moved();
  }

  /** The client's side notices that nobody answers any more. */
  bury() {
    this.#dead.splice(0).forEach(channel => channel.drop());
  }

  #end() {
    this.#open = null;
    this.#full = false;
  }

  /** @param {string} label */
  #make(label) {
    if (label !== 'chat') return null;
    this.channels.push(new FakeChannel(label));
    return this.channels.at(-1);
  }

  /** One request of the socket arrives. */
  carryOut() {
    if (this.#wire.up.length) this.#carryOut();
  }

  #carryOut() {
    const { id, ...request } = this.#wire.up.shift();
    this.#say({ ...this.#answer(request), re: id });
  }

  /** One request of the channel arrives, or that the page closed it. */
  serve() {
    if (this.#open?.readyState === 'closed') {
      this.#end();
      this.#moved();
    }
    if (this.#open && !this.dark && this.#open.sent.length) this.#serve(this.#open);
  }

  /** @param {FakeChannel} channel */
  #serve(channel) {
    const { id, ...request } = channel.sent.shift();
    const reply = { ...this.#answer(request), re: id };
    if (this.#full || channel.readyState !== 'open') return; // dropped, as the server does
    channel.down.push(reply);
  }

  /** @param {any} request */
  #answer(request) {
    try {
      return {
        type: request.type === 'history' ? 'history' : 'said',
        ...this.room.answer(/** @type {any} */ (this), request),
      };
    } catch (cause) {
      return { type: 'error', code: /** @type {Refused} */ (cause).code, detail: '' };
    }
  }

  /** One message arrives by socket. */
  hear() {
    const message = this.#wire.down.shift();
    if (!message) return;
    this.#spoken.push(message);
    if (!('re' in message)) return this.talk.hear(message);
    const at = this.#asked.findIndex(a => a.id === message.re);
    const [asked] = this.#asked.splice(at, 1);
    if (message.type === 'error') asked.reject(new Refused(message.code, ''));
    else asked.resolve(message);
  }

  /** One message arrives by channel. */
  listen() {
    const channel = this.channels.find(c => c.down.length && c.readyState === 'open');
    if (channel && !this.dark) channel.hear();
  }

  /** Something that the socket said before is heard once more. @param {Random} below */
  echo(below) {
    const event = this.#spoken.filter(m => m.type === 'chat' || m.type === 'chat-here')[
      below(this.#spoken.length || 1)
    ];
    const turn = this.#turn;
    if (event && !(event.type === 'chat-here' && event.turn > turn)) this.talk.hear(structuredClone(event));
  }

  /** @param {any} event */
  #tell(event) {
    const copy = structuredClone(event);
    if (event.type === 'hands') copy.hands = this.#hands();
    if (this.#carries) this.#open?.down.push(copy);
    else this.#say(copy);
  }

  #moved() {
    const { history } = this.room;
    this.#tell({ type: 'chat-here', turn: ++this.#turn, history, last: this.told, hands: this.#hands() });
  }

  /** Those of others by name, one's own by place. */
  #hands() {
    return [...this.room.hands].map(name => (name === this.name ? this.self : name));
  }

  /** @param {any} message */
  #say(message) {
    if (this.#online) this.#wire.down.push(message);
  }

  /** @param {any} request @returns {Promise<any>} */
  #ask(request) {
    return new Promise((resolve, reject) => {
      if (!this.#online) return reject(new Refused('closed', 'no connection'));
      const id = ++this.#ids;
      this.#asked.push({ id, resolve, reject });
      this.#wire.up.push(structuredClone({ ...request, id }));
    });
  }
}
