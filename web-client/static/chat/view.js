import { h, icon } from '../ui/dom.js';
import { takeFiles } from './attach.js';
import { Composer } from './composer.js';
import { messageMenu } from './menu.js';
import { MessageView } from './message.js';
import { rows } from './rows.js';

/** @typedef {import('./model.js').Chat} Chat */
/** @typedef {import('./model.js').Entry} Entry */
/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('../upload/uploads.js').Uploads} Uploads */
/** @typedef {import('../texts/en.js').Texts['chat']} Words */
/**
 * @typedef {{ close: () => void, copy: (text: string) => void, toast: (text: string, more?: { label: string, action: () => void }) => void,
 *   writes: (typing: boolean) => void, present: (id: string) => boolean }} ChatActions
 */

/** As near to the end as this counts as being there. */
const END_PX = 40;
const TINT_MS = 1000;
const OLDER_FROM_PX = 200;

/** The panel of what is written. */
export class ChatPanel {
  /** @type {Map<string, { element: HTMLElement, message: MessageView | null }>} by the key of a row */
  #rows = new Map();
  /** Where reading stopped, and where it went on. @type {{ after: number, to: number } | null} */
  #mark = null;
  #atEnd = true;
  /** Whose message the keyboard stops at. */
  #stop = '';
  #drawing = false;
  #typing = '';

