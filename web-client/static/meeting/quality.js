/** @typedef {import('../call/measures.js').Received} Received */
/** @typedef {import('../call/line.js').Line} Line */
/**
 * One person's media as it arrived in the last moments; null is what is not to be looked at: not sent, not seen, just
 * changed. `paused` is why the server leaves the picture out.
 * @typedef {{ id: string, paused: string | null, video: Received | null, audio: Received | null }} Arrival
 */
/** @typedef {'yours' | 'theirs' | 'between'} Whose */
/** @typedef {{ level: 'weak' | 'bad', whose: Whose }} Mark */
/** How a line was seen: 0 good, 1 weak, 2 bad. @typedef {0 | 1 | 2} Trouble */
/** @typedef {{ shown: Trouble, whose: Whose, worse: Spell | null, better: Spell | null }} State */
/** For how long it has been at least, or at most, so. @typedef {{ sinceMs: number, level: Trouble }} Spell */

/** A line is called weak when it has been so for a while, and good again only when that has lasted. */
export const RISE_MS = 3000;
export const FALL_MS = 8000;

/** From where on something is weak, and bad. */
const LIMITS = {
  concealed: [0.05, 0.2],
  frozen: [0.1, 0.4],
  loss: [0.08, 0.25],
  jitterMs: [100, 250],
  ownLoss: [0.05, 0.2],
  rttMs: [500, 1500],
};
/** An estimate of one's own line below this is a weak one when it makes pictures smaller. */
const SPARE_WEAK_BPS = 200_000;
/** Fewer lost packets than these say nothing about where. */
const LOST_TELLING = 10;

/** Whose line is weak, as far as this side can know. No DOM, no clock of its own. */
export class Quality {
  /** @type {Map<string, State>} */
  #states = new Map();

  /**
   * @param {string} self
   * @param {Arrival[]} arrivals
   * @param {Line} line one's own way to the server
   * @param {number} nowMs
   */
  see(self, arrivals, line, nowMs) {
    const own = ownTrouble(line);
    const seen = arrivals.map(a => ({ a, trouble: troubleOf(a) }));
    const looked = seen.filter(({ a }) => a.video || a.audio);
    const troubled = looked.filter(({ trouble }) => trouble > 0).length;
    const many = looked.length > 1 && 2 * troubled > looked.length;
    const ids = new Set([self, ...arrivals.map(a => a.id)]);
    for (const id of [...this.#states.keys()]) if (!ids.has(id)) this.#states.delete(id);
    this.#step(self, own, 'yours', nowMs);
    for (const { a, trouble } of seen) {
      const whose = own || many ? 'yours' : (lostWhere(a) ?? (looked.length > 1 ? 'theirs' : 'between'));
      this.#step(a.id, trouble, whose, nowMs);
      if (a.paused === 'your_line') this.#set(a.id, 2, 'yours');
    }
  }

  /** @param {string} id @returns {Mark | null} nothing where all is well */
  of(id) {
    const state = this.#states.get(id);
    return state?.shown ? { level: state.shown === 2 ? 'bad' : 'weak', whose: state.whose } : null;
  }

  /** What was seen counts no more: another transport, or nobody looked for a while. */
  forget() {
    this.#states.clear();
  }

  /** @param {string} id @param {Trouble} trouble @param {Whose} whose @param {number} nowMs */
  #step(id, trouble, whose, nowMs) {
    const state = this.#states.get(id) ?? { shown: 0, whose, worse: null, better: null };
    this.#states.set(id, state);
    const { shown } = state;
    if (trouble > 0) state.whose = whose;
    state.worse = trouble > shown ? spell(state.worse, trouble, Math.min, nowMs) : null;
    state.better = trouble < shown ? spell(state.better, trouble, Math.max, nowMs) : null;
    const { worse, better } = state;
    if (worse && nowMs - worse.sinceMs >= RISE_MS) Object.assign(state, { shown: worse.level, worse: null });
    if (better && nowMs - better.sinceMs >= FALL_MS) Object.assign(state, { shown: better.level, better: null });
  }

  /** What is certain needs no patience. @param {string} id @param {Trouble} shown @param {Whose} whose */
  #set(id, shown, whose) {
    this.#states.set(id, { shown, whose, worse: null, better: null });
  }
}

/**
 * @param {Spell | null} before
 * @param {Trouble} level
 * @param {(a: number, b: number) => number} least
 * @param {number} nowMs
 * @returns {Spell}
 */
const spell = (before, level, least, nowMs) => ({
  sinceMs: before?.sinceMs ?? nowMs,
  level: /** @type {Trouble} */ (before ? least(before.level, level) : level),
});

/** @param {Arrival} arrival @returns {Trouble} */
function troubleOf({ video, audio }) {
  return worst([
    audio && [audio.concealed, LIMITS.concealed],
    audio && [audio.jitterMs, LIMITS.jitterMs],
    video && [video.frames ? video.frozen : 1, LIMITS.frozen],
    video && [video.loss, LIMITS.loss],
    video && [video.jitterMs, LIMITS.jitterMs],
  ]);
}

/** @param {Line} line @returns {Trouble} */
function ownTrouble({ loss, rttMs, limited, spareBps }) {
  const narrow = limited && spareBps !== null && spareBps < SPARE_WEAK_BPS;
  const found = worst([
    [loss ?? 0, LIMITS.ownLoss],
    [rttMs ?? 0, LIMITS.rttMs],
  ]);
  return found === 0 && narrow ? 1 : found;
}

/** @param {([number, number[]] | null)[]} list @returns {Trouble} */
const worst = list =>
  /** @type {Trouble} */ (
    Math.max(0, ...list.map(found => (found ? found[1].filter(limit => found[0] >= limit).length : 0)))
  );

/**
 * What the server could send again had reached it, and was lost on the way here; what it could not had not.
 * @param {Arrival} arrival
 * @returns {Whose | null} nothing where too little was lost to tell
 */
function lostWhere({ video }) {
  if (!video || video.repaired === null || video.lost < LOST_TELLING) return null;
  return video.repaired >= video.lost / 2 ? 'yours' : 'theirs';
}
