/** @typedef {import('../call/devices.js').DeviceState} DeviceState */
/** @typedef {import('../call/devices.js').Input} Input */
/**
 * What the page before a call has to say about devices: nothing stands in the way, one is missing (a line), or a page of its own.
 * @typedef {{ page: 'none' | 'denied' | 'busy' | 'insecure' | null, line: Line | null }} Verdict
 */
/** @typedef {'noCamera' | 'noMicrophone' | 'cameraBusy' | 'microphoneBusy' | 'cameraDenied' | 'microphoneDenied'} Line */

/** @type {Partial<Record<DeviceState, 'none' | 'denied' | 'busy' | 'insecure'>>} */
const PAGES = { missing: 'none', denied: 'denied', busy: 'busy', insecure: 'insecure' };
/** @type {Partial<Record<DeviceState, Line>>} */
const CAMERA = { missing: 'noCamera', busy: 'cameraBusy', denied: 'cameraDenied' };
/** @type {Partial<Record<DeviceState, Line>>} */
const MICROPHONE = { missing: 'noMicrophone', busy: 'microphoneBusy', denied: 'microphoneDenied' };

/** @param {Record<'microphone' | 'camera', Input>} inputs @returns {Verdict} */
export function verdict({ microphone, camera }) {
  const wanted = [microphone, camera].filter(i => i.wanted);
  const pages = wanted.map(i => PAGES[i.state] ?? null);
  if (wanted.length > 0 && pages.every(p => p !== null)) {
    const worst = /** @type {const} */ (['insecure', 'denied', 'busy', 'none']).find(p => pages.includes(p));
    return { page: worst ?? null, line: null };
  }
  const line = (camera.wanted && CAMERA[camera.state]) || (microphone.wanted && MICROPHONE[microphone.state]) || null;
  return { page: null, line };
}

/** Whether the browser's question may be open. @param {Record<'microphone' | 'camera', Input>} inputs */
export const asking = ({ microphone, camera }) => microphone.state === 'opening' || camera.state === 'opening';

/** Whether nothing was asked for yet. @param {Record<'microphone' | 'camera', Input>} inputs */
export const untouched = ({ microphone, camera }) =>
  (microphone.wanted || camera.wanted) && microphone.state === 'off' && camera.state === 'off';
