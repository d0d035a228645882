import { Bar } from '../ui/bar.js';
import { h } from '../ui/dom.js';
import { listenToKeys } from '../ui/keys.js';
import { People } from '../ui/people.js';
import { Playback } from '../ui/playback.js';
import { Stage } from '../ui/stage.js';
import { actions, keys } from './actions.js';
import { announce } from './announce.js';
import { Banner } from './banner.js';
import { barView } from './bar-view.js';
import { aloneCard, ownShareCard } from './cards.js';
import { Figures } from './figures.js';
import { Looking } from './looking.js';
import { Meeting, unseen } from './model.js';
import { hintWhileMuted } from './own-voice.js';
import { Talking } from './talking.js';
import { Voices } from './voices.js';

/** What is to be sent at most to somebody who saves data: the voices, and small pictures. */
const SAVER_BPS = 300_000;

/**
 * @typedef {{ call: import('../call/call.js').Call, devices: import('../call/devices.js').Devices,
 *   screen: import('../call/screen.js').Screen, settings: import('../settings.js').Settings,
 *   texts: import('../texts/en.js').Texts, toasts: import('../ui/toast.js').Toasts, live: import('../ui/live.js').Live,
 *   link: string, chooseTheme: (theme: 'system' | 'light' | 'dark') => void }} Parts
 */

