import { h, icon } from './dom.js';

/** A line of a table: a name, and what is known of it under each further heading. @typedef {{ name: string, cells: string[] }} Row */
/** @typedef {{ heading: string, facts: [string, string][], columns: string[], rows: Row[] }} Part */
/** @typedef {{ heading: string, close: string, copy: string, none: string, waiting: string }} StatisticsWords */

/** Figures of the call over a corner of the stage, for those who want to know; they change each second while it is open. */
export class StatisticsPanel {
  #parts = h('div', { class: 'figures', tabIndex: 0, role: 'group' });
  element = h('section', { class: 'statistics', hidden: true });

  /** @param {StatisticsWords} words @param {{ close: () => void, copy: () => void }} act */
  constructor(words, act) {
    this.words = words;
    this.closeButton = h(
      'button',
      { class: 'btn icon quiet', type: 'button', 'aria-label': words.close, title: words.close, onclick: act.close },
      icon('x'),
    );
    this.element.setAttribute('aria-label', words.heading);
    this.#parts.setAttribute('aria-label', words.heading);
    const copy = h('button', { class: 'btn', type: 'button', onclick: act.copy }, icon('copy'), words.copy);
    this.element.append(
      h('header', {}, h('h2', { class: 'grow' }, words.heading), copy, this.closeButton),
      this.#parts,
    );
    this.element.addEventListener('keydown', e => e.key === 'Escape' && (e.stopPropagation(), act.close()));
    this.clear();
  }

  get open() {
    return !this.element.hidden;
  }

  /** @param {boolean} open */
  show(open) {
    this.element.hidden = !open;
    this.clear();
    if (open) this.closeButton.focus();
  }

  clear() {
    this.#parts.replaceChildren(h('p', { class: 'muted' }, this.words.waiting));
  }

  /** @param {Part[]} parts */
  update(parts) {
    this.#parts.replaceChildren(
      ...parts.map(({ heading, facts, columns, rows }) =>
        h(
          'section',
          {},
          h('h3', {}, heading),
          facts.length ? factList(facts) : rows.length ? table(heading, columns, rows) : this.#nothing(),
        ),
      ),
    );
  }

  #nothing() {
    return h('p', { class: 'muted' }, this.words.none);
  }
}

/** @param {[string, string][]} facts */
const factList = facts =>
  h('dl', {}, ...facts.map(([what, value]) => h('div', {}, h('dt', {}, what), h('dd', { class: 'num' }, value))));

/** @param {string} heading @param {string[]} columns @param {{ name: string, cells: string[] }[]} rows */
const table = (heading, columns, rows) =>
  h(
    'table',
    { 'aria-label': heading },
    h('thead', {}, h('tr', {}, ...columns.map(c => h('th', { scope: 'col' }, c)))),
    h(
      'tbody',
      {},
      ...rows.map(({ name, cells }) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row', dir: 'auto', title: name }, name),
          ...cells.map((c, i) => h('td', { class: 'num', 'data-head': columns[i + 1] }, c)),
        ),
      ),
    ),
  );
