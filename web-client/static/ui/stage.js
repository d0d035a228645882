import { dragIntoCorners } from './corner.js';
import { h, icon } from './dom.js';
import { PAGE_MAX, pageSize } from './grid.js';
import { GRID_BELOW_MAX, gridBelow, layout } from './layout.js';
import { Share } from './share.js';
import { inSight } from './sight.js';
import { Tile } from './tile.js';
import { walkByArrows } from './walk.js';

/** @typedef {import('./tile.js').TileView} TileView */
/** @typedef {import('./share.js').ShareView} ShareView */
/** What has a place here, in CSS pixels; `hidden`: nobody can see it now. @typedef {{ id: string, source: 'camera' | 'screen', w: number, h: number, hidden: boolean }} Seen */
/**
 * @typedef {{ tile: import('./tile.js').TileWords, share: import('./share.js').ShareWords, stage: string, nextPage: string,
 *   previousPage: string }} StageWords
 */
/**
 * `covers` are what may lie over the stage.
 * @typedef {{ resized: () => void, seen: (tiles: Seen[]) => void, covers: () => HTMLElement[], turn: (by: number) => void }
 *   } StageEvents
 */

const MOVE = { duration: 220, easing: 'cubic-bezier(.2, .8, .2, 1)' };

/** The stage: keeps one element for each tile and lays them out. Tiles are never moved in the document: that would stop them. */
export class Stage {
  /** @type {Map<string, Tile>} */
  #tiles = new Map();
  /** @type {TileView[]} */
  #views = [];
  /** @type {ShareView[]} */
  #shares = [];
  #strip = h('div', { class: 'tiles' });
  #corner = { right: true, bottom: true };
  #previous;
  #next;
  /** @type {Seen[] | null} */
  #seen = null;
  #glides = false;
  #more = { back: false, on: false };

