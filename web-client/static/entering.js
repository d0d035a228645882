import { Call } from './call/call.js';
import { Peer } from './call/peer.js';
import { deviceHash } from './protocol/device-key.js';
import { Signal } from './protocol/signal.js';

/** An offer older than this is made anew: the network may be another one. */
const OFFER_FRESH_MS = 600_000;
/** How long a socket opened ahead of a press waits for it. */
const WARM_MS = 4000;

/** @typedef {import('./call/devices.js').Devices} Devices */
/** @typedef {{ room: string, name: string, resume?: string | null, replace?: boolean, watch?: boolean }} Wish */

/** How one gets into a room fast: the connection and its offer are made before the press, the socket while it happens. */
export class Entrance {
  /** @type {Peer | null} */
  #peer = null;
  /** @type {Signal | null} */
  #warm = null;
  #device;

  /** @param {{ url: string, devices: Devices, storage: Storage | null }} parts */
  constructor({ url, devices, storage }) {
    this.url = url;
    this.devices = devices;
    this.#device = deviceHash(storage).catch(() => null);
  }

  /** Makes connection, transceivers and offer. Costs a tenth of a second, so it is done while nobody waits. */
  prepare() {
    if (this.#peer && performance.now() - this.#peer.madeAt < OFFER_FRESH_MS) return;
    this.#peer?.close();
    this.#peer = new Peer();
    this.#peer.prepare().catch(() => {});
  }

  /** A finger is on the button: the socket opens under it. */
  warm() {
    if (this.#warm && !this.#warm.closed) return;
    const signal = new Signal(this.url);
    this.#warm = signal;
    setTimeout(() => this.#warm === signal && (signal.close(), (this.#warm = null)), WARM_MS);
  }

  /**
   * A call that is about to begin: it sends what is open, and what opens later.
   * @param {Wish} wish
   * @returns {Promise<Call>}
   */
  async open({ room, name, resume = null, replace = false }) {
    this.prepare();
    const peer = /** @type {Peer} */ (this.#peer);
    this.#peer = null;
    const entry = { url: this.url, room, name, token: null, device: await this.#device, resume, replace };
    const call = new Call(entry, { peer, open: url => this.#take() ?? new Signal(url) });
    for (const device of /** @type {const} */ (['microphone', 'camera'])) {
      call.send(device, this.devices.inputs[device].track, this.devices.muted(device));
    }
    return call;
  }

  /** The socket that was opened ahead, if it is still good. */
  #take() {
    const signal = this.#warm;
    this.#warm = null;
    return signal && !signal.closed ? signal : null;
  }
}
