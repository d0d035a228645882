import { live } from '../call/roster.js';

/** @typedef {import('../call/measures.js').Rates} Rates */
/** @typedef {import('../call/measures.js').Received} Received */
/** @typedef {import('../call/roster.js').Member} Member */
/** @typedef {import('../call/slots.js').Slot} Slot */
/** @typedef {import('./quality.js').Arrival} Arrival */

/** So few packets between two looks are a voice that begins or ends. */
const PACKETS_MIN = 20;

/** What of each person's camera and voice can be judged now: what has been in its slot for the whole time, and is shown. */
export class Arrivals {
  /** @type {Map<number, string>} what was in each slot at the last look */
  #before = new Map();

  /**
   * @param {Rates} rates
   * @param {Slot[]} slots
   * @param {(id: string) => Member | null} member
   * @param {Set<string>} shown whose tiles are to be seen
   * @returns {Arrival[]}
   */
  of({ received }, slots, member, shown) {
    const byMid = new Map(received.map(r => [r.mid, r]));
    const before = this.#before;
    this.#before = new Map(slots.map(s => [s.slot, inside(s, shown)]));
    const arrivals = slots.flatMap(slot => {
      const person = member(slot.participant ?? '');
      if (!person || person.state === 'away' || isScreen(person, slot)) return [];
      const settled = before.get(slot.slot) === inside(slot, shown);
      const video = settled && isSeen(person, slot, shown) ? byMid.get(slot.videoMid ?? '') : undefined;
      const audio = settled && isHeard(person, slot) ? byMid.get(slot.audioMid ?? '') : undefined;
      return [{ id: person.id, paused: slot.paused, video: video ?? null, audio: speaks(audio) }];
    });
    return merged(arrivals);
  }

  forget() {
    this.#before.clear();
  }
}

/** A shared screen stands still for long: its pictures say nothing of a line. @param {Member} person @param {Slot} slot */
const isScreen = (person, { video }) => person.tracks.some(t => t.id === video && t.source === 'screen');

/** @param {Member} person @param {Slot} slot @param {Set<string>} shown */
const isSeen = (person, { video, paused, undecodable }, shown) =>
  video !== null && !paused && !undecodable && shown.has(person.id) && live(person, 'camera')?.id === video;

/** @param {Member} person @param {Slot} slot */
const isHeard = (person, { audio }) => audio !== null && live(person, 'microphone')?.id === audio;

/** @param {Slot} slot @param {Set<string>} shown */
const inside = ({ participant, video, audio, paused }, shown) =>
  JSON.stringify([participant, video, audio, paused, shown.has(participant ?? '')]);

/** @param {Received | undefined} audio */
const speaks = audio => (audio && audio.packets >= PACKETS_MIN ? audio : null);

/** One person may be in two slots: a tile, and a voice elsewhere. @param {Arrival[]} arrivals @returns {Arrival[]} */
function merged(arrivals) {
  /** @type {Map<string, Arrival>} */
  const byId = new Map();
  for (const { id, paused, video, audio } of arrivals) {
    const known = byId.get(id);
    byId.set(id, {
      id,
      paused: known?.paused ?? paused,
      video: known?.video ?? video,
      audio: known?.audio ?? audio,
    });
  }
  return [...byId.values()];
}