/** The call page: what the model says is drawn, what is pressed is done. */
export class MeetingPage {
  #meeting = new Meeting();
  #drawing = false;
  #closed = false;
  #cameras = 0;
  /** @type {{ track: MediaStreamTrack | null, stream: MediaStream | null }} */
  #own = { track: null, stream: null };
  /** @type {(() => void)[]} */
  #ends = [];

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    const { call, devices, screen, settings, texts, toasts, live, link } = parts;
    const words = { ...texts.call, tile: texts.tile, share: texts.tile };
    const act = actions(parts, this);
    this.playback = new Playback(() => ((call.healing.blocked = this.playback.blocked), this.draw()));
    this.playback.useSpeaker(settings.get('speakerId'));
    this.ownCard = ownShareCard(texts, () => screen.stop());
    this.looking = new Looking(call);
    const cards = { alone: aloneCard(texts, link, act.invite), own: this.ownCard.element };
    const events = {
      resized: () => this.draw(),
      seen: (/** @type {import('../ui/stage.js').Seen[]} */ seen) => this.looking.page(seen),
      covers: () => [this.people.element, this.talking.panel.element],
      turn: (/** @type {number} */ by) => this.turn(by),
    };
    this.stage = new Stage(words, this.playback, events, cards);
    this.banner = new Banner(texts, () => this.playback.playAll());
    this.bar = new Bar(texts.call, act);
    this.people = new People(texts.people, { close: act.people, copy: act.invite });
    this.talking = new Talking(parts, {
      changed: () => this.draw(),
      close: () => this.toggle('chat'),
      burst: (id, image) => this.stage.burst(id, image),
    });
    this.figures = new Figures(parts, {
      changed: () => this.draw(),
      shown: () => this.stage.shown,
      closed: () => (this.draw(), this.bar.more.focus()),
    });
    this.voices = new Voices(this.playback);
    this.stage.element.append(this.banner.element, toasts.element, this.figures.panel.element);
    this.element = this.#page(texts);
    this.#ends = [
      call.on('change', () => this.draw()),
      call.on('state', () => this.draw()),
      call.on('speakers', speaking => (this.#meeting.hear(speaking, performance.now()), this.draw())),
      devices.on('change', () => (this.#count(), this.draw())),
      screen.on('change', () => this.#shared()),
      announce(call, texts, toasts, live),
      hintWhileMuted(devices, unmute =>
        toasts.show(texts.call.youAreMuted, { label: texts.call.unmute, action: unmute }),
      ),
      listenToKeys(
        keys(
          act,
          devices,
          by => this.turn(by),
          () => (this.bar.react.offsetParent ? this.bar.react : this.bar.more),
        ),
        () => settings.get('letters'),
      ),
    ];
    this.saveData();
    const second = setInterval(() => this.draw(), 1000);
    this.#ends.push(() => clearInterval(second));
    this.#count();
    this.draw();
  }

  close() {
    this.#closed = true;
    favicon(false);
    this.#ends.forEach(end => end());
    this.looking.close();
    this.figures.close();
    this.talking.close();
    this.voices.close();
  }

  /** Draws soon; however many things changed together, once. Not bound to frames: a hidden page must be heard too. */
  draw() {
    if (this.#drawing || this.#closed) return;
    this.#drawing = true;
    queueMicrotask(() => {
      this.#drawing = false;
      if (!this.#closed) this.#draw();
    });
  }

  /** Less data both ways, or as much as is good. */
  saveData() {
    this.parts.call.saveData(this.parts.settings.get('dataSaver') ? SAVER_BPS : null);
  }

  #mark = (/** @type {string} */ id, /** @type {string} */ name) => this.figures.mark(id, name);

  /** @param {string} reason as the server has it @param {string} name */
  #why = (reason, name) => {
    const { weak, saves } = this.parts.texts.tile;
    if (reason === 'your_line') return this.parts.settings.get('dataSaver') ? saves : weak.yours(name);
    return reason === 'their_line' ? weak.theirs(name) : '';
  };

  #failing = (/** @type {'unseen' | 'unheard'} */ what, /** @type {string} */ track) => {
    const why = this.parts.call.healing.why(track);
    return why && this.parts.texts.tile.failing[what][why];
  };

  /** @param {import('../texts/en.js').Texts} texts */
  #page(texts) {
    const skip = h(
      'a',
      {
        class: 'btn primary skip',
        href: '#call-controls',
        onclick: (/** @type {Event} */ e) => (e.preventDefault(), this.bar.microphone.focus()),
      },
      texts.skip,
    );
    return h(
      'div',
      { class: 'call' },
      skip,
      this.bar.head,
      this.stage.element,
      this.people.element,
      this.talking.panel.element,
      this.bar.element,
      this.voices.element,
    );
  }

  #draw() {
    const { call, screen, texts } = this.parts;
    const nowMs = performance.now();
    const self = this.#self();
    const people = call.roster.list();
    const slots = call.slots.taken();
    const meeting = this.#meeting;
    const { hands } = call.talk;
    const { capacity } = this.stage;
    const more = { mark: this.#mark, why: this.#why, failing: this.#failing };
    const { tiles, shares, elsewhere } = meeting.show({ people, slots, self, hands, capacity, nowMs, ...more });
    this.looking.elsewhere(elsewhere);
    this.stage.show(tiles, shares, {
      back: meeting.page > 0,
      on: meeting.page < meeting.pages - 1,
      alone: people.length === 0 && call.state === 'connected',
      ownShare: screen.stream !== null,
    });
    this.voices.play(unseen(slots, this.stage.playing()));
    this.banner.update({ reconnecting: self.reconnecting, blocked: this.playback.blocked, nowMs });
    if (!this.people.element.hidden) this.people.update(meeting.rows(people, self, texts.people, nowMs), call.viewers);
    this.#drawBar();
    document.title = this.talking.titled(texts.call.title(call.entry.room, call.people));
    favicon(!self.muted);
    if (meeting.restless(people, nowMs)) setTimeout(() => this.draw(), 100);
  }

  #drawBar() {
    const { call } = this.parts;
    const { page, pages } = this.#meeting;
    this.bar.update(
      barView(this.parts, {
        ...{ page, pages, cameras: this.#cameras, hand: this.#meeting.hand(call.self) },
        peopleOpen: !this.people.element.hidden,
        chatOpen: this.talking.panel.open,
        unread: this.talking.chat.unread,
      }),
    );
  }

  /** @returns {import('./model.js').Self} */
  #self() {
    const { call, devices, screen } = this.parts;
    const camera = devices.inputs.camera.track;
    if (camera !== this.#own.track) this.#own = { track: camera, stream: camera && new MediaStream([camera]) };
    return {
      id: call.self,
      name: call.entry.name,
      muted: devices.muted('microphone'),
      camera,
      stream: this.#own.stream,
      sharing: screen.stream !== null,
      reconnecting: call.state === 'reconnecting',
    };
  }

  /** @param {number} by */
  turn(by) {
    this.#meeting.turn(by);
    this.draw();
  }

  /** Opens a panel, or closes it; there is one at a time. @param {'people' | 'chat'} which */
  toggle(which) {
    const { people, bar, stage } = this;
    const { panel } = this.talking;
    const opens = which === 'people' ? people.element.hidden : !panel.open;
    stage.glide();
    people.element.hidden = !(opens && which === 'people');
    panel.hide();
    this.draw();
    if (opens && which === 'chat') panel.show();
    else if (opens) people.closeButton.focus();
    else if (which === 'chat') bar.chat.focus();
    else (bar.people.offsetParent ? bar.people : bar.headPeople).focus();
  }

  async switchCamera() {
    const { devices } = this.parts;
    const cameras = (await devices.list()).filter(d => d.kind === 'videoinput');
    const now = cameras.findIndex(c => c.deviceId === devices.inputs.camera.id);
    await devices.choose('camera', cameras[(now + 1) % cameras.length].deviceId);
  }

  async #shared() {
    const { call, screen, live, texts } = this.parts;
    const { video } = this.ownCard;
    video.srcObject = screen.video && new MediaStream([screen.video]);
    live.say(screen.stream ? texts.said.youShare : texts.said.youStopped);
    this.draw();
    await Promise.all([
      call.send('screen', screen.video, screen.video === null),
      call.send('screen-audio', screen.audio, screen.audio === null),
    ]).catch(() => screen.stop());
  }

  async #count() {
    this.#cameras = (await this.parts.devices.list()).filter(d => d.kind === 'videoinput').length;
  }
}

/** A red dot in the tab while the microphone is on. @param {boolean} hot */
function favicon(hot) {
  const link = /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel="icon"]'));
  const href = hot ? '/favicon-live.svg' : '/favicon.svg';
  if (link && link.getAttribute('href') !== href) link.href = href;
}
