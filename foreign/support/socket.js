// A WebSocket client of our protocol (RFC 6455), as small as it gets: Node has one of its own only from 22 on.
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';

const TEXT = 0x81;
const CLOSE = 0x88;

/** @typedef {{ send: (message: object) => void, cut: () => void }} Socket */

/** @param {string} http the server @param {(message: any) => void} heard @returns {Promise<Socket>} */
export function openSocket(http, heard) {
  const asked = request(`${http}/ws`, {
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      Origin: http,
      'Sec-WebSocket-Version': 13,
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      'Sec-WebSocket-Protocol': 'parley.v1',
    },
  });
  return new Promise((resolve, reject) => {
    asked.on('error', reject);
    asked.on('response', answer => reject(new Error(`no WebSocket: ${answer.statusCode}`)));
    asked.on('upgrade', (_, tcp, first) => {
      const frames = new Frames(heard);
      frames.take(first);
      tcp.on('data', bytes => frames.take(bytes));
      tcp.on('error', () => {});
      resolve({ send: message => tcp.write(masked(JSON.stringify(message))), cut: () => tcp.destroy() });
    });
    asked.end();
  });
}

/** A mask of zeros masks nothing. @param {string} text */
function masked(text) {
  const payload = Buffer.from(text);
  const short = payload.length < 126;
  const head = Buffer.alloc(short ? 6 : 8);
  head[0] = TEXT;
  head[1] = 0x80 | (short ? payload.length : 126);
  if (!short) head.writeUInt16BE(payload.length, 2); // up to 64 KiB, as our protocol has it without an SDP
  return Buffer.concat([head, payload]);
}

/** The server's frames, which are whole and not masked. */
class Frames {
  #waiting = Buffer.alloc(0);

  /** @param {(message: any) => void} heard */
  constructor(heard) {
    this.heard = heard;
  }

  /** @param {Buffer} bytes */
  take(bytes) {
    this.#waiting = Buffer.concat([this.#waiting, bytes]);
    for (let frame = this.#next(); frame; frame = this.#next()) {
      if (frame.kind === TEXT) this.heard(JSON.parse(frame.payload.toString()));
      if (frame.kind === CLOSE) return;
    }
  }

  #next() {
    const bytes = this.#waiting;
    if (bytes.length < 2) return null;
    const short = bytes[1] & 0x7f;
    const head = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (bytes.length < head) return null;
    const length = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
    if (bytes.length < head + length) return null;
    this.#waiting = bytes.subarray(head + length);
    return { kind: bytes[0], payload: bytes.subarray(head, head + length) };
  }
}
