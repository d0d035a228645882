// The files of one room as docs/protocol.md has them, behind a `fetch` that a test can spoil.

/** @typedef {{ name: string, size: number, type: string, bytes: number[], announced: boolean }} Stored */

const json = (/** @type {number} */ status, /** @type {object} */ body, headers = {}) =>
  new Response(status === 204 ? null : JSON.stringify(body), { status, headers });
const problem = (/** @type {number} */ status, /** @type {string} */ code, more = {}, headers = {}) =>
  json(status, { type: `urn:parley:problem:${code}`, status, detail: 'as the test wants it', ...more }, headers);

export class FilesServer {
  /** @type {Map<string, Stored>} */
  files = new Map();
  /** @type {string[]} every request that came: method, what it is about, bytes */
  log = [];
  /** What the next requests meet: nothing, a problem, a cut before or after they were done. @type {(undefined | (() => Response) | 'cut' | 'lost')[]} */
  fates = [];
  /** @type {string[]} */
  tokens = ['t1'];
  /** A part has come. */
  arrived = () => {};
  /** A server that answers nothing until it is let. @type {Promise<void> | null} */
  held = null;

  /** @type {typeof fetch} */
  fetch = async (url, how) => {
    const path = String(url).replace('/api/v1/rooms/a%20room/files', '');
    const method = how?.method ?? 'GET';
    const bytes = how?.body instanceof ArrayBuffer ? [...new Uint8Array(how.body)] : [];
    this.log.push([method, path, bytes.length || ''].join(' ').trim());
    const fate = this.fates.shift();
    if (this.held) await this.#until(this.held, how?.signal ?? null);
    if (how?.signal?.aborted) throw new TypeError('aborted');
    if (fate === 'cut') throw new TypeError('Failed to fetch');
    if (typeof fate === 'function') return fate();
    const answer = this.#answer(method, path, how, bytes);
    if (fate === 'lost') throw new TypeError('Failed to fetch');
    return answer;
  };

  /** @param {Promise<void>} held @param {AbortSignal | null} signal */
  #until(held, signal) {
    const aborted = new Promise(resolve => signal?.addEventListener('abort', () => resolve(undefined)));
    return Promise.race([held, aborted]);
  }

  /** @param {string} method @param {string} path @param {RequestInit | undefined} how @param {number[]} bytes */
  #answer(method, path, how, bytes) {
    const token = /^Bearer (.*)$/.exec(new Headers(how?.headers).get('authorization') ?? '')?.[1] ?? '';
    if (!this.tokens.includes(token)) return problem(401, 'unauthorized');
    const [, id = '', at = '0'] = /^\/(\w+)(?:\?offset=(\d+))?$/.exec(path) ?? [];
    if (method === 'POST') return this.#begin(JSON.parse(String(how?.body)));
    if (method === 'DELETE') return (this.files.delete(id), json(204, {}));
    const file = this.files.get(id);
    if (!file) return problem(404, 'not_found');
    const offset = Number(at);
    if (offset > file.bytes.length) return problem(409, 'wrong_offset', { offset: file.bytes.length });
    this.arrived();
    file.bytes.push(...bytes.slice(file.bytes.length - offset));
    return json(200, this.#progress(id, file));
  }

  /** @param {{ id: string, name: string, size: number, type: string }} head */
  #begin({ id, ...head }) {
    const before = this.files.get(id);
    const file = before ?? { ...head, bytes: [], announced: false };
    this.files.set(id, file);
    return json(before ? 200 : 201, this.#progress(id, file));
  }

  /** @param {string} id @param {Stored} file */
  #progress(id, { name, size, type, bytes }) {
    return { id, offset: bytes.length, size, complete: bytes.length === size, name, type };
  }
}

export { problem };
