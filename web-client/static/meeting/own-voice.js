import { Level } from '../call/level.js';

const AFTER_MS = 1000;
const EVERY_MS = 30_000;
const LOOK_MS = 250;
const LOUD = 0.5;

/**
 * Notices when somebody talks while muted: a second long, said once in a while.
 * @param {import('../call/devices.js').Devices} devices
 * @param {(unmute: () => void) => void} say
 * @returns {() => void} ends it
 */
export function hintWhileMuted(devices, say) {
  const level = new Level();
  /** @type {MediaStreamTrack | null} */
  let heard = null;
  let loudMs = 0;
  let saidAt = -EVERY_MS;
  const timer = setInterval(() => {
    const { track } = devices.inputs.microphone;
    const wanted = devices.muted('microphone') ? track : null;
    if (wanted !== heard) level.listen(wanted);
    heard = wanted;
    loudMs = level.now() > LOUD ? loudMs + LOOK_MS : 0;
    if (loudMs < AFTER_MS || performance.now() - saidAt < EVERY_MS) return;
    saidAt = performance.now();
    say(() => void devices.want('microphone', true));
  }, LOOK_MS);
  return () => {
    clearInterval(timer);
    level.stop();
  };
}
