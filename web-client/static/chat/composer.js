import { h, icon } from '../ui/dom.js';
import { attachButton } from './attach.js';
import { TEXT_MAX, clean, lengthOf } from './words.js';

/** @typedef {import('./model.js').Entry} Entry */
/** @typedef {import('./outbox.js').Whom} Whom */
/** @typedef {import('../texts/en.js').Texts['chat']} Words */
/** What the next text is. @typedef {{ reply: Entry | null, edit: Entry | null, to: Whom | null }} Aim */
/**
 * @typedef {{ say: (text: string, aim: Aim) => boolean, attach: (files: File[], aim: Aim) => void,
 *   writes: (typing: boolean) => void, editLast: () => void }} ComposerActions
 */

const LINES_MAX = 5;
/** How often it is said that somebody still types; the server forgets it after 6 s. */
const TYPING_MS = 3000;
/** From here on it is said how much room is left. */
const COUNT_FROM = TEXT_MAX - 200;

/** @type {Aim} */
const PLAIN = { reply: null, edit: null, to: null };

/** The field that messages are written in, and the line above it that says what they will be. */
export class Composer {
  #aim = PLAIN;
  /** What was in the field before an edit began. */
  #draft = '';
  #typingSince = -Infinity;

  /** @param {Words} words @param {ComposerActions} act */
  constructor(words, act) {
    this.words = words;
    this.act = act;
    this.field = h('textarea', { rows: 1, placeholder: words.placeholder, 'aria-label': words.label, dir: 'auto' });
    this.field.addEventListener('input', () => this.#changed());
    this.field.addEventListener('keydown', e => this.#key(e));
    this.send = h(
      'button',
      {
        class: 'btn icon primary',
        type: 'button',
        'aria-label': words.send,
        title: words.send,
        onclick: () => this.#send(),
      },
      icon('send-horizontal'),
    );
    this.attachment = attachButton(words, files => this.attach(files));
    this.count = h('p', { class: 'count num', role: 'status', hidden: true });
    this.aim = h('div', { class: 'aim', hidden: true });
    this.element = h(
      'div',
      { class: 'compose' },
      this.aim,
      h('div', { class: 'write' }, this.attachment, this.field, this.send),
      this.count,
    );
    this.#changed();
  }

  /** @param {Entry} entry */
  reply(entry) {
    const other = entry.own ? entry.to : entry.to && { id: entry.from, name: entry.name };
    this.#take({ reply: entry, edit: null, to: other });
  }

  /** @param {Whom} to */
  only(to) {
    this.#take({ reply: null, edit: null, to });
  }

  /** @param {Entry} entry */
  edit(entry) {
    if (!this.#aim.edit) this.#draft = this.field.value;
    this.#take({ ...PLAIN, edit: entry });
    this.field.value = entry.text;
    this.field.setSelectionRange(entry.text.length, entry.text.length);
    this.#changed();
  }

  focus() {
    this.#grow();
    this.field.focus();
  }

  /** Sends files to whom the field writes now; what stands in it stays. @param {File[]} files */
  attach(files) {
    if (!files.length || this.#aim.edit) return;
    this.act.attach(files, this.#aim);
    this.#take({ ...PLAIN, to: this.#aim.to });
  }

  /** Whom the field writes to; nobody while a message is changed. @returns {{ to: Whom | null } | null} */
  get whom() {
    return this.#aim.edit ? null : { to: this.#aim.to };
  }

  /** @param {Aim} aim */
  #take(aim) {
    if (this.#aim.edit) this.field.value = this.#draft;
    this.#aim = aim;
    const { words } = this;
    const { reply, edit, to } = aim;
    const what = edit
      ? words.editing
      : [reply && words.replying(reply.own ? words.you : reply.name), to && words.onlyTo(to.name)]
          .filter(Boolean)
          .join(' · ');
    this.aim.hidden = what === '';
    this.attachment.classList.toggle('away', edit !== null);
    this.field.placeholder = to ? words.placeholderOnly(to.name) : words.placeholder;
    this.field.setAttribute('aria-label', to ? words.placeholderOnly(to.name) : words.label);
    const about = edit ?? reply;
    const quoted = about?.text.split('\n')[0] || about?.file?.name;
    const stop = h(
      'button',
      {
        class: 'btn icon quiet',
        type: 'button',
        'aria-label': words.cancel,
        title: words.cancel,
        onclick: () => this.#plain(),
      },
      icon('x', 'i-s'),
    );
    const says = h('span', { class: 'grow' }, h('b', { class: 'cut', dir: 'auto' }, what));
    if (quoted) says.append(h('span', { class: 'cut', dir: 'auto' }, quoted));
    this.aim.replaceChildren(says, stop);
    this.#changed();
    this.focus();
  }

  #plain() {
    this.#take(PLAIN);
  }

  #send() {
    if (!this.act.say(this.field.value, this.#aim)) return this.focus();
    this.#typingSince = -Infinity;
    this.field.value = '';
    this.#take({ ...PLAIN, to: this.#aim.to }); // what follows a word to one person is for that person, until said otherwise
  }

  #changed() {
    const { field } = this;
    const text = clean(field.value);
    const length = lengthOf(text);
    this.#grow();
    this.send.setAttribute('aria-disabled', String(length === 0 || length > TEXT_MAX));
    this.count.hidden = length < COUNT_FROM;
    this.count.classList.toggle('over', length > TEXT_MAX);
    if (!this.count.hidden) this.count.textContent = this.words.room(TEXT_MAX - length);
    this.#tell(length > 0);
  }

  /** As high as what is in it, to five lines. */
  #grow() {
    const { field } = this;
    if (!field.isConnected) return;
    const { lineHeight, paddingBlockStart, paddingBlockEnd } = getComputedStyle(field);
    const px = [lineHeight, paddingBlockStart, paddingBlockEnd].map(parseFloat);
    field.style.height = '0';
    field.style.height = `${Math.min(field.scrollHeight, Math.ceil(LINES_MAX * px[0] + px[1] + px[2]))}px`;
  }

  /** Others see that something comes; not what is for one person. @param {boolean} writes */
  #tell(writes) {
    const since = performance.now() - this.#typingSince;
    if (writes && this.field === document.activeElement && !this.#aim.to && !this.#aim.edit && since > TYPING_MS) {
      this.#typingSince = performance.now();
      this.act.writes(true);
    } else if (!writes && since < 2 * TYPING_MS) {
      this.#typingSince = -Infinity;
      this.act.writes(false);
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    const touch = matchMedia('(hover: none) and (pointer: coarse)').matches;
    if (event.key === 'Enter' && !event.shiftKey && !touch) {
      event.preventDefault();
      this.#send();
    } else if (event.key === 'ArrowUp' && this.field.value === '' && !this.#aim.edit) {
      event.preventDefault();
      this.act.editLast();
    } else if (event.key === 'Escape' && !this.aim.hidden) {
      event.stopPropagation();
      this.#plain();
    }
  }
}
