// Wiring: which page stands where, and what leads from one to another.
import { Devices } from './call/devices.js';
import { Screen } from './call/screen.js';
import { Entrance } from './entering.js';
import { MeetingPage } from './meeting/view.js';
import { Refused } from './protocol/signal.js';
import { verdict } from './ready/model.js';
import { ReadyPage } from './ready/view.js';
import { nameFault, roomOf, roomPath } from './rooms/model.js';
import { startPage } from './rooms/view.js';
import { recall, remember } from './session-memory.js';
import { Settings, storageOf } from './settings.js';
import { texts } from './texts/en.js';
import { themeButton } from './theme-button.js';
import { deviceTrouble, endPage } from './troubles.js';
import { openDialog } from './ui/dialog.js';
import { brand, h, icon } from './ui/dom.js';
import { Live } from './ui/live.js';
import { statePage } from './ui/state-page.js';
import { Toasts } from './ui/toast.js';

/** @typedef {import('./call/call.js').Call} Call */
/** @typedef {import('./entering.js').Wish} Wish */
/** @typedef {{ nameTaken?: (text: string) => void }} Form the page that a wish came from */

const RELOADED = 'parley.reloaded';
/** @type {('microphone' | 'camera')[]} */
const DEVICES = ['microphone', 'camera'];

class App {
  settings = new Settings(storageOf('localStorage'));
  devices = new Devices();
  screen = new Screen();
  toasts = new Toasts();
  live = new Live();
  root = /** @type {HTMLElement} */ (document.getElementById('page'));
  url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;
  entrance = new Entrance({ url: this.url, devices: this.devices, storage: storageOf('localStorage') });
  /** @type {Call | null} */
  call = null;
  /** @type {{ close?: () => void } | null} */
  #page = null;

