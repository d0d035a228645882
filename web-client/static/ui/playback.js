/**
 * Plays streams in media elements, and knows when the browser wants a press first. One press then plays everything.
 */
export class Playback {
  blocked = false;
  /** @type {Set<HTMLMediaElement>} */
  #elements = new Set();
  #speaker = '';

  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
  }

  /** @param {HTMLMediaElement} element @param {MediaStream | null} stream */
  attach(element, stream) {
    if (element.srcObject === stream) return;
    element.srcObject = stream;
    if (!stream) return void this.#elements.delete(element);
    this.#elements.add(element);
    this.#route(element);
    this.#play(element);
  }

  /** @param {HTMLMediaElement} element */
  detach(element) {
    element.srcObject = null;
    this.#elements.delete(element);
  }

  /** After a press: everything that waited. */
  playAll() {
    this.blocked = false;
    this.changed();
    this.#elements.forEach(e => this.#play(e));
  }

  /** @param {string} id of a loudspeaker */
  useSpeaker(id) {
    this.#speaker = id;
    this.#elements.forEach(e => this.#route(e));
  }

  get speaker() {
    return this.#speaker;
  }

  /** @param {HTMLMediaElement} element */
  #play(element) {
    element.play().catch(cause => {
      if (cause.name !== 'NotAllowedError' || this.blocked) return;
      this.blocked = true;
      this.changed();
    });
  }

  /** @param {HTMLMediaElement} element */
  #route(element) {
    if (this.#speaker && 'setSinkId' in element && !element.muted) element.setSinkId(this.#speaker).catch(() => {});
  }
}

/**
 * Runs once the element shows a new picture.
 * @param {HTMLVideoElement} video
 * @param {() => void} shown
 */
export function onNextFrame(video, shown) {
  if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(shown);
  else /** @type {any} */ (video).addEventListener('timeupdate', shown, { once: true });
}
