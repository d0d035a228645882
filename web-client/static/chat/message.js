import { h, icon } from '../ui/dom.js';
import { FileCard } from './file-card.js';
import { parts } from './links.js';

/** @typedef {import('./model.js').Entry} Entry */
/** @typedef {import('../upload/upload.js').Upload} Upload */
/** @typedef {import('../texts/en.js').Texts['chat']} Words */
/**
 * What one can do with a message from its place.
 * @typedef {{ reply: (entry: Entry) => void, more: (entry: Entry, anchor: HTMLElement) => void, again: (entry: Entry) => void,
 *   drop: (entry: Entry) => void, jump: (n: number) => void, fileMax: () => number }} MessageActions
 */

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** @param {string} at */
const timeOf = at =>
  h('time', { class: 'num', dateTime: at, title: full.format(new Date(at)) }, clock.format(new Date(at)));

/** One message in the log. Its element stays while what it says changes. */
export class MessageView {
  element = h('article', { class: 'msg', tabIndex: -1 });
  #drawn = '';
  /** @type {FileCard | null} */
  #card = null;
  /** @type {Entry} */
  entry;
  /** The file of it that is on its way. @type {Upload | null} */
  upload = null;

  /** @param {Words} words @param {MessageActions} act @param {Entry} entry */
  constructor(words, act, entry) {
    this.words = words;
    this.act = act;
    this.entry = entry;
    this.element.addEventListener('keydown', e => this.#key(e));
    this.element.addEventListener('contextmenu', e => {
      if (!(e instanceof PointerEvent) || e.pointerType !== 'touch' || !this.#button) return;
      e.preventDefault();
      this.#menu();
    });
  }

  /** @param {Entry} entry @param {boolean} first whether it begins a group @param {Upload | null} upload */
  update(entry, first, upload) {
    [this.entry, this.upload] = [entry, upload];
    const drawn = JSON.stringify([entry, first, upload?.problem]);
    if (drawn !== this.#drawn) this.#draw(first);
    this.#drawn = drawn;
    if (entry.file) this.#card?.update(entry.file, upload);
  }

  /** @param {boolean} first */
  #draw(first) {
    const { entry } = this;
    const { element } = this;
    const focused = element.contains(document.activeElement);
    element.classList.toggle('own', entry.own);
    element.classList.toggle('first', first);
    element.replaceChildren(
      ...[first ? this.#who() : null, this.#line(first), this.#failure()].filter(e => e !== null),
    );
    if (focused) element.focus();
    this.reachable(element.tabIndex === 0);
  }

  /** Whether the keyboard stops here: one message of the log is a stop, and with it its buttons. @param {boolean} on */
  reachable(on) {
    for (const e of [this.element, ...this.element.querySelectorAll('button, a')]) {
      /** @type {HTMLElement} */ (e).tabIndex = on ? 0 : -1;
    }
  }

  #who() {
    const { own, name, at, to, edited } = this.entry;
    const { words } = this;
    const whom = to ? h('span', { class: 'to', dir: 'auto' }, own ? words.onlyTo(to.name) : words.onlyToYou) : null;
    const sender = own ? h('span', { class: 'vh' }, words.you) : h('b', { class: 'cut', dir: 'auto' }, name);
    return h('p', { class: 'who' }, sender, whom, timeOf(at), edited ? h('span', {}, words.edited) : null);
  }

  /** @param {boolean} first */
  #line(first) {
    const { entry, words } = this;
    if (entry.deleted) return h('div', { class: 'line' }, h('span', { class: 'b gone' }, words.deleted));
    const bare = entry.file && !entry.text && !entry.reply;
    const bubble = h('div', { class: bare ? 'b bare' : 'b', title: full.format(new Date(entry.at)) });
    const text = entry.text && h('span', { class: 'says', dir: 'auto' }, ...parts(entry.text).map(link));
    const edited = entry.edited && !first ? h('span', { class: 'edited' }, words.edited) : null;
    bubble.append(...[this.#quote(), this.#file(), text, edited].filter(e => e !== null && e !== ''));
    const waits = h('span', { class: 'clock' }, icon('clock', 'i-s'), h('span', { class: 'vh' }, words.sending));
    return h('div', { class: 'line' }, bubble, entry.state === 'sending' ? waits : this.#buttons());
  }

  /** It stays as long as its name does: what is pressed in it must not be another one meanwhile. */
  #file() {
    const { file } = this.entry;
    if (!file) return null;
    const cancel = () => this.act.drop(this.entry);
    if (this.#card?.file.name !== file.name) this.#card = new FileCard(this.words, file, { cancel });
    return this.#card?.element ?? null;
  }

  #quote() {
    const { reply } = this.entry;
    if (!reply) return null;
    const { words } = this;
    const text = reply.deleted ? words.deleted : (reply.text.split('\n')[0] ?? '');
    const name = reply.own ? words.you : reply.name;
    const label = h('span', { class: 'vh' }, words.answers(name));
    const says = h('span', { class: 'cut', dir: 'auto' }, text);
    return h('button', { class: 'quote', type: 'button', onclick: () => this.act.jump(reply.n) }, label, says);
  }

  #buttons() {
    const { words, act, entry } = this;
    if (entry.n === null) return null;
    const button = (
      /** @type {string} */ sign,
      /** @type {string} */ label,
      /** @type {(b: HTMLElement) => void} */ press,
    ) => {
      const b = h('button', { type: 'button', 'aria-label': label, title: label, onclick: () => press(b) }, icon(sign));
      return b;
    };
    const more = button('ellipsis', words.more, b => act.more(this.entry, b));
    more.setAttribute('aria-haspopup', 'menu');
    return h(
      'span',
      { class: 'acts' },
      button('reply', words.reply, () => act.reply(this.entry)),
      more,
    );
  }

  #failure() {
    const { words, act, entry, upload } = this;
    if (entry.state !== 'failed' && upload?.state !== 'failed') return null;
    const { problem } = words.files;
    const why = upload ? ` ${problem(upload.problem, upload.head.size, act.fileMax())}` : '';
    const again = h('button', { type: 'button', onclick: () => act.again(entry) }, words.again);
    const drop = h(
      'button',
      { type: 'button', onclick: () => act.drop(entry) },
      upload ? words.files.remove : words.drop,
    );
    const says = h('span', {}, words.notSent + why);
    const tries = upload?.hopeless ? [drop] : [again, drop];
    return h('p', { class: 'unsent', role: 'alert' }, icon('circle-alert', 'i-s'), says, ...tries);
  }

  /** The button of the menu, where there is one. @returns {HTMLElement | null} */
  get #button() {
    return this.element.querySelector('.acts button:last-child');
  }

  #menu() {
    if (this.#button) this.act.more(this.entry, this.#button);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const menu = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
    const enter = event.key === 'Enter' && event.target === this.element;
    if (!this.#button || !(menu || enter)) return;
    event.preventDefault();
    this.#menu();
  }
}

/** Shown as what it says, opened beside this page, which stays unknown there. @param {import('./links.js').Part} part */
const link = ({ text, href }) =>
  href === null ? text : h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, text);