  /**
   * @param {StageWords} words
   * @param {import('./playback.js').Playback} playback
   * @param {StageEvents} events
   * @param {{ alone: HTMLElement, own: HTMLElement }} cards
   */
  constructor(words, playback, events, cards) {
    this.words = words;
    this.playback = playback;
    this.events = events;
    this.cards = cards;
    this.share = new Share(words.share, playback, () => this.#redraw());
    this.#previous = this.#turner('chevron-left', words.previousPage, -1);
    this.#next = this.#turner('chevron-right', words.nextPage, 1);
    this.element = h('main', { class: 'stage', 'aria-label': words.stage, tabIndex: -1 });
    this.element.append(this.share.element, cards.alone, this.#strip, this.#previous, this.#next);
    cards.alone.hidden = true;
    new ResizeObserver(() => (this.#layout(this.#glides), events.resized())).observe(this.element);
    this.#strip.addEventListener('scroll', () => (this.#chevrons(), this.#tellSeen()), { passive: true });
    this.element.addEventListener('keydown', e => {
      if (walkByArrows(e, this.#elements())) this.#focusable(this.#elements());
    });
    this.share.element.addEventListener('fullscreenchange', () => this.#tellSeen());
  }

  get gap() {
    return innerWidth <= 640 ? 6 : innerHeight <= 480 ? 8 : 10;
  }

  /** The most tiles a page can hold now. */
  get capacity() {
    const { clientWidth: w, clientHeight: height } = this.element;
    if (!w || !height) return 9;
    if (!this.#shares.length) return pageSize(w, height, this.gap);
    return gridBelow({ w, h: height, gap: this.gap }, this.share.shape) ? GRID_BELOW_MAX : PAGE_MAX;
  }

  /**
   * @param {TileView[]} tiles in order, the own one last
   * @param {ShareView[]} shares
   * @param {{ back: boolean, on: boolean, alone: boolean, ownShare: boolean }} more
   */
  show(tiles, shares, more) {
    const changed =
      tiles.map(t => t.key).join() !== this.#views.map(t => t.key).join() || shares.length !== this.#shares.length;
    this.#views = tiles;
    this.#shares = shares;
    this.alone = more.alone && !shares.length && !more.ownShare;
    this.ownShare = more.ownShare;
    this.#more = more;
    const keys = new Set(tiles.map(t => t.key));
    for (const [key, tile] of this.#tiles) if (!keys.has(key)) (tile.close(), this.#tiles.delete(key));
    tiles.forEach(view => this.#tile(view).update(view));
    this.share.update(shares);
    this.cards.own.hidden = !more.ownShare;
    if (more.ownShare && !this.cards.own.isConnected) this.#strip.append(this.cards.own);
    if (!more.ownShare) this.cards.own.remove();
    this.#layout(changed);
  }

  /** Streams that a tile or the share plays already. @returns {Set<MediaStream>} */
  playing() {
    const videos = [...this.#tiles.values()].map(t => t.video).concat(this.share.video);
    return new Set(videos.map(v => /** @type {MediaStream} */ (v.srcObject)));
  }

  /** A reaction of somebody who has a tile here. @param {string} id @param {string} image */
  burst(id, image) {
    const view = this.#views.find(v => v.id === id);
    if (view) this.#tiles.get(view.key)?.burst(image);
  }

  /** The next change of size is one that is to be seen: a panel opens or closes. */
  glide() {
    this.#glides = true;
    setTimeout(() => (this.#glides = false), 100);
  }

  #redraw() {
    this.share.update(this.#shares);
    this.#layout(true);
  }

  /** @param {TileView} view */
  #tile(view) {
    let tile = this.#tiles.get(view.key);
    if (tile) return tile;
    tile = new Tile(this.words.tile, this.playback, () => this.#layout(false));
    const { element } = tile;
    if (view.self)
      dragIntoCorners(
        element,
        () => element.classList.contains('float'),
        to => ((this.#corner = to), this.#layout(true)),
      );
    this.#tiles.set(view.key, tile);
    this.#strip.insertBefore(element, view.self ? null : (this.#tiles.get('self')?.element ?? null));
    return tile;
  }

  /** Everything on the page that has a box: the card of the own share first. @returns {HTMLElement[]} */
  #elements() {
    const tiles = this.#views.map(v => /** @type {Tile} */ (this.#tiles.get(v.key)).element);
    return this.ownShare ? [this.cards.own, ...tiles] : tiles;
  }

  /** @param {boolean} moves whether what moves is to be seen moving: never while the window is resized */
  #layout(moves) {
    const { clientWidth: w, clientHeight: height } = this.element;
    if (!w || !height) return;
    const elements = this.#elements();
    const before = moves ? elements.map(e => e.getBoundingClientRect()) : [];
    const floats = this.#views.length === 2 && !this.ownShare && !this.#shares.length;
    this.cards.alone.hidden = !this.alone;
    const at = layout({
      w,
      h: height,
      gap: this.gap,
      phone: Math.min(innerWidth, innerHeight) <= 480,
      tiles: elements.length,
      floats,
      otherShape: floats ? (this.#tiles.get(this.#views[0].key)?.shape ?? null) : null,
      corner: this.#corner,
      share: this.#shares.length ? this.share.shape : null,
      alone: this.alone ? this.#cardHeight(w) : null,
    });
    if (at.share) put(this.share.element, at.share);
    if (at.card) put(this.cards.alone, at.card);
    this.#strips(elements, at);
    if (!at.strip) elements.forEach((e, i) => ((e.hidden = !at.tiles[i]), at.tiles[i] && put(e, at.tiles[i])));
    elements.forEach((e, i) => e.classList.toggle('float', at.floating === i));
    if (moves) elements.forEach((e, i) => move(e, before[i]));
    this.#focusable(elements);
    this.#tellSeen();
  }

  /** @param {number} w */
  #cardHeight(w) {
    this.cards.alone.style.width = `${Math.min(w, 400)}px`;
    return this.cards.alone.offsetHeight;
  }

  /** @param {HTMLElement[]} elements @param {import('./layout.js').Layout} at */
  #strips(elements, at) {
    const { strip } = at;
    this.#strip.className = strip ? `strip${strip.side ? ' side' : ''}` : 'tiles';
    if (!strip) return (this.#strip.removeAttribute('style'), this.#chevrons());
    put(this.#strip, strip);
    this.#strip.style.gap = `${this.gap}px`;
    elements.forEach((e, i) => {
      e.hidden = false;
      Object.assign(e.style, {
        left: '',
        top: '',
        width: `${strip.tile.w}px`,
        height: `${strip.tile.h}px`,
        order: String(i),
      });
    });
    this.#chevrons();
  }

  /** Ways on: to other pages, or along a strip that does not fit. */
  #chevrons() {
    const strip = this.#strip;
    const along = strip.classList.contains('strip') && !strip.classList.contains('side');
    const rest = along
      ? strip.scrollWidth - strip.clientWidth - strip.scrollLeft
      : strip.scrollHeight - strip.clientHeight - strip.scrollTop;
    strip.classList.toggle('more', strip.classList.contains('strip') && rest > 8);
    this.#previous.hidden = along ? strip.scrollLeft <= 8 : !this.#more.back;
    this.#next.hidden = along ? rest <= 8 : !this.#more.on;
    for (const button of [this.#previous, this.#next]) {
      button.classList.toggle('along', along);
      button.style.top = along ? `${strip.offsetTop + strip.offsetHeight / 2 - 20}px` : 'calc(50% - 20px)';
    }
  }

  /** One stop for the keyboard; arrows walk. @param {HTMLElement[]} elements */
  #focusable(elements) {
    const stop = elements.find(e => e === document.activeElement) ?? elements[0];
    elements.forEach(e => (e.tabIndex = e === stop ? 0 : -1));
  }

  /** People whose tiles are to be seen now. */
  get shown() {
    return new Set((this.#seen ?? []).flatMap(s => (s.hidden ? [] : [s.id])));
  }

  #tellSeen() {
    const shown = this.share.shown(this.#shares)?.key;
    /** @type {Seen[]} */
    const seen = this.#shares.map(s => this.#sight(s.id, 'screen', this.share.element, s.key !== shown));
    for (const view of this.#views) {
      const element = this.#tiles.get(view.key)?.element;
      if (element && !view.self) seen.push(this.#sight(view.id, 'camera', element, false));
    }
    if (JSON.stringify(seen) === JSON.stringify(this.#seen)) return;
    this.#seen = seen;
    this.events.seen(seen);
  }

  /**
   * @param {string} id
   * @param {'camera' | 'screen'} source
   * @param {HTMLElement} e
   * @param {boolean} behind another one is shown in its place
   * @returns {Seen}
   */
  #sight(id, source, e, behind) {
    const strip = this.#strip.classList.contains('strip') ? this.#strip : null;
    const hidden = behind || !inSight(e, { strip, covers: this.events.covers() });
    return { id, source, w: e.offsetWidth, h: e.offsetHeight, hidden };
  }

  /** @param {string} sign @param {string} label @param {number} by */
  #turner(sign, label, by) {
    const press = () => {
      const strip = this.#strip;
      if (strip.classList.contains('strip')) strip.scrollBy({ left: by * strip.clientWidth * 0.8, behavior: 'smooth' });
      else this.events.turn(by);
    };
    const look = {
      class: 'btn icon turn',
      type: 'button',
      'aria-label': label,
      title: label,
      hidden: true,
      onclick: press,
    };
    const button = h('button', look, icon(sign));
    button.style.setProperty(by < 0 ? 'left' : 'right', '6px');
    return button;
  }
}

/** @param {HTMLElement} e @param {{ x: number, y: number, w: number, h?: number }} box */
function put(e, { x, y, w, h: height }) {
  const px = {
    left: `${x}px`,
    top: `${y}px`,
    width: `${w}px`,
    height: height === undefined ? '' : `${height}px`,
    order: '',
  };
  Object.assign(e.style, px);
}

/** Seen moving from where it was to where it is now. @param {HTMLElement} e @param {DOMRect} from */
function move(e, from) {
  const to = e.getBoundingClientRect();
  if (!from.width || !to.width || (from.x === to.x && from.y === to.y && from.width === to.width)) return;
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const start = `translate(${from.x - to.x}px, ${from.y - to.y}px) scale(${from.width / to.width}, ${from.height / to.height})`;
  e.animate([{ transform: start }, { transform: 'none' }], MOVE);
}
