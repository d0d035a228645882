import { Emitter } from '../protocol/emitter.js';

/** @typedef {'microphone' | 'camera'} Device */
/**
 * off: not wanted · opening: the browser may be asking · on · missing: there is none · denied · busy: another program has it
 * · insecure: this page may not ask
 * @typedef {'off' | 'opening' | 'on' | 'missing' | 'denied' | 'busy' | 'insecure'} DeviceState
 */
/** @typedef {{ wanted: boolean, state: DeviceState, track: MediaStreamTrack | null, id: string | null }} Input */

/** @type {Record<Device, MediaDeviceKind>} */
const KIND = { microphone: 'audioinput', camera: 'videoinput' };

/** What a failure of getUserMedia means to a person. @param {unknown} cause @returns {DeviceState} */
export function meaning(cause) {
  switch (/** @type {Error} */ (cause)?.name) {
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    default:
      return 'busy';
  }
}

/**
 * This browser's microphone and camera: wanted or not, open or why not. A camera that is off is closed, so that its light
 * goes out; a microphone that is off stays open and silent, so that it is back within a frame.
 * @extends {Emitter<{ change: void, track: { device: Device, track: MediaStreamTrack | null, muted: boolean } }>}
 */
export class Devices extends Emitter {
  /** @type {Record<Device, Input>} */
  inputs = {
    microphone: { wanted: true, state: 'off', track: null, id: null },
    camera: { wanted: true, state: 'off', track: null, id: null },
  };
  #media;

  /** @param {MediaDevices | undefined} [media] */
  constructor(media = globalThis.navigator?.mediaDevices) {
    super();
    this.#media = media;
    media?.addEventListener?.('devicechange', () => this.#plugged());
  }

  get secure() {
    return this.#media !== undefined;
  }

  /** @param {Device} device */
  muted(device) {
    const { wanted, state } = this.inputs[device];
    return !wanted || (state !== 'on' && state !== 'opening');
  }

  /** Opens what is wanted and not open: both in one question where both are. */
  async open() {
    const missing = /** @type {Device[]} */ (['microphone', 'camera']).filter(d => this.#toOpen(d));
    if (!missing.length) return;
    if (!this.#media) return missing.forEach(d => this.#set(d, 'insecure', null));
    missing.forEach(d => this.#set(d, 'opening', null));
    try {
      await this.#get(missing);
    } catch (cause) {
      if (missing.length === 1) this.#set(missing[0], meaning(cause), null);
      else await Promise.all(missing.map(d => this.#get([d]).catch(one => this.#set(d, meaning(one), null))));
    }
  }

  /**
   * Turns a device on or off; what is open already answers in the same frame.
   * @param {Device} device
   * @param {boolean} wanted
   */
  async want(device, wanted) {
    const input = this.inputs[device];
    input.wanted = wanted;
    if (device === 'microphone' && input.track) {
      input.track.enabled = wanted;
      return this.#tell(device);
    }
    if (wanted) return this.open();
    input.track?.stop();
    if (input.track) this.#set(device, 'off', null);
    else this.#tell(device);
  }

  /** @param {Device} device @param {string} id */
  async choose(device, id) {
    const input = this.inputs[device];
    input.id = id;
    if (!input.wanted && device === 'camera') return this.emit('change', undefined);
    const before = input.track;
    try {
      await this.#get([device]);
      before?.stop();
    } catch (cause) {
      if (!before) this.#set(device, meaning(cause), null);
      else this.emit('change', undefined);
    }
  }

  /** @returns {Promise<MediaDeviceInfo[]>} */
  async list() {
    return (await this.#media?.enumerateDevices?.()) ?? [];
  }

  /** Whether the browser would open this without a question. @param {Device} device */
  async granted(device) {
    try {
      const name = /** @type {PermissionName} */ (device);
      return (await navigator.permissions.query({ name })).state === 'granted';
    } catch {
      return false;
    }
  }

  close() {
    for (const device of /** @type {Device[]} */ (['microphone', 'camera'])) {
      this.inputs[device].track?.stop();
      this.#set(device, 'off', null);
    }
  }

  /** @param {Device} device */
  #toOpen(device) {
    const { wanted, state } = this.inputs[device];
    return wanted && state !== 'on' && state !== 'opening';
  }

  /** @param {Device[]} devices */
  async #get(devices) {
    const stream = await this.#media?.getUserMedia({
      audio: devices.includes('microphone') && {
        deviceId: this.#id('microphone'),
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
      },
      video: devices.includes('camera') && {
        deviceId: this.#id('camera'),
        width: { ideal: 1280 },
        height: { ideal: 720 },
        frameRate: { ideal: 30 },
      },
    });
    for (const device of devices) {
      const track = (device === 'camera' ? stream?.getVideoTracks() : stream?.getAudioTracks())?.[0] ?? null;
      this.#opened(device, track);
    }
  }

  /** @param {Device} device */
  #id(device) {
    const id = this.inputs[device].id;
    return id === null ? undefined : { ideal: id };
  }

  /** @param {Device} device @param {MediaStreamTrack | null} track */
  #opened(device, track) {
    const input = this.inputs[device];
    if (!input.wanted && device === 'camera') {
      track?.stop();
      return this.#set(device, 'off', null);
    }
    if (track) track.enabled = input.wanted;
    track?.addEventListener('ended', () => input.track === track && this.#set(device, 'missing', null));
    input.id = track?.getSettings?.().deviceId ?? input.id;
    this.#set(device, track ? 'on' : 'missing', track);
  }

  /** @param {Device} device @param {DeviceState} state @param {MediaStreamTrack | null} track */
  #set(device, state, track) {
    Object.assign(this.inputs[device], { state, track });
    this.#tell(device);
  }

  /** @param {Device} device */
  #tell(device) {
    this.emit('track', { device, track: this.inputs[device].track, muted: this.muted(device) });
    this.emit('change', undefined);
  }

  /** Something was plugged in or out: what was missing may be there now. */
  async #plugged() {
    const kinds = new Set((await this.list()).map(d => d.kind));
    const back = /** @type {Device[]} */ (['microphone', 'camera']).some(
      d => this.inputs[d].state === 'missing' && kinds.has(KIND[d]),
    );
    if (back) await this.open();
    this.emit('change', undefined);
  }
}
