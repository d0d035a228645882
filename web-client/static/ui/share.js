import { h, icon, redraw } from './dom.js';

const ZOOM = 2;
const STILL_MS = 3000;

/**
 * `paused`: why no picture comes now, `unseen`: why none comes at all, in words.
 * @typedef {{ key: string, id: string, name: string, stream: MediaStream, paused: string | null, unseen: string | null }} ShareView
 */
/**
 * @typedef {{ zoomIn: string, zoomOut: string, fullScreen: string, sharing: (name: string) => string,
 *   screenOf: (name: string) => string, sharePaused: string, shareUnseen: string }} ShareWords
 */

/** The shared screens: one is seen whole, never cropped; with several, tabs choose. Double click zooms, drag pans. */
export class Share {
  video = h('video', { playsInline: true, autoplay: true });
  #says = h('span', { class: 'cut' });
  #zoomSign = icon('zoom-in');
  #zoomButton = h('button', { type: 'button', onclick: () => this.#zoom() }, this.#zoomSign);
  #state = h('div', { class: 'state', hidden: true });
  #tabs = h('div', { class: 'tabs', role: 'tablist', hidden: true });
  element = h('section', { class: 'share', hidden: true });
  #zoomed = false;
  #at = { x: 0, y: 0 };
  /** @type {string | null} */
  chosen = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #still;

  /**
   * @param {ShareWords} words
   * @param {import('./playback.js').Playback} playback
   * @param {() => void} changed another shape, or another share chosen
   */
  constructor(words, playback, changed) {
    this.words = words;
    this.playback = playback;
    this.changed = changed;
    const full = () => (document.fullscreenElement ? document.exitFullscreen() : this.element.requestFullscreen?.());
    this.element.append(
      this.video,
      this.#state,
      this.#tabs,
      h('div', { class: 'over who' }, h('span', { class: 'says' }, icon('monitor-up', 'i-s'), this.#says)),
      h(
        'div',
        { class: 'over tools' },
        this.#zoomButton,
        h(
          'button',
          { type: 'button', 'aria-label': words.fullScreen, title: words.fullScreen, onclick: full },
          icon('maximize'),
        ),
      ),
    );
    this.video.addEventListener('resize', changed);
    this.video.addEventListener('dblclick', e => this.#zoom(e));
    this.video.addEventListener(
      'pointermove',
      e => this.#zoomed && e.buttons === 1 && this.#pan(e.movementX, e.movementY),
    );
    this.element.addEventListener('pointermove', () => this.#stir());
    this.element.addEventListener('keydown', e => e.key === 'Escape' && this.#zoomed && this.#zoom());
    this.#label();
  }

  get shape() {
    const { videoWidth: w, videoHeight: height } = this.video;
    return w && height ? w / height : 16 / 9;
  }

  /** The one that is seen now. @param {ShareView[]} shares */
  shown(shares) {
    return shares.find(s => s.key === this.chosen) ?? shares.at(-1);
  }

  /** @param {ShareView[]} shares */
  update(shares) {
    const show = this.shown(shares);
    this.element.hidden = !show;
    this.playback.attach(this.video, show?.stream ?? null);
    this.#tabs.hidden = shares.length < 2;
    if (!show) return void (this.#zoomed && this.#zoom());
    const says = this.words.sharing(show.name);
    if (this.#says.textContent !== says) this.#stir();
    this.#says.textContent = says;
    this.element.setAttribute('aria-label', this.words.screenOf(show.name));
    this.#tabs.replaceChildren(...shares.map(s => this.#tab(s, s === show)));
    const { paused, unseen } = show;
    if (paused !== null) this.#say(this.words.sharePaused, paused);
    else if (unseen !== null) this.#say(this.words.shareUnseen, unseen);
    else this.#state.hidden = true;
  }

  /** @param {string} what @param {string} why */
  #say(what, why) {
    this.#state.hidden = false;
    if (this.#state.dataset.said === what + why) return;
    this.#state.dataset.said = what + why;
    this.#state.replaceChildren(h('span', {}, what), h('span', { class: 'why' }, why));
  }

  /** @param {ShareView} share @param {boolean} selected */
  #tab(share, selected) {
    const choose = () => ((this.chosen = share.key), this.changed());
    const look = { class: 'cut', type: 'button', role: 'tab', 'aria-selected': selected, onclick: choose };
    return h('button', look, share.name);
  }

  /** The words on the picture go when nobody moves. */
  #stir() {
    this.element.classList.remove('still');
    clearTimeout(this.#still);
    this.#still = setTimeout(() => this.element.classList.add('still'), STILL_MS);
  }

  /** @param {MouseEvent} [event] where to */
  #zoom(event) {
    this.#zoomed = !this.#zoomed;
    const { clientWidth: w, clientHeight: height } = this.element;
    const [x, y] = event ? [event.offsetX, event.offsetY] : [w / 2, height / 2];
    this.#at = { x: -x * (ZOOM - 1), y: -y * (ZOOM - 1) };
    this.#label();
    this.#draw();
  }

  #label() {
    const label = this.#zoomed ? this.words.zoomOut : this.words.zoomIn;
    redraw(this.#zoomSign, this.#zoomed ? 'zoom-out' : 'zoom-in');
    this.#zoomButton.setAttribute('aria-label', label);
    this.#zoomButton.title = label;
  }

  /** @param {number} dx @param {number} dy */
  #pan(dx, dy) {
    const { clientWidth: w, clientHeight: height } = this.element;
    this.#at.x = Math.min(0, Math.max(-w * (ZOOM - 1), this.#at.x + dx));
    this.#at.y = Math.min(0, Math.max(-height * (ZOOM - 1), this.#at.y + dy));
    this.#draw();
  }

  #draw() {
    this.video.style.transform = this.#zoomed ? `translate(${this.#at.x}px, ${this.#at.y}px) scale(${ZOOM})` : '';
  }
}
