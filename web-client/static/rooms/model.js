const LENGTH_MAX = 64;
/** In the form that rooms are compared in. */
const ROOM = /^[\p{L}\p{Nd}\p{Mn}\p{Mc}\p{So}\p{Zs}\-_.~]+$/u;
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/u;

/** @typedef {'roomEmpty' | 'roomLong' | 'roomDot' | 'roomCharacters' | 'nameEmpty' | 'nameLong' | 'nameCharacters'} Fault */

/** @param {string} text */
const length = text => [...text].length;

/** What is wrong with a room's name, as the server would see it. @param {string} text @returns {Fault | null} */
export function roomFault(text) {
  const room = text.trim();
  if (!room) return 'roomEmpty';
  if (length(room) > LENGTH_MAX) return 'roomLong';
  if (room.startsWith('.')) return 'roomDot';
  return ROOM.test(room.normalize('NFKC')) ? null : 'roomCharacters';
}

/** @param {string} text @returns {Fault | null} */
export function nameFault(text) {
  const name = text.trim();
  if (!name) return 'nameEmpty';
  if (length(name) > LENGTH_MAX) return 'nameLong';
  return HIDDEN.test(name) ? 'nameCharacters' : null;
}

/** @param {string} room */
export const roomPath = room => `/r/${encodeURIComponent(room.trim())}`;

/** @param {string} path @returns {string | null} the room of a link, or nothing */
export function roomOf(path) {
  const match = /^\/r\/([^/]+)\/?$/.exec(path);
  try {
    const room = match && decodeURIComponent(match[1]).trim();
    return room && roomFault(room) === null ? room : null;
  } catch {
    return null;
  }
}
