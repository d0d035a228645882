import { Level } from '../call/level.js';
import { avatar } from '../ui/avatar.js';
import { whileBusy } from '../ui/busy.js';
import { h, icon, redraw } from '../ui/dom.js';
import { field } from '../ui/field.js';
import { chime } from './chime.js';
import { asking, untouched, verdict } from './model.js';
import { selects } from './selects.js';

const LEVEL_STEPS = 7;

/** @typedef {import('../call/devices.js').Devices} Devices */
/** @typedef {import('../texts/en.js').Texts} Texts */
/**
 * @typedef {{ texts: Texts, room: string, name: string, devices: Devices, settings: import('../settings.js').Settings,
 *   nameFault: (name: string) => string | null }} Shown
 */
/**
 * @typedef {{ join: (name: string) => Promise<void>, watch: (name: string) => Promise<void>, warm: () => void,
 *   trouble: (page: 'none' | 'denied' | 'busy' | 'insecure', name: string) => void }} ReadyActions
 */

/** The page before a call: how you look and sound, who you are, and one button. */
export class ReadyPage {
  #level = new Level();
  #drop;
  #timer;
  /** @type {MediaStreamTrack | null} */
  #heard = null;

  /** @param {Shown} shown @param {ReadyActions} act */
  constructor(shown, act) {
    this.shown = shown;
    this.act = act;
    const { texts, devices, settings } = shown;
    const words = texts.ready;
    this.names = field({
      label: words.name,
      name: 'name',
      value: shown.name,
      placeholder: texts.start.nameHint,
      autocomplete: 'name',
      check: shown.nameFault,
    });
    this.picture = h('video', { class: 'pic', muted: true, autoplay: true, playsInline: true, hidden: true });
    this.empty = h('div', { class: 'empty with-ctls' });
    this.line = h('p', { class: 'note warn', hidden: true });
    this.bars = Array.from({ length: LEVEL_STEPS }, () => h('i'));
    this.meter = h(
      'span',
      { class: 'level', role: 'meter', 'aria-label': words.level, 'aria-valuemin': 0, 'aria-valuemax': LEVEL_STEPS },
      ...this.bars,
    );
    this.microphone = this.#control('microphone', 'mic');
    this.camera = this.#control('camera', 'video');
    this.selects = selects(texts, devices, settings, () => chime(settings.get('speakerId')));
    this.join = h('button', { class: 'btn primary big', onpointerdown: act.warm }, words.join);
    this.element = this.#draw();
    this.#drop = devices.on('change', () => this.update());
    this.#timer = setInterval(() => this.#showLevel(), 80);
    this.update();
  }

  close() {
    this.#drop();
    clearInterval(this.#timer);
    this.#level.stop();
    this.picture.srcObject = null;
  }

  focus() {
    if (!this.names.input.value) this.names.input.focus({ preventScroll: true });
  }

  /** @param {string} text */
  nameTaken(text) {
    this.names.say(text);
    this.names.input.focus();
  }

  update() {
    const { devices, texts } = this.shown;
    const { page, line } = verdict(devices.inputs);
    if (page) return this.act.trouble(page, this.names.input.value);
    const { camera, microphone } = devices.inputs;
    const stream = /** @type {MediaStream | null} */ (this.picture.srcObject);
    if (camera.track !== (stream?.getVideoTracks()[0] ?? null)) {
      this.picture.srcObject = camera.track && new MediaStream([camera.track]);
    }
    this.picture.hidden = camera.track === null;
    this.empty.hidden = camera.track !== null;
    this.empty.replaceChildren(...this.#emptyWords());
    this.line.hidden = line === null;
    this.line.replaceChildren(icon('triangle-alert'), h('span', { class: 'grow' }, line ? texts.ready[line] : ''));
    this.#toggle(this.microphone, 'mic', !devices.muted('microphone'), texts.call.microphoneTip);
    this.#toggle(this.camera, 'video', !devices.muted('camera'), texts.call.cameraTip);
    this.meter.hidden = microphone.track === null;
    if (microphone.track !== this.#heard) this.#level.listen(microphone.track);
    this.#heard = microphone.track;
    this.selects.update();
  }

  #draw() {
    const { texts, room } = this.shown;
    const words = texts.ready;
    const watch = h(
      'button',
      { class: 'btn quiet', type: 'button', onclick: () => this.#enter(watch, this.act.watch) },
      words.watch,
    );
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#enter(this.join, this.act.join);
    };
    return h(
      'main',
      { class: 'page ready' },
      h(
        'section',
        { class: 'preview', 'aria-label': words.picture },
        this.picture,
        this.empty,
        h('span', { class: 'name' }, words.you),
        this.meter,
        h('div', { class: 'ctls' }, this.microphone, this.camera),
      ),
      h(
        'form',
        { class: 'side', noValidate: true, onsubmit: submit },
        h('div', {}, h('p', { class: 'muted over' }, words.over), h('h1', { dir: 'auto', tabIndex: -1 }, room)),
        this.names.element,
        this.line,
        this.selects.element,
        h('div', { class: 'acts-col' }, this.join, watch),
      ),
    );
  }

  /** @param {HTMLButtonElement} button @param {(name: string) => Promise<void>} enter */
  #enter(button, enter) {
    if (this.names.valid()) whileBusy(button, () => enter(this.names.input.value.trim()));
  }

  #emptyWords() {
    const { devices, texts } = this.shown;
    const words = texts.ready;
    if (asking(devices.inputs)) return [h('span', { class: 'spin' }), h('span', { class: 'late' }, words.asking)];
    if (untouched(devices.inputs)) {
      const open = () => void devices.open();
      return [
        h('button', { class: 'btn line', type: 'button', onclick: open }, icon('video'), words.turnOn),
        h('span', {}, words.asksFirst),
      ];
    }
    return [avatar(this.names.input.value || '?'), h('span', {}, words.cameraOff)];
  }

  /** @param {'microphone' | 'camera'} device @param {string} sign */
  #control(device, sign) {
    const { devices, settings, texts } = this.shown;
    const press = () => {
      const on = devices.muted(device) || devices.inputs[device].state === 'off';
      settings.set({ [device]: on });
      devices.want(device, on);
    };
    return h('button', { class: 'ctl', type: 'button', 'aria-label': texts.ready[device], onclick: press }, icon(sign));
  }

  /** @param {HTMLElement} button @param {string} sign @param {boolean} on @param {(on: boolean) => string} tip */
  #toggle(button, sign, on, tip) {
    redraw(/** @type {Element} */ (button.querySelector('svg')), on ? sign : `${sign}-off`);
    button.classList.toggle('off', !on);
    button.setAttribute('aria-pressed', String(on));
    button.title = tip(on);
  }

  #showLevel() {
    const on = this.shown.devices.muted('microphone') ? 0 : Math.round(this.#level.now() * LEVEL_STEPS);
    this.bars.forEach((bar, i) => bar.classList.toggle('on', i < on));
    this.meter.setAttribute('aria-valuenow', String(on));
  }
}