  start() {
    document.body.append(this.live.element);
    for (const device of DEVICES) {
      this.devices.inputs[device].wanted = this.settings.get(device);
      this.devices.inputs[device].id = this.settings.get(`${device}Id`) || null;
    }
    addEventListener('popstate', () => this.route());
    addEventListener('online', () => this.call?.place.hurry());
    addEventListener('pagehide', () => this.#remember());
    this.devices.on('track', ({ device, track, muted }) => {
      this.call?.send(device, track, muted).catch(() => this.#springBack(device));
    });
    globalThis.parleyStats = () => this.call?.peer.stats ?? null;
    if (typeof RTCPeerConnection !== 'function' || !('replaceTrack' in RTCRtpSender.prototype)) return this.#tooOld();
    const memory = recall(storageOf('sessionStorage'));
    if (!memory || roomOf(location.pathname) !== memory.room) return this.route();
    DEVICES.forEach(d => (this.devices.inputs[d].wanted = memory[d]));
    this.ready(memory.room);
    this.enter(memory, {});
  }

  route() {
    this.#end();
    const room = roomOf(location.pathname);
    if (room) this.ready(room);
    else this.home();
    setTimeout(() => this.entrance.prepare(), 50);
  }

  /** @param {string} path */
  go(path) {
    if (location.pathname !== path) history.pushState(null, '', path);
    this.route();
  }

  home(room = '') {
    const { settings } = this;
    const [name, microphone, camera] = [settings.get('name'), settings.get('microphone'), settings.get('camera')];
    const page = startPage(
      { texts, room, name, microphone, camera },
      {
        join: wish => this.enter(wish, page),
        check: wish => this.go(roomPath(wish.room)),
        warm: () => this.entrance.warm(),
      },
    );
    this.#show(texts.start.title, this.#top(null), page.element, {});
    page.focus();
  }

  /** The preview. @param {string} room */
  async ready(room) {
    const { devices, settings } = this;
    const fault = (/** @type {string} */ name) => {
      const found = nameFault(name);
      return found && texts.field[found];
    };
    const page = new ReadyPage(
      { texts, room, name: settings.get('name'), devices, settings, nameFault: fault },
      {
        join: name => this.enter({ room, name }, page),
        watch: name => this.enter({ room, name, watch: true }, page),
        warm: () => this.entrance.warm(),
        trouble: (trouble, name) => this.trouble(trouble, { room, name }),
      },
    );
    this.#show(texts.ready.title(room), this.#top(texts.ready.back), page.element, page);
    page.focus();
    if (await this.#granted()) await devices.open();
  }

  /** A device stands in the way: its own page. @param {import('./troubles.js').Trouble} trouble @param {Wish} wish */
  trouble(trouble, wish) {
    const { devices } = this;
    const says = deviceTrouble(texts, trouble, {
      watch: () => (wish.name ? this.enter({ ...wish, watch: true }, {}) : this.#watchNameless(wish.room)),
      again: () => void devices.open(),
      secure: () => location.assign(`https://${location.host}${location.pathname}`),
      host: location.host,
    });
    const stop = devices.on('change', () => verdict(devices.inputs).page === null && this.ready(wish.room));
    this.#show(says.title, this.#top(texts.ready.back), statePage(says), { close: stop });
  }

  /**
   * Into the room. Where the browser asks nothing, devices open while the server answers; else they come first, because
   * their absence is a decision.
   * @param {Wish} wish
   * @param {Form} form
   */
  async enter(wish, form) {
    const { devices, settings } = this;
    settings.set({ name: wish.name });
    if (wish.watch) DEVICES.forEach(d => void devices.want(d, false));
    const opening = devices.open();
    if (!(await this.#granted())) await opening;
    const { page } = verdict(devices.inputs);
    if (page) return this.trouble(page, wish);
    const call = await this.entrance.open(wish);
    call.on('entered', () => this.#inside(call));
    call.on('ended', end => this.#ended(call, end));
    try {
      this.call = call;
      await call.join();
    } catch (cause) {
      if (this.call === call) this.#refused(cause, wish, form);
    }
  }

  /** @param {Call} call */
  #inside(call) {
    if (this.#page instanceof MeetingPage) return;
    const { room } = call.entry;
    if (location.pathname !== roomPath(room)) history.pushState(null, '', roomPath(room));
    storageOf('sessionStorage')?.removeItem(RELOADED);
    const { devices, screen, settings, toasts, live } = this;
    const link = location.origin + roomPath(room);
    const chooseTheme = (/** @type {'system' | 'light' | 'dark'} */ theme) => this.#theme(theme);
    const page = new MeetingPage({ call, devices, screen, settings, texts, toasts, live, link, chooseTheme });
    this.#page?.close?.();
    this.#page = page;
    this.root.replaceChildren(page.element);
    /** @type {HTMLElement} */ (page.element.querySelector('.bar h1')).focus({ preventScroll: true });
  }

  /** @param {Call} call @param {{ reason: string, code: string }} end */
  #ended(call, { reason, code }) {
    if (this.call !== call) return;
    const { room, name } = call.entry;
    this.#end();
    const minutes = Math.max(1, Math.round((Date.now() - call.joinedAt) / 60_000));
    const again = () => void this.enter({ room, name }, {});
    const says = endPage(
      texts,
      { reason, code, room, minutes, people: call.peopleMost },
      {
        again,
        warm: () => this.entrance.warm(),
        rooms: () => this.go('/'),
        move: () => void this.enter({ room, name, replace: true }, {}),
        reload: () => location.reload(),
      },
    );
    this.#show(says.title, this.#top(texts.ready.back), statePage(says), {});
    this.live.say(says.heading);
    this.entrance.prepare();
  }

  /** @param {unknown} cause @param {Wish} wish @param {Form} form */
  #refused(cause, wish, form) {
    const call = this.call;
    const code = cause instanceof Refused ? cause.code : 'failed';
    this.call = null;
    call?.peer.close();
    setTimeout(() => this.entrance.prepare());
    if (code === 'name_taken') return this.#nameTaken(wish, form);
    if (code === 'already_here') return this.#alreadyHere(wish, form);
    if (code === 'gone' && wish.resume) return void this.enter({ ...wish, resume: null }, form);
    if (code === 'upgrade_required' && !storageOf('sessionStorage')?.getItem(RELOADED)) {
      storageOf('sessionStorage')?.setItem(RELOADED, '1');
      return location.reload();
    }
    this.call = call;
    if (call) this.#ended(call, { reason: 'failed', code });
  }

  /** @param {Wish} wish @param {Form} form */
  async #nameTaken(wish, form) {
    const text = texts.field.nameTaken(wish.name);
    if (form.nameTaken) return form.nameTaken(text);
    const page = await this.ready(wish.room);
    if (this.#page instanceof ReadyPage) this.#page.nameTaken(text);
    return page;
  }

  /** @param {Wish} wish @param {Form} form */
  #alreadyHere(wish, form) {
    const words = texts.here;
    const move = { label: words.move, primary: true, act: () => void this.enter({ ...wish, replace: true }, form) };
    openDialog(words.heading, [h('p', { class: 'text' }, words.text)], [{ label: words.stay }, move]);
  }

  /** Somebody watches who has said no name yet. @param {string} room */
  #watchNameless(room) {
    DEVICES.forEach(d => void this.devices.want(d, false));
    this.ready(room);
  }

  async #granted() {
    const { devices } = this;
    const wanted = DEVICES.filter(d => devices.inputs[d].wanted && devices.inputs[d].state !== 'on');
    const granted = await Promise.all(wanted.map(d => devices.granted(d)));
    return granted.every(Boolean);
  }

  /** The call is over for this page: nothing of it stays open. */
  #end() {
    const call = this.call;
    this.call = null;
    call?.leave();
    this.screen.stop();
    if (call) this.devices.close();
  }

  /** @param {'microphone' | 'camera'} device */
  #springBack(device) {
    this.devices.want(device, this.devices.muted(device));
    this.toasts.show(texts.call.refused);
  }

  #remember() {
    const { call, devices } = this;
    if (!call || call.state === 'ended' || !call.self) return;
    const { room, name } = call.entry;
    const [microphone, camera] = [devices.inputs.microphone.wanted, devices.inputs.camera.wanted];
    remember(storageOf('sessionStorage'), { room, name, resume: call.place.resumeToken, microphone, camera });
  }

