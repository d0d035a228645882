const NAME = 'parley.device';

/** @param {Uint8Array} bytes */
const base64url = bytes =>
  btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, c => ({ '+': '-', '/': '_' })[c] ?? '');

/**
 * What tells a reload of this browser from a second person: a random key that stays here, of which the server learns
 * only the hash. Null where a page cannot hash or keep anything.
 * @param {Storage | null} storage
 * @returns {Promise<string | null>}
 */
export async function deviceHash(storage) {
  if (!storage || !globalThis.crypto?.subtle) return null;
  let key = storage.getItem(NAME);
  if (!key) {
    key = base64url(crypto.getRandomValues(new Uint8Array(32)));
    storage.setItem(NAME, key);
  }
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key))));
}
