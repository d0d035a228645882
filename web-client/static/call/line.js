/**
 * How one's own media fares on its way to the server. Null is what the browser does not tell. `limited`: a picture is made
 * smaller than wanted because the line does not carry it. `spareBps`: what the line carries, by the browser's estimate.
 * @typedef {{ rttMs: number | null, loss: number | null, limited: boolean, spareBps: number | null }} Line
 */

/** A report of the server's that is older tells of something that is not sent any more. */
const REPORT_MS = 5000;

/** @param {Iterable<any>} statistics the values of an RTCStatsReport @returns {Line} */
export function lineOf(statistics) {
  const all = [...statistics];
  const nowMs = Math.max(...all.map(s => s.timestamp));
  const heard = all.filter(s => s.type === 'remote-inbound-rtp' && nowMs - s.timestamp < REPORT_MS);
  const pair = pairOf(all);
  const rtt = most(heard.map(s => s.roundTripTime)) ?? pair?.currentRoundTripTime ?? null;
  return {
    rttMs: rtt === null ? null : rtt * 1000,
    loss: most(heard.map(s => s.fractionLost)),
    limited: all.some(
      s => s.type === 'outbound-rtp' && s.qualityLimitationReason === 'bandwidth' && s.framesPerSecond > 0,
    ),
    spareBps: pair?.availableOutgoingBitrate ?? null,
  };
}

/** @param {(number | undefined)[]} list @returns {number | null} */
function most(list) {
  const known = list.filter(n => n !== undefined);
  return known.length ? Math.max(...known) : null;
}

/** The way that media takes. @param {any[]} all @returns {any} */
export function pairOf(all) {
  const id = all.find(s => s.type === 'transport')?.selectedCandidatePairId; // Firefox says it by `nominated` alone
  return all.find(s => s.type === 'candidate-pair' && (id ? s.id === id : s.nominated && s.state === 'succeeded'));
}
