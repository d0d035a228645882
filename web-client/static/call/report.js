// What came out of the slots, as the server is told every two seconds, so that it knows what is sent in vain.

/** @typedef {import('./measures.js').Incoming} Incoming */
/** @typedef {import('./slots.js').Slot} Slot */
/** @typedef {import('../protocol/messages.js').SlotSeen} SlotSeen */
/** `sees`: whether somebody looks at the slot's picture. `blocked`: the browser waits for a press before it plays sound. @typedef {{ sees: (slot: Slot) => boolean, blocked: boolean }} Audience */

/** The most slots that a server takes. */
const SLOTS_MAX = 64;

/**
 * A section of which the browser tells nothing has never received anything: that counts as nothing too.
 * @param {Slot[]} taken
 * @param {Map<string, Incoming>} incoming by section
 * @param {Audience} audience
 * @returns {SlotSeen[]}
 */
export function seenIn(taken, incoming, audience) {
  const out = (/** @type {string | null} */ mid) => incoming.get(mid ?? '')?.out ?? 0;
  return taken.slice(0, SLOTS_MAX).map(slot => ({
    slot: slot.slot,
    ...(isShown(slot) ? { video: { decoded: out(slot.videoMid), state: pictureOf(slot, audience) } } : {}),
    ...(isHeard(slot) ? { audio: { decoded: out(slot.audioMid), state: soundOf(audience) } } : {}),
  }));
}

/** A picture that this browser cannot decode is not sent. @param {Slot} slot */
const isShown = ({ video, videoMid, undecodable }) => video !== null && videoMid !== null && undecodable === null;

/** @param {Slot} slot */
const isHeard = ({ audio, audioMid }) => audio !== null && audioMid !== null;

/** @param {Slot} slot @param {Audience} audience */
const pictureOf = (slot, { sees }) => (slot.paused !== null ? 'paused' : sees(slot) ? 'playing' : 'hidden');

/** Sound plays in the background too. @param {Audience} audience */
const soundOf = ({ blocked }) => (blocked ? 'blocked' : 'playing');
