import { h, icon, redraw } from './dom.js';

/**
 * How a device button stands: on, off (crossed, red), or failing (crossed, with a mark; a press explains or tries again).
 * @typedef {{ on: boolean, flaw: boolean, tip: string }} Toggle
 */
/**
 * @typedef {{ microphone: Toggle, camera: Toggle, share: { on: boolean, possible: boolean, tip: string }, people: number,
 *   peopleOpen: boolean, chatOpen: boolean, unread: number, hand: number, facts: string, room: string,
 *   canSwitchCamera: boolean }} BarView
 */
/**
 * @typedef {{ controls: string, microphone: string, camera: string, chooseMicrophone: string, chooseCamera: string, more: string,
 *   leave: string, leaveTip: string, invite: string, inviteTip: string, people: (n: number) => string, peopleTip: string,
 *   switchCamera: string, chat: (unread: number) => string, chatTip: string, react: string, hand: (place: number) => string }
 *   } BarWords
 */
/**
 * @typedef {{ microphone: () => void, camera: () => void, microphones: (anchor: HTMLElement) => void,
 *   cameras: (anchor: HTMLElement) => void, share: () => void, more: (anchor: HTMLElement) => void, leave: () => void,
 *   invite: () => void, people: () => void, switchCamera: () => void, chat: () => void, hand: () => void,
 *   react: (anchor: HTMLElement) => void }} BarActions
 */

/** The one bar of a call, and the head that phones have. Buttons never move: only what they show changes. */
export class Bar {
  #room = h('h1', { class: 'cut', dir: 'auto', tabIndex: -1 });
  #facts = h('span', { class: 'num cut' });
  #headRoom = h('h1', { class: 'cut', dir: 'auto' });
  #headCount = h('span', { class: 'num' });

