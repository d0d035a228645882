// The chat of one room as docs/protocol.md has it, and lines to it that a test can spoil.
import { Chat } from '../static/chat/model.js';
import { Refused } from '../static/protocol/signal.js';
import { settle } from './fakes.js';

/** @typedef {import('../static/protocol/messages.js').Message} Message */
/** @typedef {(below: number) => number} Random */

export class ChatServer {
  static PAGE = 7;
  /** @type {Message[]} by n */
  log = [];
  last = 0;
  /** @type {Set<Line>} */
  lines = new Set();

  /** @param {string} history */
  constructor(history = 'h1') {
    this.history = history;
  }

  /** @param {Line} line @param {any} request */
  answer(line, request) {
    if (request.type === 'history') return this.#page(request);
    const message = request.type === 'chat' ? this.#say(line, request) : this.#change(line, request);
    return { n: message.n, v: message.v, at: message.at };
  }

  /** @param {Line} line @param {any} request */
  #say(line, { message: id, text, reply, file: from }) {
    const before = this.log.find(m => m.id === id);
    if (before) return { ...before, v: before.n };
    const n = ++this.last;
    const at = new Date(1767268800000 + n * 1000).toISOString();
    const file = from && { file: { key: `key of ${from}`, name: 'plan.pdf', size: 10, type: 'application/pdf' } };
    const message = { n, v: n, id, at, from: line.self, name: line.name, text, ...(reply && { reply }), ...file };
    this.log.push(message);
    this.#tell(message);
    return message;
  }

  /** @param {Line} line @param {any} request */
  #change(line, { type, n, text }) {
    const at = this.log.findIndex(m => m.n === n);
    const before = this.log[at];
    if (before?.name !== line.name) throw new Refused('bad_message', 'not yours');
    if (before.deleted && type === 'chat-delete') return before;
    if (before.deleted) throw new Refused('bad_message', 'gone');
    const change = type === 'chat-edit' ? { text, edited: true } : { text: '', deleted: true, file: undefined };
    this.log[at] = { ...before, v: ++this.last, ...change };
    this.#tell(this.log[at]);
    return this.log[at];
  }

  /** @param {{ since?: number, before?: number }} request */
  #page({ since, before }) {
    if (since === undefined) {
      const older = this.log.filter(m => m.n < (before ?? Infinity));
      return { messages: older.slice(-ChatServer.PAGE), last: this.last, more: older.length > ChatServer.PAGE };
    }
    const changed = this.log.filter(m => m.v > since).sort((a, b) => a.v - b.v);
    const messages = changed.slice(0, ChatServer.PAGE);
    const more = changed.length > messages.length;
    return { messages, last: more ? messages[messages.length - 1].v : this.last, more };
  }

  /** @param {Message} message */
  #tell(message) {
    for (const line of this.lines) {
      line.events.push({ type: 'chat', after: line.told, message });
      line.told = message.v;
    }
  }
}

/** One person's chat and the connection under it. */
export class Line {
  static #places = 0;
  open = false;
  told = 0;
  self = '';
  /** @type {any[]} */
  events = [];
  /** @type {any[]} every request that was made */
  asked = [];
  /** What the next requests are refused with. @type {string[]} */
  refuse = [];
  /** @type {{ request: any, resolve: (reply: any) => void, reject: (cause: Refused) => void }[]} */
  #requests = [];
  /** @type {(() => void)[]} */
  #answers = [];
  #ids = 0;

  /** @param {ChatServer} server @param {string} name */
  constructor(server, name) {
    this.server = server;
    this.name = name;
    const ask = (/** @type {any} */ request) =>
      new Promise((resolve, reject) => {
        if (!this.open) return reject(new Refused('closed', 'no connection'));
        this.asked.push(request);
        this.#requests.push({ request, resolve, reject });
      });
    this.chat = new Chat(/** @type {any} */ (ask), () => `${name}-message-${++this.#ids}`);
  }

  join() {
    this.open = true;
    this.self = `p_${++Line.#places}`;
    this.events = [];
    this.told = this.server.last;
    this.server.lines.add(this);
    this.chat.enter({ self: this.self, history: this.server.history, last: this.server.last });
  }

  /** The connection breaks; what was under way may have been done, or may not. @param {{ answers: boolean }} how */
  cut({ answers }) {
    this.open = false;
    this.server.lines.delete(this);
    if (answers) this.#answers.forEach(give => give());
    const closed = new Refused('closed', 'cut');
    this.#requests.forEach(({ reject }) => reject(closed));
    this.#lost.forEach(reject => reject(closed));
    [this.#requests, this.#answers, this.#lost] = [[], [], []];
  }

  /** @type {((cause: Refused) => void)[]} */
  #lost = [];

  /** The server takes one request; its answer is on the way. */
  serve() {
    const next = this.#requests.shift();
    if (!next) return;
    const { request, resolve, reject } = next;
    this.#lost.push(reject);
    const code = request.type === 'history' ? undefined : this.refuse.shift();
    try {
      if (code) throw new Refused(code, 'as the test wants it');
      const reply = this.server.answer(this, request);
      this.#answers.push(() => resolve(structuredClone(reply)));
    } catch (cause) {
      this.#answers.push(() => reject(/** @type {Refused} */ (cause)));
    }
  }

  /** One answer arrives. @param {Random} [below] */
  answer(below = () => 0) {
    this.#answers.splice(below(this.#answers.length || 1), 1)[0]?.();
  }

  /** One event arrives: perhaps not, perhaps twice, perhaps not the first. @param {Random} below */
  tell(below) {
    const [event] = this.events.splice(below(this.events.length || 1), 1);
    if (!event) return;
    const fate = below(6);
    if (fate === 0) return;
    if (fate === 1) this.events.push(event);
    this.chat.hear(structuredClone(event));
  }

  /** Everything that is under way comes through, in order. */
  async flow() {
    for (let i = 0; i < 30; i++) {
      this.serve();
      this.answer();
      const event = this.events.shift();
      if (event) this.chat.hear(structuredClone(event));
      await settle();
    }
  }
}

/** Somebody who is in the room and reads. @param {ChatServer} server @param {string} name */
export async function inside(server, name) {
  const line = new Line(server, name);
  line.join();
  await line.flow();
  return line;
}
