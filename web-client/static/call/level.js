/** How loud a microphone is now, as a few steps that a person can read. */
export class Level {
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {AnalyserNode | null} */
  #analyser = null;
  /** @type {MediaStreamTrack | null} */
  #ear = null;
  #samples = new Float32Array(1024);

  /** @param {MediaStreamTrack | null} track heard through a copy, so that it is heard while muted too */
  listen(track) {
    this.stop();
    if (!track || typeof AudioContext === 'undefined') return;
    this.#ear = track.clone();
    this.#ear.enabled = true;
    this.#context = new AudioContext();
    this.#analyser = this.#context.createAnalyser();
    this.#analyser.fftSize = this.#samples.length;
    this.#context.createMediaStreamSource(new MediaStream([this.#ear])).connect(this.#analyser);
  }

  /** @returns {number} 0 for silence to 1 for shouting */
  now() {
    if (!this.#analyser) return 0;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    return loudness(this.#samples);
  }

  stop() {
    this.#ear?.stop();
    this.#ear = null;
    this.#analyser = null;
    this.#context?.close();
    this.#context = null;
  }
}

/** @param {Float32Array} samples @returns {number} -60 dBFS and less is 0, -10 dBFS and more is 1 */
export function loudness(samples) {
  const power = samples.reduce((sum, x) => sum + x * x, 0) / samples.length;
  const db = 10 * Math.log10(power + 1e-12);
  return Math.min(1, Math.max(0, (db + 60) / 50));
}
