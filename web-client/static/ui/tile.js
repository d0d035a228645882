import { avatar, hue } from './avatar.js';
import { h, icon } from './dom.js';
import { onNextFrame } from './playback.js';

/**
 * What a tile shows. `shows` names the picture: when it changes, the tile waits for its first frame.
 * @typedef {{ key: string, id: string, name: string, self: boolean, stream: MediaStream | null, shows: string | null,
 *   muted: boolean, speaking: boolean, hand: number, mark: Mark | null, note: string,
 *   state: '' | 'connecting' | 'reconnecting' | 'undecodable' | 'paused' | 'unseen' | 'unheard' }} TileView `note`: why it is in this state
 */
/** How weak a line is, and in words whose. @typedef {{ level: 'weak' | 'bad', says: string }} Mark */
/**
 * @typedef {{ you: string, muted: string, speaking: string, connecting: string, reconnecting: string, undecodable: string,
 *   paused: string, unseen: (name: string) => string, unheard: (name: string) => string, play: string,
 *   hand: (place: number) => string }} TileWords
 */

/** How long a reaction is over a tile, and how many at once. */
const BURST_MS = 1600;
const BURSTS_MAX = 3;

/** What stands below the face of somebody without a picture, where nothing needs a veil. */
const CLEAR = new Set(['undecodable', 'unseen', 'unheard']);

/** @param {string} state @param {boolean} off without a picture */
function lookOf(state, off) {
  if (state === 'unheard' && !off) return 'state low'; // the picture is good
  return state === 'connecting' || (off && CLEAR.has(state)) ? 'state clear' : 'state';
}

/** One person on the stage. */
export class Tile {
  video = h('video', { class: 'pic', playsInline: true, autoplay: true });
  element = h('article', { class: 'tile off', tabIndex: -1 }, this.video);
  #label = h('span', { class: 'cut', dir: 'auto' });
  #sign = h('span', { class: 'row' });
  #hand = h('span', { class: 'hand num', hidden: true });
  #mark = h('span', { class: 'mark', role: 'img', hidden: true }, h('i'), h('i'), h('i'));
  #drawn = '';
  /** @type {string | null} */
  #shows = null;
  #waiting = false;
  /** @type {HTMLElement | null} */
  #state = null;

  /**
   * @param {TileWords} words
   * @param {import('./playback.js').Playback} playback
   * @param {() => void} reshaped the picture has another shape now
   */
  constructor(words, playback, reshaped) {
    this.words = words;
    this.playback = playback;
    this.element.append(this.#hand, this.#mark, h('span', { class: 'name' }, this.#sign, this.#label));
    this.video.addEventListener('resize', reshaped);
  }

  /** Width by height of the picture; nothing while there is none. @returns {number | null} */
  get shape() {
    const { videoWidth: w, videoHeight: height } = this.video;
    return w && height && !this.element.classList.contains('off') ? w / height : null;
  }

  /** @param {TileView} view */
  update(view) {
    this.video.muted = view.self;
    this.playback.attach(this.video, view.stream);
    if (view.shows !== this.#shows) this.#await(view);
    const off = view.shows === null || this.#waiting;
    const classes = this.element.classList;
    classes.toggle('self', view.self);
    classes.toggle('off', off);
    classes.toggle('tint', off);
    classes.toggle('away', view.state === 'reconnecting');
    classes.toggle('speaking', view.speaking && !view.muted);
    this.#name(view);
    this.#rate(view.mark);
    this.#say(this.#sentence(view), off, view);
  }

  /** A reaction rises and is gone. @param {string} image */
  burst(image) {
    if (this.element.querySelectorAll('.burst').length >= BURSTS_MAX) return;
    const picture = h('img', { class: 'burst', src: image, alt: '' });
    this.element.append(picture);
    setTimeout(() => picture.remove(), BURST_MS);
  }

  close() {
    this.playback.detach(this.video);
    this.element.remove();
  }

  /** @param {TileView} view */
  #await(view) {
    this.#shows = view.shows;
    this.#waiting = view.shows !== null;
    if (!this.#waiting) return;
    const shows = view.shows;
    onNextFrame(this.video, () => {
      if (this.#shows !== shows) return;
      this.#waiting = false;
      this.element.classList.remove('off', 'tint');
      if (this.#state?.dataset.state === 'connecting') this.#say('', false, view);
    });
  }

  /** @param {TileView} view */
  #sentence(view) {
    if (view.state) return view.state;
    if (this.playback.blocked && !view.self && view.stream) return 'play';
    return this.#waiting ? 'connecting' : '';
  }

  /** @param {TileView} view */
  #name({ name, self, muted, speaking, hand, mark }) {
    const shown = JSON.stringify([name, self, muted, speaking, hand, mark?.says]);
    if (shown === this.#drawn) return;
    const { words, element } = this;
    if (!this.#drawn || JSON.parse(this.#drawn)[0] !== name) {
      element.querySelector('.avatar')?.remove();
      this.video.after(avatar(name));
      element.style.setProperty('--h', String(hue(name)));
    }
    this.#drawn = shown;
    const text = self ? words.you : name;
    this.#label.textContent = text;
    this.#sign.hidden = !muted && !speaking;
    this.#sign.replaceChildren(...(muted ? [icon('mic-off', 'i-s')] : speaking ? [bars()] : []));
    this.#hand.hidden = hand === 0;
    this.#hand.replaceChildren(icon('hand', 'i-s'), String(hand));
    const more = [muted && words.muted, hand && words.hand(hand), mark?.says].filter(Boolean);
    element.setAttribute('aria-label', [text, ...more].join(', '));
  }

  /** @param {Mark | null} mark */
  #rate(mark) {
    this.#mark.hidden = mark === null;
    if (!mark || (this.#mark.title === mark.says && this.#mark.classList.contains(mark.level))) return;
    this.#mark.className = `mark ${mark.level}`;
    this.#mark.title = mark.says;
    this.#mark.setAttribute('aria-label', mark.says);
  }

  /** @param {'play' | TileView['state']} state @param {boolean} off @param {TileView} view */
  #say(state, off, { note, name }) {
    const look = lookOf(state, off);
    const drawn = state && JSON.stringify([look, state, note, name]);
    if ((this.#state?.dataset.drawn ?? '') === drawn) return;
    this.#state?.remove();
    this.#state = null;
    if (!state) return;
    const spinner = state === 'reconnecting' ? h('span', { class: 'spin' }) : null;
    const says = this.words[state];
    const sentence = h(
      'span',
      { class: state === 'connecting' ? 'late' : '' },
      typeof says === 'function' ? says(name) : says,
    );
    const why = note ? h('span', { class: 'why' }, note) : null;
    this.#state =
      state === 'play'
        ? h('button', { class: look, type: 'button', onclick: () => this.playback.playAll() }, sentence)
        : h('div', { class: look }, spinner, sentence, why);
    Object.assign(this.#state.dataset, { state, drawn });
    this.#hand.before(this.#state);
  }
}

/** The three bars of a voice. @param {string} [label] */
export const bars = label =>
  h(
    'span',
    label ? { class: 'bars', role: 'img', 'aria-label': label } : { class: 'bars', 'aria-hidden': 'true' },
    h('i'),
    h('i'),
    h('i'),
  );
