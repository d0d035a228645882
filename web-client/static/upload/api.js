import { Refused } from '../protocol/signal.js';

/** What `joined` says about files: with what token, up to which size and in what parts. @typedef {import('../protocol/messages.js').FilesGrant} Grant */
/** How far the server has it. @typedef {{ offset: number, complete: boolean, name: string, type: string }} Progress */
/** @typedef {{ id: string, name: string, size: number, type: string }} FileHead */

/** A request about files that came to nothing; `closed` where there was no answer. */
export class FileProblem extends Refused {
  /** @param {string} code @param {string} detail @param {{ token?: string, waitMs?: number }} [more] */
  constructor(code, detail, { token = '', waitMs = 0 } = {}) {
    super(code, detail);
    this.name = 'FileProblem';
    /** The token that it was asked with. */
    this.token = token;
    /** How long the server wants to be left alone. */
    this.waitMs = waitMs;
  }
}

/** Files of one room over HTTP, as docs/protocol.md has them. Every request uses the token of the latest `joined`. */
export class FilesApi {
  #path;
  #grant;
  #fetch;

  /**
   * @param {string} room
   * @param {() => Grant | null} grant
   * @param {{ base?: string, request?: typeof fetch }} [how]
   */
  constructor(room, grant, { base = '', request = fetch.bind(globalThis) } = {}) {
    this.#path = `${base}/api/v1/rooms/${encodeURIComponent(room)}/files`;
    this.#grant = grant;
    this.#fetch = request;
  }

  /** Begins an upload, or finds out how far it is. @param {FileHead} file @param {AbortSignal} signal @returns {Promise<Progress>} */
  async begin({ id, name, size, type }, signal) {
    const body = JSON.stringify({ id, name, size, type });
    return this.#how(await this.#ask('', { method: 'POST', body, signal }, 'application/json'));
  }

  /** @param {string} id @param {number} offset @param {ArrayBuffer} bytes @param {AbortSignal} signal @returns {Promise<Progress>} */
  async put(id, offset, bytes, signal) {
    const how = { method: 'PUT', body: bytes, signal };
    return this.#how(await this.#ask(`/${id}?offset=${offset}`, how, 'application/octet-stream'));
  }

  /** Gives an upload up; it is asked for even while the page goes. @param {string} id */
  async drop(id) {
    await this.#ask(`/${id}`, { method: 'DELETE', keepalive: true });
  }

  /** @param {Response} response @returns {Promise<Progress>} */
  #how(response) {
    return response.json().catch(cause => Promise.reject(new FileProblem('closed', String(cause))));
  }

  /** @param {string} path @param {RequestInit} how @param {string} [type] @returns {Promise<Response>} rejected with `FileProblem` */
  async #ask(path, how, type) {
    const token = this.#grant()?.token ?? '';
    const headers = { authorization: `Bearer ${token}`, ...(type && { 'content-type': type }) };
    const none = (/** @type {Error} */ cause) => Promise.reject(new FileProblem('closed', String(cause), { token }));
    const response = await this.#fetch(this.#path + path, { ...how, headers, credentials: 'omit' }).catch(none);
    if (response.ok) return response;
    const said = await response.json().catch(() => ({}));
    const code =
      /^urn:parley:problem:(\w+)$/.exec(said.type)?.[1] ?? (response.status >= 500 ? 'unavailable' : 'refused');
    const waitMs = 1000 * (Number(response.headers.get('retry-after')) || 0);
    throw new FileProblem(code, said.detail ?? '', { token, waitMs });
  }
}

/** Where a file is to be had. @param {string} key of a chat message */
export const addressOf = key => `/files/${encodeURIComponent(key)}`;