  /** @param {BarWords} words @param {BarActions} act */
  constructor(words, act) {
    this.words = words;
    this.microphone = control('mic', words.microphone, act.microphone);
    this.camera = control('video', words.camera, act.camera);
    this.share = control('monitor-up', '', act.share, 'hide-s');
    this.people = control('users', '', act.people);
    this.people.title = words.peopleTip;
    this.react = control('smile', words.react, () => act.react(this.react), 'hide-s');
    this.react.title = words.react;
    this.react.setAttribute('aria-haspopup', 'menu');
    this.hand = control('hand', '', act.hand);
    /** One at the end of the bar, and one in the middle for phones. */
    this.chats = ['', 'only-s'].map(look => control('message-square', '', act.chat, look));
    this.chats.forEach(b => (b.title = words.chatTip));
    this.headPeople = h(
      'button',
      { class: 'btn quiet count', type: 'button', onclick: act.people },
      icon('users'),
      this.#headCount,
    );
    this.headSwitch = h(
      'button',
      {
        class: 'btn icon quiet',
        type: 'button',
        hidden: true,
        'aria-label': words.switchCamera,
        onclick: act.switchCamera,
      },
      icon('switch-camera'),
    );
    this.head = h(
      'header',
      { class: 'head' },
      h('div', { class: 'grow' }, this.#headRoom),
      this.headSwitch,
      this.headPeople,
    );
    this.more = control('ellipsis', words.more, () => act.more(this.more));
    this.element = this.#draw(act);
    this.element.addEventListener('keydown', e => this.#walk(e));
    this.#buttons().forEach(b => (b.tabIndex = b === this.microphone ? 0 : -1));
  }

  /** @param {BarView} view */
  update(view) {
    this.#toggle(this.microphone, view.microphone, 'mic');
    this.#toggle(this.camera, view.camera, 'video');
    this.share.classList.toggle('on', view.share.on);
    this.share.setAttribute('aria-label', view.share.tip);
    this.share.title = view.share.tip;
    this.share.setAttribute('aria-disabled', String(!view.share.possible));
    this.people.classList.toggle('on', view.peopleOpen);
    this.people.setAttribute('aria-expanded', String(view.peopleOpen));
    this.hand.classList.toggle('on', view.hand > 0);
    this.hand.title = this.words.hand(view.hand);
    this.hand.setAttribute('aria-label', this.hand.title);
    this.chats.forEach(b => this.#chat(b, view));
    for (const b of [this.people, this.headPeople]) b.setAttribute('aria-label', this.words.people(view.people));
    this.headSwitch.hidden = !view.canSwitchCamera;
    text(this.#room, view.room);
    text(this.#headRoom, view.room);
    text(this.#headCount, String(view.people));
    text(this.#facts, view.facts);
  }

  /** @param {BarActions} act */
  #draw(act) {
    const { words } = this;
    const arrow = (/** @type {string} */ label, /** @type {(a: HTMLElement) => void} */ open) => {
      const button = control('chevron-up', label, () => open(button));
      button.setAttribute('aria-haspopup', 'menu');
      button.title = label;
      return button;
    };
    const { more } = this;
    more.setAttribute('aria-haspopup', 'menu');
    more.title = words.more;
    const leave = control('phone-off', words.leaveTip, act.leave, 'leave');
    leave.title = words.leaveTip;
    leave.append(h('b', {}, words.leave));
    const invite = control('link', words.inviteTip, act.invite, 'text hide-m');
    invite.title = words.inviteTip;
    invite.append(h('b', {}, words.invite));
    const devices = [
      h('span', { class: 'split' }, this.microphone, arrow(words.chooseMicrophone, act.microphones)),
      h('span', { class: 'split' }, this.camera, arrow(words.chooseCamera, act.cameras)),
    ];
    const toolbar = h(
      'div',
      { class: 'tools', role: 'toolbar', 'aria-label': words.controls },
      h('div', { class: 'room' }, this.#room, this.#facts),
      h('div', { class: 'mid' }, ...devices, this.share, this.react, this.hand, this.chats[1], more, leave),
      h('div', { class: 'end hide-s' }, invite, this.people, this.chats[0]),
    );
    return h('section', { class: 'bar', id: 'call-controls', 'aria-label': words.controls }, toolbar);
  }

  /** @param {HTMLButtonElement} button @param {BarView} view */
  #chat(button, { chatOpen, unread }) {
    button.classList.toggle('on', chatOpen);
    button.setAttribute('aria-expanded', String(chatOpen));
    button.setAttribute('aria-label', this.words.chat(unread));
    const badge = button.querySelector('.badge') ?? h('span', { class: 'badge', 'aria-hidden': 'true' });
    text(/** @type {HTMLElement} */ (badge), unread > 99 ? '99+' : String(unread));
    if (unread) button.append(badge);
    else badge.remove();
  }

  /** The button of the chat that is to be seen now. */
  get chat() {
    return this.chats.find(b => b.offsetParent !== null) ?? this.chats[0];
  }

  /** @param {HTMLButtonElement} button @param {Toggle} toggle @param {'mic' | 'video'} sign */
  #toggle(button, { on, flaw, tip }, sign) {
    redraw(/** @type {Element} */ (button.querySelector('svg')), on ? sign : `${sign}-off`);
    button.classList.toggle('off', !on);
    button.setAttribute('aria-pressed', String(on));
    button.title = tip;
    const mark = button.querySelector('.flaw');
    if (flaw && !mark) button.append(h('span', { class: 'flaw', 'aria-hidden': 'true' }, '!'));
    if (!flaw) mark?.remove();
  }

  /** @returns {HTMLButtonElement[]} */
  #buttons() {
    return [...this.element.querySelectorAll('button')];
  }

  /** One stop for the keyboard: arrows, Home and End walk, and the place is remembered. @param {KeyboardEvent} event */
  #walk(event) {
    const buttons = this.#buttons().filter(b => b.offsetParent !== null);
    const now = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined || now < 0) return;
    event.preventDefault();
    const next = buttons.at(to % buttons.length);
    buttons.forEach(b => (b.tabIndex = b === next ? 0 : -1));
    next?.focus();
  }
}

/** @param {string} sign @param {string} label @param {() => void} act @param {string} [more] */
const control = (sign, label, act, more = '') =>
  h('button', { class: `ctl ${more}`.trim(), type: 'button', 'aria-label': label, onclick: act }, icon(sign));

/** @param {HTMLElement} element @param {string} words */
function text(element, words) {
  if (element.textContent !== words) element.textContent = words;
}
