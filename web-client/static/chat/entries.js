/** @typedef {import('../protocol/messages.js').Message} Message */
/** @typedef {import('./outbox.js').Whom} Whom */
/** @typedef {{ n: number, name: string, own: boolean, text: string, deleted: boolean }} Quoted */
/**
 * A message as it is shown. `n` is null until the server has it.
 * @typedef {{ key: string, n: number | null, at: string, from: string, name: string, own: boolean, to: Whom | null,
 *   text: string, edited: boolean, deleted: boolean, reply: Quoted | null, state: '' | 'sending' | 'failed' }} Entry
 */
/** What was changed here and not confirmed yet, by number: a new text, or null where it is gone. @typedef {Map<number, string | null>} Changes */

/** @param {Message} m @param {Changes} changes @param {Quoted | null} reply @returns {Entry} */
export function entryOf(m, changes, reply) {
  const { n, id: key, at, from, name, own = false } = m;
  const to = m.to === undefined ? null : { id: m.to, name: m.toName ?? '' };
  const change = changes.get(n);
  const deleted = change === null || m.deleted === true;
  const edited = !deleted && (m.edited === true || change !== undefined);
  const text = deleted ? '' : (change ?? m.text);
  return { key, n, at, from, name, own, to, text, edited, deleted, reply, state: '' };
}

/** What the server does not have yet. @param {import('./outbox.js').SayJob} job @param {string} from @param {Quoted | null} reply @returns {Entry} */
export function waiting({ id: key, at, text, to, failed }, from, reply) {
  const words = { key, at, from, text, to, reply };
  return {
    ...words,
    n: null,
    name: '',
    own: true,
    edited: false,
    deleted: false,
    state: failed ? 'failed' : 'sending',
  };
}

/** What an answer quotes, as it is now. @param {Message | null} message @param {Changes} changes @returns {Quoted | null} */
export function quoted(message, changes) {
  if (!message) return null;
  const { name, own, text, deleted } = entryOf(message, changes, null);
  return { n: message.n, name, own, text, deleted };
}
