import { live } from '../call/roster.js';
import { Order } from './order.js';

/** @typedef {import('../call/roster.js').Member} Member */
/** @typedef {import('../call/slots.js').Slot} Slot */
/** @typedef {import('../ui/tile.js').TileView} TileView */
/** @typedef {import('../ui/share.js').ShareView} ShareView */
/** @typedef {import('../ui/people.js').PersonRow} PersonRow */
/**
 * What the page is drawn from.
 * @typedef {{ id: string, name: string, muted: boolean, camera: MediaStreamTrack | null, stream: MediaStream | null,
 *   sharing: boolean, reconnecting: boolean }} Self
 */
/**
 * `hands` are raised hands, the first one first; `mark` says how weak somebody's line is, `why` a reason in words, `failing`
 * why a track does not come although everything was tried.
 * @typedef {{ people: Member[], slots: Slot[], self: Self, hands?: string[], capacity: number, nowMs: number,
 *   mark?: (id: string, name: string) => import('../ui/tile.js').Mark | null,
 *   why?: (reason: string, name: string) => string, failing?: (what: 'unseen' | 'unheard', track: string) => string | null }} Scene
 */

/** How long the ring stays after the last sound, and a grey tile after its person went silent. */
export const VOICE_HOLD_MS = 400;
export const AWAY_MS = 3000;

const SPEECHLESS = { mark: () => null, why: () => '', failing: () => null };

/** What is on the stage: which people on which page, in which state. No DOM, no clock of its own. */
export class Meeting {
  page = 0;
  pages = 1;
  /** @type {Map<string, number>} when each voice was heard last */
  #voices = new Map();
  /** @type {string[]} */
  #speaking = [];
  #order = new Order();
  /** @type {string[]} */
  #hands = [];
  /** @type {Required<Pick<Scene, 'mark' | 'why' | 'failing'>>} */
  #words = SPEECHLESS;

