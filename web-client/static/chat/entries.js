import { shown } from '../upload/names.js';

/** @typedef {import('../protocol/messages.js').Message} Message */
/** @typedef {import('./outbox.js').Whom} Whom */
/** A file as it is shown; without a `key` it is not to be had yet. @typedef {{ key: string, name: string, size: number }} EntryFile */
/** @typedef {{ n: number, name: string, own: boolean, text: string, deleted: boolean }} Quoted */
/**
 * A message as it is shown. `n` is null until the server has it.
 * @typedef {{ key: string, n: number | null, at: string, from: string, name: string, own: boolean, to: Whom | null,
 *   text: string, edited: boolean, deleted: boolean, reply: Quoted | null, file: EntryFile | null,
 *   state: '' | 'uploading' | 'sending' | 'failed' }} Entry
 */
/** @typedef {Omit<import('./outbox.js').SayJob, 'kind'>} Pending */
/** What was changed here and not confirmed yet, by number: a new text, or null where it is gone. @typedef {Map<number, string | null>} Changes */

/** @param {Message} m @param {Changes} changes @param {Quoted | null} reply @returns {Entry} */
export function entryOf(m, changes, reply) {
  const { n, id: key, at, from, name, own = false } = m;
  const to = m.to === undefined ? null : { id: m.to, name: m.toName ?? '' };
  const change = changes.get(n);
  const deleted = change === null || m.deleted === true;
  const edited = !deleted && (m.edited === true || change !== undefined);
  const text = deleted ? '' : (change ?? m.text);
  const file = deleted || !m.file ? null : fileOf(m.file);
  return { key, n, at, from, name, own, to, text, edited, deleted, reply, file, state: '' };
}

/** Its name is somebody's: this is how it may be shown. @param {{ key?: string, name: string, size: number }} file @returns {EntryFile} */
const fileOf = ({ key = '', name, size }) => ({ key, name: shown(name), size });

/** What the server does not have yet. @param {Pending} job @param {string} from @param {Quoted | null} reply @returns {Entry} */
export function waiting({ id: key, at, text, to, failed, file: head }, from, reply) {
  const words = { key, at, from, text, to, reply, file: head && fileOf(head) };
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
  const { name, own, text, deleted, file } = entryOf(message, changes, null);
  return { n: message.n, name, own, text: text || (file?.name ?? ''), deleted };
}
