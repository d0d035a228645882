// What is sent of each picture: sizes or frame rates, and what each may take. Numbers only.

/** @typedef {RTCRtpEncodingParameters & { maxBitrate: number, active: boolean }} Encoding */
/** How an encoding is to be now. @typedef {{ active: boolean, maxBitrate: number }} Steered */
/** `saverBps` is what an encoding may take while data is saved. @typedef {{ encodings: Encoding[], saverBps: number }} Plan */

/**
 * Three sizes; which of them are sent is for the server to say (`layers`), until then the largest. No scalabilityMode:
 * with one, Chromium begins a lone large layer at a quarter of its size and stays there.
 * @type {Plan}
 */
export const CAMERA = {
  encodings: [
    { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 150_000, active: false },
    { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 500_000, active: false },
    { rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 1_700_000, active: true },
  ],
  saverBps: 250_000,
};

/** Temporal layers: whose line is weak gets fewer pictures of a screen, not smaller ones, and can read them. */
const LAYERED = { scalabilityMode: 'L1T3', maxBitrate: 2_500_000, active: true };

/** The same where a browser has no such layers: the full size twice, slow and fast. @type {Encoding[]} */
const TWICE = [
  { rid: 'q', scaleResolutionDownBy: 1, maxFramerate: 5, maxBitrate: 500_000, active: true },
  { rid: 'f', scaleResolutionDownBy: 1, maxFramerate: 30, maxBitrate: 2_000_000, active: true },
];

/** @param {boolean} layered whether the browser makes temporal layers when asked to @returns {Plan} */
export const screen = layered => ({ encodings: layered ? [LAYERED] : TWICE, saverBps: 500_000 });

/**
 * Who saves data does not send the largest of several; who needs that one gets the one below.
 * @param {Plan} plan
 * @param {boolean[]} needed by anyone, as the server says
 * @param {boolean} saver
 * @returns {Steered[]}
 */
export function steered({ encodings, saverBps }, needed, saver) {
  const kept = saver ? Math.max(1, encodings.length - 1) : encodings.length;
  const above = needed.slice(kept).some(Boolean);
  return encodings.map(({ maxBitrate }, i) => ({
    active: i < kept && (needed[i] || (above && i === kept - 1)),
    maxBitrate: saver ? Math.min(maxBitrate, saverBps) : maxBitrate,
  }));
}
