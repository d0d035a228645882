import { h, icon } from './dom.js';

/**
 * A page that says one thing: a neutral picture left; right a title, one or two sentences, at most three hints, one main
 * action and one other.
 * @typedef {{ icon: string, caption: string, soon?: string, heading: string, text?: string, hints?: string[][],
 *   main: Action, other?: Action, details?: string, detailsLabel?: string }} Says
 */
/** @typedef {{ label: string, icon?: string, act: () => void, warm?: () => void }} Action */

/** @param {Says} says */
export function statePage(says) {
  const hints = (says.hints ?? []).map(([sign, bold, text]) =>
    h('li', {}, icon(sign), h('b', {}, bold), h('span', {}, text)),
  );
  return h(
    'main',
    { class: 'page ready says' },
    h(
      'section',
      { class: 'preview' },
      h(
        'div',
        { class: 'empty' },
        h('span', { class: 'ring' }, icon(says.icon)),
        h('b', {}, says.caption),
        says.soon ? h('span', {}, says.soon) : null,
      ),
    ),
    h(
      'div',
      { class: 'side' },
      h('div', {}, h('h1', { tabIndex: -1 }, says.heading), says.text ? h('p', { class: 'text' }, says.text) : null),
      hints.length ? h('ul', { class: 'todo' }, ...hints) : null,
      h(
        'div',
        { class: 'acts-col' },
        action(says.main, 'btn primary big'),
        says.other ? action(says.other, 'btn') : null,
      ),
      says.details
        ? h(
            'details',
            { class: 'small' },
            h('summary', {}, says.detailsLabel),
            h('p', { class: 'small' }, says.details),
          )
        : null,
    ),
  );
}

/** @param {Action} a @param {string} look */
const action = (a, look) =>
  h(
    'button',
    { class: look, type: 'button', onpointerdown: a.warm, onclick: a.act },
    a.icon ? icon(a.icon) : null,
    a.label,
  );
