import { Emitter } from '../protocol/emitter.js';

/**
 * The share of this browser's screen: a picture and, where the browser has it, its sound.
 * @extends {Emitter<{ change: void }>}
 */
export class Screen extends Emitter {
  /** @type {MediaStream | null} */
  stream = null;
  #media;

  /** @param {MediaDevices | undefined} [media] */
  constructor(media = globalThis.navigator?.mediaDevices) {
    super();
    this.#media = media;
  }

  get possible() {
    return typeof this.#media?.getDisplayMedia === 'function';
  }

  get video() {
    return this.stream?.getVideoTracks()[0] ?? null;
  }

  get audio() {
    return this.stream?.getAudioTracks()[0] ?? null;
  }

  /** Asks what to share. @returns {Promise<boolean>} false when nothing was chosen */
  async start() {
    if (this.stream || !this.#media) return false;
    try {
      const stream = await this.#media.getDisplayMedia({ video: { frameRate: { ideal: 15, max: 30 } }, audio: true });
      const [video] = stream.getVideoTracks();
      if ('contentHint' in video) video.contentHint = 'detail';
      video.addEventListener('ended', () => this.stop());
      this.stream = stream;
      this.emit('change', undefined);
      return true;
    } catch {
      return false;
    }
  }

  stop() {
    const stream = this.stream;
    if (!stream) return;
    this.stream = null;
    stream.getTracks().forEach(t => t.stop());
    this.emit('change', undefined);
  }
}