  /** @param {Chat} chat @param {Uploads} uploads @param {Words} words @param {ChatActions} act */
  constructor(chat, uploads, words, act) {
    this.chat = chat;
    this.uploads = uploads;
    this.words = words;
    this.act = act;
    this.composer = new Composer(words, {
      say: (text, { reply, edit, to }) => this.#say(text, reply, edit, to),
      attach: (files, { reply, to }) => ((this.#atEnd = true), uploads.add(files, { to, reply: reply?.n ?? null })),
      writes: act.writes,
      editLast: () => this.#editLast(),
    });
    this.log = h('div', { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': words.log });
    this.log.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.log.addEventListener('keydown', e => this.#walk(e));
    new ResizeObserver(() => this.#atEnd && (this.log.scrollTop = this.log.scrollHeight)).observe(this.log);
    this.newer = h('button', { class: 'btn primary newer', type: 'button', hidden: true, onclick: () => this.toEnd() });
    this.writing = h('p', { class: 'writing cut', 'aria-hidden': 'true' });
    this.stuck = h('p', { class: 'note warn', role: 'status', hidden: true }, icon('triangle-alert'), words.stuck);
    const closer = { class: 'btn icon quiet', type: 'button', 'aria-label': words.close, onclick: act.close };
    this.element = h(
      'aside',
      { class: 'panel chat', hidden: true, 'aria-label': words.heading },
      h('header', {}, h('h2', { class: 'grow' }, words.heading), h('button', closer, icon('x'))),
      h('div', { class: 'log-box' }, this.log, this.newer),
      this.stuck,
      this.writing,
      this.composer.element,
    );
    this.element.addEventListener('keydown', e => e.key === 'Escape' && act.close());
    takeFiles(this.element, this.composer, uploads, words, () => act.toast(words.files.folder));
    chat.on('change', () => this.draw());
    uploads.on('change', () => this.draw());
  }

  get open() {
    return !this.element.hidden;
  }

  show() {
    this.element.hidden = false;
    this.#mark = this.chat.unread ? { after: this.chat.readTo, to: Infinity } : null;
    this.#atEnd = true;
    this.#draw();
    const line = this.#rows.get('new')?.element;
    if (line && line.offsetTop < this.log.scrollTop) this.log.scrollTop = line.offsetTop - 8;
    this.composer.focus();
  }

  focus() {
    this.composer.focus();
  }

  /** Whether the keyboard is among the messages. */
  inLog() {
    return this.log.contains(document.activeElement);
  }

  hide() {
    this.element.hidden = true;
    this.#mark = null;
  }

  /** @param {string[]} names who writes now */
  typing(names) {
    this.#typing = names.length ? this.words.typing(names) : '';
    this.writing.textContent = this.#typing;
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.#scrolled();
    this.composer.focus();
  }

  /** Draws soon; however many messages came together, once. */
  draw() {
    if (this.#drawing || !this.open) return;
    this.#drawing = true;
    queueMicrotask(() => {
      this.#drawing = false;
      if (this.open) this.#draw();
    });
  }

  #draw() {
    const { chat, log } = this;
    const seen = this.#atEnd && document.visibilityState === 'visible';
    if (chat.unread && !seen && (this.#mark === null || this.#mark.to < Infinity)) {
      this.#mark = { after: chat.readTo, to: Infinity };
    }
    const entries = this.#entries();
    const keep = this.#atEnd ? null : this.#anchor();
    this.#put(rows(entries, this.#mark?.after ?? null, this.#mark?.to));
    if (!entries.length) log.replaceChildren(this.#nothing());
    if (keep) log.scrollTop += keep.element.offsetTop - keep.top;
    else log.scrollTop = log.scrollHeight;
    this.stuck.hidden = !chat.stuck;
    this.composer.attachment.hidden = !this.uploads.possible;
    this.#read();
  }

  /** What is said, and under it what is on its way. */
  #entries() {
    const { chat, uploads } = this;
    return [...chat.entries(), ...uploads.list.map(u => chat.pending(u.head, u))];
  }

  /** @param {Row[]} list */
  #put(list) {
    const before = this.#rows;
    this.#rows = new Map();
    const keys = new Set(list.map(r => r.key));
    if (!keys.has(this.#stop)) this.#stop = list.findLast(r => r.kind === 'message')?.key ?? '';
    /** @type {Element | null} */
    let at = null;
    for (const row of list) {
      const drawn = this.#row(row, before.get(row.key) ?? null);
      this.#rows.set(row.key, drawn);
      const after = /** @type {Element | null} */ (at ? at.nextElementSibling : this.log.firstElementChild);
      if (after !== drawn.element) this.log.insertBefore(drawn.element, after);
      at = drawn.element;
      drawn.message?.reachable(row.key === this.#stop);
    }
    while (at ? at.nextSibling : this.log.firstChild) (at ? at.nextSibling : this.log.firstChild)?.remove();
  }

  /** @param {Row} row @param {{ element: HTMLElement, message: MessageView | null } | null} drawn */
  #row(row, drawn) {
    const { words } = this;
    if (row.kind === 'message') {
      const message = drawn?.message ?? new MessageView(words, this.#messageActions(), row.entry);
      message.update(row.entry, row.first, this.uploads.list.find(u => u.key === row.key) ?? null);
      return { element: message.element, message };
    }
    const says = row.kind === 'day' ? words.day(new Date(row.at), new Date()) : words.new(row.count);
    const element = drawn?.element ?? h('div', { class: row.kind === 'day' ? 'day' : 'unread num' });
    if (element.textContent !== says) element.textContent = says;
    return { element, message: null };
  }

  #nothing() {
    if (this.chat.loading) return h('span', { class: 'none late' }, h('span', { class: 'spin small' }));
    return h('p', { class: 'none' }, this.words.empty);
  }

  /** @returns {import('./message.js').MessageActions} */
  #messageActions() {
    const { chat, composer, words, act, uploads } = this;
    const inMenu = {
      composer,
      copy: act.copy,
      present: act.present,
      remove: (/** @type {number} */ n) => this.#delete(n),
    };
    return {
      reply: entry => composer.reply(entry),
      more: (entry, anchor) => messageMenu(anchor, entry, words, inMenu),
      again: ({ state, key }) => (state === 'uploading' ? uploads.again(key) : chat.again(key)),
      drop: entry => this.#drop(entry),
      jump: n => this.#jump(n),
      fileMax: () => uploads.max,
    };
  }

  /** What is not sent is not wanted any more. @param {Entry} entry */
  #drop({ state, key, file }) {
    const { chat, uploads } = this;
    if (state === 'uploading') uploads.cancel(key);
    else {
      chat.drop(key);
      if (file) uploads.discard(key);
    }
    this.composer.focus();
  }

  /** @param {number} n */
  #delete(n) {
    const { chat, words, act } = this;
    chat.remove(n);
    act.toast(words.deleted, { label: words.undo, action: () => chat.bringBack(n) });
    this.composer.focus();
  }

  /** @param {number} n */
  #jump(n) {
    const key = this.chat.get(n)?.id ?? '';
    const element = this.#rows.get(key)?.element;
    if (!element) return;
    element.scrollIntoView({ block: 'center' });
    element.classList.add('tinted');
    setTimeout(() => element.classList.remove('tinted'), TINT_MS);
    this.#stopAt(key);
  }

  /** @param {string} text @param {Entry | null} reply @param {Entry | null} edit @param {import('./outbox.js').Whom | null} to */
  #say(text, reply, edit, to) {
    const { chat } = this;
    if (edit && edit.n !== null) return chat.edit(edit.n, text);
    this.#atEnd = true;
    return chat.say(text, { to, reply: reply?.n ?? null });
  }

  #editLast() {
    const last = this.chat.entries().findLast(e => e.own && e.n !== null && e.text !== '');
    if (last) this.composer.edit(last);
  }

  #scrolled() {
    const { log, chat } = this;
    this.#atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < END_PX;
    if (log.scrollTop < OLDER_FROM_PX) chat.older();
    this.#read();
  }

  /** What is in sight is read; what is not has a button. */
  #read() {
    const { chat } = this;
    if (this.#atEnd && document.visibilityState === 'visible') {
      chat.read();
      if (this.#mark?.to === Infinity) this.#mark.to = chat.readTo;
    }
    const { unread } = chat;
    this.newer.hidden = this.#atEnd || unread === 0;
    this.newer.textContent = this.words.new(unread);
  }

  /** What stands at the top of what is seen, and where. */
  #anchor() {
    const { log } = this;
    for (const { element } of this.#rows.values()) {
      if (element.offsetTop + element.offsetHeight > log.scrollTop) return { element, top: element.offsetTop };
    }
    return null;
  }

  /** @param {string} key */
  #stopAt(key) {
    this.#rows.get(this.#stop)?.message?.reachable(false);
    this.#stop = key;
    const row = this.#rows.get(key);
    row?.message?.reachable(true);
    row?.element.focus();
  }

  /** One stop for the keyboard; arrows walk from message to message. @param {KeyboardEvent} event */
  #walk(event) {
    const keys = [...this.#rows].flatMap(([key, row]) => (row.message ? [key] : []));
    const now = keys.findIndex(key => this.#rows.get(key)?.element.contains(document.activeElement));
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: keys.length - 1 }[event.key];
    if (to === undefined || now < 0) return;
    event.preventDefault();
    this.#stopAt(keys[Math.min(keys.length - 1, Math.max(0, to))]);
  }
}
