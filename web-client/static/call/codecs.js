/** @typedef {{ mimeType: string, sdpFmtpLine?: string, clockRate: number, channels?: number }} Codec */

const VIDEO = [
  /** @param {Codec} c */ c => c.mimeType === 'video/VP8',
  /** @param {Codec} c */ c => c.mimeType === 'video/H264' && baseline(c.sdpFmtpLine ?? ''),
  /** @param {Codec} c */ c => c.mimeType === 'video/VP9' && /(^|;)profile-id=0|^$/.test(c.sdpFmtpLine ?? ''),
  /** @param {Codec} c */ c => c.mimeType === 'video/AV1' && !/profile=[12]/.test(c.sdpFmtpLine ?? ''),
];
const AUDIO = [
  /** @param {Codec} c */ c => c.mimeType === 'audio/opus',
  /** @param {Codec} c */ c => c.mimeType === 'audio/red',
];

/** Constrained baseline with packetization mode 1: the H.264 that everybody who has any can decode. @param {string} fmtp */
const baseline = fmtp => /profile-level-id=42e0/i.test(fmtp) && /packetization-mode=1/.test(fmtp);

/**
 * The codecs a section offers: one form of each, best first, with retransmission. Untrimmed, an offer with the whole pool
 * of slots passes 64 KiB in Chromium.
 * @template {Codec} C
 * @param {'audio' | 'video'} kind
 * @param {C[]} capabilities
 * @returns {C[]} nothing when this browser's names are not understood: then it offers what it likes
 */
export function trimmed(kind, capabilities) {
  const chosen = (kind === 'video' ? VIDEO : AUDIO).flatMap(is => capabilities.filter(is).slice(0, 1));
  if (!chosen.length) return [];
  return kind === 'audio' ? chosen : [...chosen, ...capabilities.filter(c => c.mimeType === 'video/rtx')];
}

/**
 * One of them alone, with retransmission: what an answer cannot but choose.
 * @template {Codec} C
 * @param {string} name as in `VP8`
 * @param {C[]} codecs
 * @returns {C[]} nothing where it is not among them
 */
export function alone(name, codecs) {
  const is = (/** @type {C} */ c) => c.mimeType.toLowerCase() === `video/${name.toLowerCase()}`;
  return codecs.some(is) ? [...codecs.filter(is), ...codecs.filter(c => c.mimeType === 'video/rtx')] : [];
}
