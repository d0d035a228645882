/** @typedef {import('./model.js').Entry} Entry */
/**
 * What stands under one another in the log. `first` begins a group: it shows who and when.
 * @typedef {{ kind: 'day', key: string, at: string } | { kind: 'new', key: string, count: number }
 *   | { kind: 'message', key: string, first: boolean, entry: Entry }} Row
 */

/** As long as one person goes on within this, name and time are shown once. */
export const GROUP_MS = 300_000;

/** A day in the viewer's zone. @param {string} at */
const dayOf = at => {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
};

/** @param {Entry} a @param {Entry} b */
const together = (a, b) =>
  (a.own ? b.own : !b.own && a.from === b.from && a.name === b.name) &&
  a.to?.id === b.to?.id &&
  Date.parse(b.at) - Date.parse(a.at) < GROUP_MS;

/**
 * @param {Entry[]} entries
 * @param {number | null} newAfter what somebody had read when the panel opened; null shows no line
 * @param {number} [newTo] what was read since counts no more
 * @returns {Row[]}
 */
export function rows(entries, newAfter, newTo = Infinity) {
  const isNew = (/** @type {Entry} */ { n, own, deleted }) =>
    newAfter !== null && n !== null && n > newAfter && n <= newTo && !own && !deleted;
  const count = entries.filter(isNew).length;
  /** @type {Row[]} */
  const out = [];
  /** @type {Entry | null} the first of the group */
  let group = null;
  let [day, told] = ['', false];
  for (const entry of entries) {
    const today = dayOf(entry.at);
    const line = !told && isNew(entry);
    if (today !== day) out.push({ kind: 'day', key: `day ${today}`, at: entry.at });
    if (line) out.push({ kind: 'new', key: 'new', count });
    const first = group === null || today !== day || line || !together(group, entry);
    if (first) group = entry;
    [day, told] = [today, told || line];
    out.push({ kind: 'message', key: entry.key, first, entry });
  }
  return out;
}
