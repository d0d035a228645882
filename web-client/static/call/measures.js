// What a browser's statistics say, in one form for both browsers; and what happened between two looks at them.
import { lineOf, pairOf } from './line.js';

/**
 * One stream that comes in. Counters grow from the beginning; null is what the browser does not tell.
 * @typedef {{ mid: string, kind: string, codec: string, bytes: number, packets: number, lost: number,
 *   repaired: number | null, jitterMs: number, delayS: number, delayed: number, frames: number, fps: number, width: number,
 *   height: number, frozenS: number, concealed: number, samples: number, out: number }} Incoming `out` grows while
 *   something comes out: pictures, or sound that was not made up
 */
/**
 * One encoding that goes out. `limited` is what keeps it smaller than wanted: '', `bandwidth` or `cpu`.
 * @typedef {{ mid: string, rid: string, kind: string, codec: string, bytes: number, fps: number, width: number, height: number,
 *   layers: string, limited: string, loss: number | null }} Outgoing
 */
/**
 * The way that media takes: how this side looks to the network, and where the server is.
 * @typedef {{ protocol: string, type: string, network: string, server: string }} Path
 */
/**
 * @typedef {{ atMs: number, incoming: Incoming[], outgoing: Outgoing[], line: import('./line.js').Line, path: Path | null,
 *   received: number, sent: number }} Measured
 */
/**
 * @typedef {{ mid: string, kind: string, codec: string, bps: number, packets: number, lost: number, loss: number,
 *   repaired: number | null, jitterMs: number, bufferMs: number | null, frames: number, fps: number, width: number,
 *   height: number, frozen: number, concealed: number }} Received `loss`, `frozen` and `concealed` are parts of one
 */
/** @typedef {Omit<Outgoing, 'bytes'> & { bps: number }} Sent */
/**
 * @typedef {{ seconds: number, received: Received[], sent: Sent[], line: import('./line.js').Line, path: Path | null,
 *   downBps: number, upBps: number }} Rates
 */

/** @param {Iterable<any>} statistics the values of an RTCStatsReport @returns {Measured} */
export function measured(statistics) {
  const all = [...statistics];
  const byId = new Map(all.map(s => [s.id, s]));
  /** @param {any} s */
  const codecOf = s =>
    String(byId.get(s.codecId)?.mimeType ?? '').replace(/^\w+\/(\w)/, (_, first) => first.toUpperCase());
  const pair = pairOf(all);
  return {
    atMs: Math.max(0, ...all.map(s => s.timestamp)),
    incoming: all.filter(s => s.type === 'inbound-rtp' && s.mid).map(s => incoming(s, codecOf(s))),
    outgoing: all
      .filter(s => s.type === 'outbound-rtp' && s.mid && s.packetsSent > 0)
      .map(s => outgoing(s, codecOf(s), byId.get(s.remoteId))),
    line: lineOf(all),
    path: pair ? pathOf(byId.get(pair.localCandidateId), byId.get(pair.remoteCandidateId)) : null,
    received: pair?.bytesReceived ?? 0,
    sent: pair?.bytesSent ?? 0,
  };
}

/** What happened between two looks. @param {Measured} before @param {Measured} now @returns {Rates} */
export function rates(before, now) {
  const seconds = Math.max(0.001, (now.atMs - before.atMs) / 1000);
  const was = new Map(before.incoming.map(s => [s.mid, s]));
  const went = new Map(before.outgoing.map(s => [s.mid + s.rid, s]));
  /** @param {number} from @param {number} to */
  const perSecond = (from, to) => (8 * Math.max(0, to - from)) / seconds;
  return {
    seconds,
    received: now.incoming.map(s => received(was.get(s.mid) ?? { ...s, ...NOTHING }, s, seconds)),
    sent: now.outgoing.map(({ bytes, ...s }) => ({ ...s, bps: perSecond(went.get(s.mid + s.rid)?.bytes ?? 0, bytes) })),
    line: now.line,
    path: now.path,
    downBps: perSecond(before.received, now.received),
    upBps: perSecond(before.sent, now.sent),
  };
}