  /** @param {string[]} speaking @param {number} nowMs */
  hear(speaking, nowMs) {
    [...this.#speaking, ...speaking].forEach(id => this.#voices.set(id, nowMs));
    this.#speaking = speaking;
  }

  /** @param {string} id @param {number} nowMs */
  heard(id, nowMs) {
    return this.#speaking.includes(id) || nowMs - (this.#voices.get(id) ?? -VOICE_HOLD_MS) < VOICE_HOLD_MS;
  }

  /** @param {number} by */
  turn(by) {
    this.page = Math.min(this.pages - 1, Math.max(0, this.page + by));
  }

  /** @param {Scene} scene */
  show({ people, slots, self, hands = [], capacity, nowMs, ...said }) {
    this.#hands = hands;
    this.#words = { ...SPEECHLESS, ...said };
    const here = people.filter(p => p.awaySince === null || nowMs - p.awaySince < AWAY_MS);
    const ids = this.#order.arrange(here.map(p => p.id));
    const others = ids.length + 1 <= capacity ? Math.max(1, ids.length) : Math.max(1, capacity - 1);
    this.pages = Math.max(1, Math.ceil(ids.length / others));
    this.page = Math.min(this.page, this.pages - 1);
    if (this.pages > 1) this.#order.hear(this.#speaking, others, nowMs);
    const byId = new Map(here.map(p => [p.id, p]));
    const [first, end] = [this.page * others, (this.page + 1) * others];
    const tiles = ids.slice(first, end).map(id => this.#tile(/** @type {Member} */ (byId.get(id)), slots, self, nowMs));
    const elsewhere = [...ids.slice(end), ...ids.slice(0, first)];
    return {
      tiles: [...tiles, this.#self(self, nowMs)],
      shares: here.flatMap(p => share(p, slots, this.#words)),
      elsewhere,
    };
  }

  /** The place of somebody's raised hand in the queue; 0 without. @param {string} id */
  hand(id) {
    return this.#hands.indexOf(id) + 1;
  }

  /**
   * Whether what is shown now changes by itself: a ring or a grey tile that ends.
   * @param {Member[]} people
   * @param {number} nowMs
   */
  restless(people, nowMs) {
    const fading = [...this.#voices].some(
      ([id, at]) => !this.#speaking.includes(id) && nowMs - at < VOICE_HOLD_MS + 50,
    );
    return fading || people.some(p => p.awaySince !== null && nowMs - p.awaySince < AWAY_MS + 50);
  }

  /**
   * @param {Member[]} people
   * @param {Self} self
   * @param {{ you: (name: string) => string, away: string, sharing: string, watching: string }} words
   * @param {number} nowMs
   * @returns {PersonRow[]} you first, then by name
   */
  rows(people, self, words, nowMs) {
    const you = {
      id: self.id,
      label: words.you(self.name),
      name: self.name,
      note: self.sharing ? words.sharing : '',
      microphone: !self.muted,
      camera: self.camera !== null,
      speaking: this.heard(self.id, nowMs),
      away: false,
      hand: this.hand(self.id),
    };
    const others = people.map(p => ({
      id: p.id,
      label: p.name,
      name: p.name,
      note:
        p.state === 'away' ? words.away : live(p, 'screen') ? words.sharing : p.role === 'viewer' ? words.watching : '',
      microphone: live(p, 'microphone') !== null,
      camera: live(p, 'camera') !== null,
      speaking: this.heard(p.id, nowMs),
      away: p.state === 'away',
      hand: this.hand(p.id),
    }));
    return [you, ...others.sort((a, b) => a.name.localeCompare(b.name))];
  }

  /** @param {Member} person @param {Slot[]} slots @param {Self} self @param {number} nowMs @returns {TileView} */
  #tile(person, slots, self, nowMs) {
    const camera = live(person, 'camera');
    const slot = slots.find(s => s.hasVideo && s.participant === person.id && !isScreen(person, s.video)) ?? null;
    const sent = camera !== null && slot?.video === camera.id;
    const { state, note } = this.#state(person, sent ? slot : null, self);
    const lost = state === 'reconnecting';
    return {
      key: person.id,
      id: person.id,
      name: person.name,
      self: false,
      stream: slot?.stream ?? null,
      shows: sent && slot.undecodable === null ? `${slot.slot}:${camera.id}` : null,
      muted: live(person, 'microphone') === null,
      speaking: !lost && this.heard(person.id, nowMs),
      hand: this.hand(person.id),
      mark: lost ? null : this.#words.mark(person.id, person.name),
      note,
      state,
    };
  }

  /**
   * What stands on a tile, the most important first: who cannot be heard is missed more than who cannot be seen.
   * @param {Member} person
   * @param {Slot | null} slot that their picture is sent in
   * @param {Self} self
   * @returns {Pick<TileView, 'state' | 'note'>}
   */
  #state(person, slot, self) {
    const { why, failing } = this.#words;
    if (person.state === 'away' || self.reconnecting) return { state: 'reconnecting', note: '' };
    const unheard = failing('unheard', live(person, 'microphone')?.id ?? '');
    if (unheard !== null) return { state: 'unheard', note: unheard };
    if (!slot) return { state: '', note: '' };
    if (slot.undecodable !== null) return { state: 'undecodable', note: '' };
    if (slot.paused !== null) return { state: 'paused', note: why(slot.paused, person.name) };
    const unseen = failing('unseen', slot.video ?? '');
    return unseen === null ? { state: '', note: '' } : { state: 'unseen', note: unseen };
  }

  /** @param {Self} self @param {number} nowMs @returns {TileView} */
  #self(self, nowMs) {
    return {
      key: 'self',
      id: self.id,
      name: self.name,
      self: true,
      stream: self.camera ? self.stream : null,
      shows: self.camera ? self.camera.id : null,
      muted: self.muted,
      speaking: !self.muted && this.heard(self.id, nowMs),
      hand: this.hand(self.id),
      mark: self.reconnecting ? null : this.#words.mark(self.id, self.name),
      note: '',
      state: '',
    };
  }
}

/** @param {Member} person @param {string | null} track */
const isScreen = (person, track) => person.tracks.some(t => t.id === track && t.source === 'screen');

/** @param {Member} person @param {Slot[]} slots @param {Pick<Required<Scene>, 'why' | 'failing'>} words @returns {ShareView[]} */
function share(person, slots, { why, failing }) {
  const screen = live(person, 'screen');
  const slot = screen && slots.find(s => s.video === screen.id);
  if (!slot) return [];
  const paused = slot.paused === null ? null : why(slot.paused, person.name);
  const unseen = failing('unseen', screen.id);
  return [{ key: `${person.id}:screen`, id: person.id, name: person.name, stream: slot.stream, paused, unseen }];
}

/**
 * Slots whose sound nobody plays on the stage: voices without a tile, and people on other pages.
 * @param {Slot[]} slots
 * @param {Set<MediaStream>} playing
 */
export const unseen = (slots, playing) => slots.filter(s => s.audio !== null && !playing.has(s.stream));
