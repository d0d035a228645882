import { avatar } from './avatar.js';
import { h, icon } from './dom.js';
import { bars } from './tile.js';

const SEARCH_FROM = 10;

/** @typedef {{ id: string, label: string, name: string, note: string, microphone: boolean, camera: boolean, speaking: boolean, away: boolean, hand: number }} PersonRow */
/**
 * @typedef {{ heading: string, close: string, inCall: string, hands: string, search: string, none: string, copy: string, micOn: string,
 *   micOff: string, cameraOn: string, cameraOff: string, viewers: (n: number) => string }} PeopleWords
 */

/** The panel of who is here. */
export class People {
  #list = h('div');
  #drawn = '';
  /** @type {PersonRow[]} */
  #rows = [];
  #viewers = 0;

  /** @param {PeopleWords} words @param {{ close: () => void, copy: () => void }} act */
  constructor(words, act) {
    this.words = words;
    this.search = h('input', { class: 'input', type: 'search', placeholder: words.search, 'aria-label': words.search });
    this.search.addEventListener('input', () => this.#draw());
    this.searchBox = h('div', { class: 'with-icon', hidden: true }, icon('search'), this.search);
    this.closeButton = h(
      'button',
      { class: 'btn icon quiet', type: 'button', 'aria-label': words.close, onclick: act.close },
      icon('x'),
    );
    this.element = h(
      'aside',
      { class: 'panel', hidden: true, 'aria-label': words.heading },
      h('header', {}, h('h2', { class: 'grow' }, words.heading), this.closeButton),
      h('div', { class: 'people' }, this.searchBox, this.#list),
      h(
        'div',
        { class: 'foot' },
        h('button', { class: 'btn', type: 'button', onclick: act.copy }, icon('link'), words.copy),
      ),
    );
    this.element.addEventListener('keydown', e => e.key === 'Escape' && act.close());
  }

  /** @param {PersonRow[]} rows you first @param {number} viewers */
  update(rows, viewers) {
    const words = JSON.stringify([rows, viewers]);
    if (words === this.#drawn) return;
    this.#drawn = words;
    this.#rows = rows;
    this.#viewers = viewers;
    this.#draw();
  }

  #draw() {
    this.searchBox.hidden = this.#rows.length < SEARCH_FROM;
    const wanted = this.searchBox.hidden ? '' : this.search.value.trim().toLocaleLowerCase();
    const rows = this.#rows.filter(r => r.name.toLocaleLowerCase().includes(wanted));
    const hands = rows.filter(r => r.hand).sort((a, b) => a.hand - b.hand);
    this.#list.replaceChildren(
      ...(hands.length ? [h('h3', { class: 'grp' }, this.words.hands), ...hands.map(r => this.#raised(r))] : []),
      h('h3', { class: 'grp' }, this.words.inCall),
      ...rows.map(r => this.#row(r)),
      ...(rows.length ? [] : [h('p', { class: 'none' }, this.words.none)]),
      ...(this.#viewers ? [h('p', { class: 'none' }, this.words.viewers(this.#viewers))] : []),
    );
  }

  /** Whose turn it is. @param {PersonRow} row */
  #raised({ label, name, hand }) {
    const text = h('span', { class: 'grow' }, h('b', { class: 'cut', dir: 'auto' }, label));
    return h(
      'div',
      { class: 'person' },
      avatar(name),
      text,
      h('span', { class: 'hand num' }, icon('hand', 'i-s'), String(hand)),
    );
  }

  /** @param {PersonRow} row */
  #row({ label, name, note, microphone, camera, speaking, away }) {
    const { words } = this;
    const signs = away
      ? []
      : [
          speaking && microphone ? bars() : icon(microphone ? 'mic' : 'mic-off', 'st'),
          icon(camera ? 'video' : 'video-off', 'st'),
          h(
            'span',
            { class: 'vh' },
            `${microphone ? words.micOn : words.micOff}, ${camera ? words.cameraOn : words.cameraOff}`,
          ),
        ];
    const text = h(
      'span',
      { class: 'grow' },
      h('b', { class: 'cut', dir: 'auto' }, label),
      note ? h('span', {}, note) : null,
    );
    return h('div', { class: 'person' }, avatar(name), text, ...signs);
  }
}
