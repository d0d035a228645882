import { whileBusy } from '../ui/busy.js';
import { h, icon } from '../ui/dom.js';
import { field } from '../ui/field.js';
import { bars } from '../ui/tile.js';
import { nameFault, roomFault } from './model.js';

/** @typedef {import('../texts/en.js').Texts} Texts */
/** @typedef {{ room: string, name: string }} Wish */

/**
 * The start page: name a room, meet there.
 * @param {{ texts: Texts, name: string, microphone: boolean, camera: boolean, room?: string }} shown
 * @param {{ join: (wish: Wish) => Promise<void>, check: (wish: Wish) => void, warm: () => void }} act
 */
export function startPage({ texts, name, microphone, camera, room = '' }, act) {
  const words = texts.start;
  const fault = (/** @type {import('./model.js').Fault | null} */ f) => f && texts.field[f];
  const rooms = field({
    label: words.room,
    name: 'room',
    value: room,
    autocomplete: 'off',
    check: v => fault(roomFault(v)),
  });
  const names = field({
    label: words.name,
    name: 'name',
    value: name,
    placeholder: words.nameHint,
    autocomplete: 'name',
    check: v => fault(nameFault(v)),
  });
  const wish = () => ({ room: rooms.input.value.trim(), name: names.input.value.trim() });
  const join = h('button', { class: 'btn primary big', onpointerdown: act.warm }, words.join);
  const check = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (rooms.valid()) act.check(wish());
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const [nameRight, roomRight] = [names.valid(), rooms.valid()];
    if (nameRight && roomRight) whileBusy(join, () => act.join(wish()));
  };
  const hint = h(
    'p',
    { class: 'small' },
    words.devices(camera, microphone),
    ' ',
    h('a', { href: '/', onclick: check }, words.check),
  );
  const form = h(
    'form',
    { class: 'join', noValidate: true, onsubmit: submit },
    rooms.element,
    names.element,
    join,
    hint,
  );
  const heading = [h('h1', { tabIndex: -1 }, words.heading), h('p', { class: 'lead' }, words.lead)];
  const element = h('main', { class: 'page start' }, h('section', {}, ...heading, form), scene());
  /** @type {(text: string) => void} */
  const nameTaken = text => {
    names.say(text);
    names.input.focus();
  };
  return { element, nameTaken, focus: () => (name ? rooms : rooms.input.value ? names : rooms).input.focus() };
}

/** A picture of a call, drawn with the parts of one: five people whom nobody knows. */
function scene() {
  const people = [
    { hue: 136, wide: true, sign: bars(), width: 62, speaking: true },
    { hue: 240, wide: true, sign: null, width: 48, speaking: false },
    { hue: 32, wide: false, sign: icon('mic-off'), width: 30, speaking: false },
    { hue: 300, wide: false, sign: null, width: 40, speaking: false },
    { hue: 188, wide: false, sign: icon('mic-off'), width: 34, speaking: false },
  ];
  const tiles = people.map(({ hue, wide, sign, width, speaking }) =>
    h(
      'span',
      { class: `tint${wide ? ' wide' : ''}${speaking ? ' speaking' : ''}`, style: { '--h': hue } },
      h('span', { class: 'avatar' }, icon('user')),
      h('span', { class: 'chip', style: { '--w': `${width}px` } }, sign),
    ),
  );
  return h('div', { class: 'scene', 'aria-hidden': 'true' }, ...tiles);
}