const NOTHING = {
  ...{ bytes: 0, packets: 0, lost: 0, repaired: null, delayS: 0, delayed: 0, frames: 0 },
  ...{ frozenS: 0, concealed: 0, samples: 0 },
};

/** @param {Incoming} before @param {Incoming} now @param {number} seconds @returns {Received} */
function received(before, now, seconds) {
  /** @param {'bytes' | 'packets' | 'lost' | 'delayS' | 'delayed' | 'frames' | 'frozenS' | 'concealed' | 'samples'} key */
  const more = key => Math.max(0, now[key] - before[key]);
  const [packets, lost, samples, delayed] = [more('packets'), more('lost'), more('samples'), more('delayed')];
  const { mid, kind, codec, jitterMs, fps, width, height } = now;
  return {
    ...{ mid, kind, codec, jitterMs, fps, width, height, packets, lost },
    bps: (8 * more('bytes')) / seconds,
    loss: lost / Math.max(1, packets + lost),
    repaired: now.repaired === null ? null : Math.max(0, now.repaired - (before.repaired ?? 0)),
    bufferMs: delayed ? (1000 * more('delayS')) / delayed : null,
    frames: more('frames'),
    frozen: Math.min(1, more('frozenS') / seconds),
    concealed: more('concealed') / Math.max(1, samples),
  };
}

/** @param {any} s @param {string} key */
const count = (s, key) => s[key] ?? 0;

/** @param {any} s @param {string} codec @returns {Incoming} */
const incoming = (s, codec) => ({
  mid: s.mid,
  kind: s.kind,
  codec,
  bytes: count(s, 'bytesReceived'),
  packets: count(s, 'packetsReceived'),
  lost: count(s, 'packetsLost'),
  repaired: s.retransmittedPacketsReceived ?? null,
  jitterMs: 1000 * count(s, 'jitter'),
  delayS: count(s, 'jitterBufferDelay'),
  delayed: count(s, 'jitterBufferEmittedCount'),
  frames: count(s, 'framesDecoded'),
  fps: count(s, 'framesPerSecond'),
  width: count(s, 'frameWidth'),
  height: count(s, 'frameHeight'),
  frozenS: count(s, 'totalFreezesDuration'),
  concealed: Math.max(0, count(s, 'concealedSamples') - count(s, 'silentConcealedSamples')),
  samples: count(s, 'totalSamplesReceived'),
  out: s.kind === 'video' ? count(s, 'framesDecoded') : heard(s),
});

/** Silence that fills a gap is made up too. @param {any} s @returns {number} */
const heard = s =>
  s.totalSamplesReceived === undefined
    ? count(s, 'packetsReceived')
    : Math.max(0, s.totalSamplesReceived - count(s, 'concealedSamples'));

/** @param {any} s @param {string} codec @param {any} heard what the server says of it @returns {Outgoing} */
const outgoing = (s, codec, heard) => ({
  mid: s.mid,
  rid: s.rid ?? '',
  kind: s.kind,
  codec,
  bytes: count(s, 'bytesSent'),
  fps: count(s, 'framesPerSecond'),
  width: count(s, 'frameWidth'),
  height: count(s, 'frameHeight'),
  layers: s.scalabilityMode ?? '',
  limited: ['bandwidth', 'cpu'].includes(s.qualityLimitationReason) ? s.qualityLimitationReason : '',
  loss: heard?.fractionLost ?? null,
});

/** @param {any} local @param {any} remote @returns {Path} */
const pathOf = (local, remote) => ({
  protocol: remote?.protocol ?? local?.protocol ?? '',
  type: local?.candidateType ?? '',
  network: local?.networkType ?? '',
  server: remote?.address
    ? `${remote.address.includes(':') ? `[${remote.address}]` : remote.address}:${remote.port}`
    : '',
});
