/**
 * What this browser remembers: a name, how devices were last used, the theme. Works without storage too, forgetting then.
 * @typedef {{ name: string, microphone: boolean, camera: boolean, microphoneId: string, cameraId: string, speakerId: string,
 *   theme: 'system' | 'light' | 'dark', letters: boolean, dataSaver: boolean }} Values
 */

const KEY = 'parley.settings';

/** @type {Values} */
const DEFAULTS = {
  name: '',
  microphone: true,
  camera: true,
  microphoneId: '',
  cameraId: '',
  speakerId: '',
  theme: 'system',
  letters: true,
  dataSaver: false,
};

/** @param {Storage | null} storage */
function read(storage) {
  try {
    return { ...DEFAULTS, ...JSON.parse(storage?.getItem(KEY) ?? '{}') };
  } catch {
    return { ...DEFAULTS };
  }
}

/** The page's storage, where it may have one. @param {'localStorage' | 'sessionStorage'} which @returns {Storage | null} */
export function storageOf(which) {
  try {
    return window[which];
  } catch {
    return null;
  }
}

export class Settings {
  /** @type {Values} */
  #values;

  /** @param {Storage | null} storage */
  constructor(storage) {
    this.storage = storage;
    this.#values = read(storage);
  }

  /** @template {keyof Values} K @param {K} name @returns {Values[K]} */
  get(name) {
    return this.#values[name];
  }

  /** @param {Partial<Values>} changes */
  set(changes) {
    Object.assign(this.#values, changes);
    try {
      this.storage?.setItem(KEY, JSON.stringify(this.#values));
    } catch {
      // a full or forbidden storage forgets, the page goes on
    }
  }
}