  #tooOld() {
    const words = texts.old;
    const copy = { label: words.copy, icon: 'copy', act: () => void navigator.clipboard?.writeText(location.href) };
    this.#show(words.title, this.#top(null), statePage({ ...words, icon: 'app-window', main: copy }), {});
  }

  /** @param {'system' | 'light' | 'dark'} theme */
  #theme(theme) {
    this.settings.set({ theme });
    globalThis.applyTheme(theme);
  }

  /** @param {string | null} back what the way to the start page is called */
  #top(back) {
    const home = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.go('/');
    };
    const { settings } = this;
    const theme = themeButton(
      texts,
      () => settings.get('theme'),
      chosen => this.#theme(chosen),
    );
    const way = back ? h('a', { class: 'btn quiet end', href: '/', onclick: home }, icon('arrow-left'), back) : null;
    return h('header', { class: 'top' }, brand(texts.product, home), h('span', { class: 'grow' }), theme, way);
  }

  /** @param {string} title @param {HTMLElement} top @param {HTMLElement} main @param {{ close?: () => void }} page */
  #show(title, top, main, page) {
    this.#page?.close?.();
    this.#page = page;
    document.title = title;
    this.root.replaceChildren(top, main, this.toasts.element);
    /** @type {HTMLElement | null} */ (main.querySelector('h1'))?.focus({ preventScroll: true });
  }
}

new App().start();
