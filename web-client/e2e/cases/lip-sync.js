import assert from 'node:assert/strict';
import { pause } from '../support/person.js';
import { browserCase } from '../support/world.js';

/** In place of a camera: black with a white flash and a beep, together, once a second. */
function flashAndBeep() {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [320, 180];
  const draw = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const audio = new AudioContext();
  const [tone, volume, out] = [audio.createOscillator(), audio.createGain(), audio.createMediaStreamDestination()];
  tone.frequency.value = 1000;
  volume.gain.value = 0;
  tone.connect(volume).connect(out);
  tone.start();
  let beep = 0;
  const frame = () => {
    const phase = audio.currentTime % 1;
    draw.fillStyle = phase < 0.15 ? '#fff' : '#000';
    draw.fillRect(0, 0, 320, 180);
    const next = Math.floor(audio.currentTime) + 1;
    if (next !== beep) {
      volume.gain.setValueAtTime(0.8, next);
      volume.gain.setValueAtTime(0, next + 0.15);
      beep = next;
    }
  };
  setInterval(frame, 16);
  navigator.mediaDevices.getUserMedia = async () => {
    await audio.resume();
    return new MediaStream([...canvas.captureStream(30).getTracks(), ...out.stream.getTracks()]);
  };
}

/** The viewer only looks: its own picture would cost the machine what is measured here. */
const onlyWatches = () => void (localStorage['parley.settings'] = JSON.stringify({ camera: false, microphone: false }));

/** At the viewer: when flashes are shown and beeps are heard, in milliseconds of one clock. */
function watch() {
  const w = /** @type {any} */ (window);
  const video = /** @type {HTMLVideoElement} */ (document.querySelector('.tile:not(.self) video'));
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [16, 9];
  const draw = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
  w.flashes = [];
  w.beeps = [];
  let bright = true;
  const look = (/** @type {number} */ now, /** @type {any} */ frame) => {
    draw.drawImage(video, 0, 0, 16, 9);
    const light = draw.getImageData(8, 4, 1, 1).data[0] > 128;
    if (light && !bright) w.flashes.push(frame?.expectedDisplayTime ?? now);
    bright = light;
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  // When a beep reached the track: what the receiver says of the packets it has just played.
  const receivers = w.peers
    .at(-1)
    .getReceivers()
    .filter((/** @type {any} */ r) => r.track.kind === 'audio');
  const heard = receivers.find((/** @type {any} */ r) =>
    /** @type {MediaStream} */ (video.srcObject).getTracks().includes(r.track),
  );
  let quietUntil = 0;
  let lookedAt = performance.now();
  setInterval(() => {
    const now = performance.now();
    if (now - lookedAt > 80) w.stalls++;
    lookedAt = now;
    const [source] = heard.getSynchronizationSources();
    if (!source || !(source.audioLevel > 0.05) || source.timestamp < quietUntil) return;
    const clock = source.timestamp > 1e12 ? performance.timeOrigin : 0;
    w.beeps.push(source.timestamp - clock);
    quietUntil = source.timestamp + 500;
  }, 5);
}

const WINDOWS_MAX = 4;
const PAIRS = 10;

/** Ten seconds of it. @param {import('../support/person.js').Person} viewer */
async function tenPairs(viewer) {
  await viewer.page.evaluate(() => Object.assign(window, { flashes: [], beeps: [], stalls: 0 }));
  const enough = () =>
    Math.min(/** @type {any} */ (window).flashes.length, /** @type {any} */ (window).beeps.length) >= 12;
  await viewer.until(enough, { timeout: 40_000 });
  const { flashes, beeps, stalls } = await viewer.page.evaluate(() => {
    const w = /** @type {any} */ (window);
    return {
      flashes: /** @type {number[]} */ (w.flashes),
      beeps: /** @type {number[]} */ (w.beeps),
      stalls: /** @type {number} */ (w.stalls),
    };
  });
  const nearest = (/** @type {number} */ f) => beeps.map(b => b - f).sort((a, b) => Math.abs(a) - Math.abs(b))[0];
  const apart = flashes
    .map(nearest)
    .filter(d => Math.abs(d) < 500)
    .slice(0, PAIRS);
  assert.equal(apart.length, PAIRS, `${flashes.length} flashes, ${beeps.length} beeps`);
  return { apart, stalls, median: [...apart].sort((a, b) => a - b)[PAIRS / 2] };
}

browserCase('lips and voice are together: a flash and a beep each second', async ({ room, person }) => {
  const [alice, bob] = [await person({ before: flashAndBeep }), await person({ before: onlyWatches })];
  await alice.join(room, 'alice');
  await bob.join(room, 'bob');
  await bob.until(() => document.querySelectorAll('.tile:not(.off)').length >= 1);
  await pause(10_000);
  await bob.page.evaluate(watch);
  // A machine that stands still measures itself: such a window counts only when it is good.
  let seen = await tenPairs(bob);
  for (let i = 1; i < WINDOWS_MAX && seen.stalls > 0 && Math.abs(seen.median) >= 80; i++) seen = await tenPairs(bob);
  assert.ok(
    Math.abs(seen.median) < 80,
    `median ${seen.median.toFixed(0)} ms of ${seen.apart.map(Math.round)}, ${seen.stalls} stalls`,
  );
});
