import { h, icon } from '../ui/dom.js';

/** @typedef {{ kind: MediaDeviceKind, sign: string, label: string, now: () => string, choose: (id: string) => void }} Choice */

/**
 * The device lists of the preview: there once the browser tells their names.
 * @param {import('../texts/en.js').Texts} texts
 * @param {import('../call/devices.js').Devices} devices
 * @param {import('../settings.js').Settings} settings
 * @param {() => void} test plays something
 */
export function selects(texts, devices, settings, test) {
  const words = texts.ready;
  /** @type {Choice[]} */
  const choices = [
    {
      ...{ kind: 'audioinput', sign: 'mic', label: words.microphone },
      now: () => devices.inputs.microphone.id ?? '',
      choose: id => (settings.set({ microphoneId: id }), void devices.choose('microphone', id)),
    },
    {
      ...{ kind: 'videoinput', sign: 'video', label: words.camera },
      now: () => devices.inputs.camera.id ?? '',
      choose: id => (settings.set({ cameraId: id }), void devices.choose('camera', id)),
    },
    {
      ...{ kind: 'audiooutput', sign: 'volume-2', label: words.speaker },
      now: () => settings.get('speakerId') || 'default',
      choose: id => settings.set({ speakerId: id }),
    },
  ];
  const rows = choices.map(c =>
    row(
      c,
      c.kind === 'audiooutput' ? h('button', { class: 'btn quiet', type: 'button', onclick: test }, words.test) : null,
    ),
  );
  const list = h('div', { class: 'devs' }, ...rows.map(r => r.element));
  /** On phones they stand behind one button. */
  const open = h(
    'button',
    { class: 'btn devs-open', type: 'button', 'aria-expanded': false },
    icon('settings'),
    words.devices,
  );
  open.addEventListener('click', () => open.setAttribute('aria-expanded', String(list.classList.toggle('open'))));
  const element = h('div', { hidden: true }, open, list);
  const update = async () => {
    const all = await devices.list();
    rows.forEach(r => r.fill(all));
    element.hidden = rows.every(r => r.element.hidden);
  };
  return { element, update };
}

/** @param {Choice} choice @param {HTMLElement | null} beside */
function row({ kind, sign, label, now, choose }, beside) {
  const select = h('select', { class: 'input', 'aria-label': label });
  select.addEventListener('change', () => choose(select.value));
  const arrow = beside ? null : icon('chevron-down', 'i-s');
  const element = h(
    'div',
    { class: beside ? 'with-icon test' : 'with-icon', hidden: true },
    icon(sign),
    select,
    beside ?? arrow,
  );
  let drawn = '';
  /** @param {MediaDeviceInfo[]} all */
  const fill = all => {
    const named = all.filter(d => d.kind === kind && d.label);
    element.hidden = named.length === 0;
    const words = JSON.stringify([named.map(d => [d.deviceId, d.label]), now()]);
    if (words === drawn) return;
    drawn = words;
    select.replaceChildren(
      ...named.map(d => h('option', { value: d.deviceId, selected: d.deviceId === now() }, d.label)),
    );
  };
  return { element, fill };
}
