/** @typedef {import('../call/measures.js').Rates} Rates */
/** @typedef {import('../call/measures.js').Received} Received */
/** @typedef {import('../call/measures.js').Sent} Sent */
/** @typedef {import('../call/slots.js').Slot} Slot */
/** @typedef {import('../protocol/messages.js').Source} Source */
/** @typedef {{ name: string, source: Source }} Whose who is seen or heard in a section */
/** @typedef {import('../ui/statistics.js').Part} Part */
/** @typedef {import('../texts/en.js').Texts['statistics']} Words */

/** @param {Rates} rates @param {Words} words @returns {Part} */
export function connection({ line, path, upBps, downBps }, words) {
  /** @type {[string, string][]} */
  const facts = [
    [words.down, words.rate(downBps)],
    [words.up, words.rate(upBps)],
    [words.roundTrip, line.rttMs === null ? words.unknown : words.ms(line.rttMs)],
    [words.loss, line.loss === null ? words.unknown : words.part(line.loss)],
    [words.room, line.spareBps === null ? words.unknown : words.rate(line.spareBps)],
  ];
  if (path) {
    facts.push([words.path, [path.protocol.toUpperCase(), path.type, path.network].filter(Boolean).join(', ')]);
    facts.push([words.server, path.server || words.unknown]);
  }
  return { heading: words.connection, facts, columns: [], rows: [] };
}

/**
 * @param {Sent[]} sent
 * @param {(mid: string) => Source | null} sourceOf
 * @param {Words} words
 * @returns {Part}
 */
export function sending(sent, sourceOf, words) {
  const rows = sent.flatMap(s => {
    const source = sourceOf(s.mid);
    if (source === null || (s.bps === 0 && s.kind === 'video')) return [];
    const name = words.sources[source] + (s.rid ? ` (${s.rid})` : '');
    const more = [s.layers, s.limited && words.limited[s.limited]].filter(Boolean).join(', ');
    const loss = s.loss === null ? '' : words.part(s.loss);
    return [{ name, cells: [picture(s, words), words.rate(s.bps), loss, s.codec, more] }];
  });
  const columns = [words.source, words.picture, words.rateHead, words.lossHead, words.codec, words.layers];
  return { heading: words.sending, facts: [], columns, rows };
}

/**
 * @param {Received[]} received
 * @param {(mid: string) => Whose | null} whose nobody is in a section that nothing is said of
 * @param {Words} words
 * @returns {Part}
 */
export function receiving(received, whose, words) {
  const rows = received.flatMap(r => {
    const who = whose(r.mid);
    if (!who || (!r.packets && !r.bps)) return [];
    const name = words.of(who.name, words.sources[who.source]);
    const buffer = r.bufferMs === null ? '' : words.ms(r.bufferMs);
    return [{ name, cells: [picture(r, words), words.rate(r.bps), words.part(r.loss), r.codec, buffer] }];
  });
  rows.sort((a, b) => a.name.localeCompare(b.name));
  const columns = [words.source, words.picture, words.rateHead, words.lossHead, words.codec, words.bufferHead];
  return { heading: words.receiving, facts: [], columns, rows };
}

/** The same as text, to be sent to somebody. @param {Part[]} parts @param {string[]} head */
export function report(parts, head) {
  const lines = parts.flatMap(({ heading, facts, columns, rows }) => [
    ...['', heading],
    ...facts.map(([what, value]) => `  ${what}: ${value}`),
    ...rows.map(({ name, cells }) => `  ${name}: ${filled(columns.slice(1), cells)}`),
  ]);
  return [...head, ...lines].join('\n');
}

/** @param {string[]} columns @param {string[]} cells */
const filled = (columns, cells) => cells.flatMap((c, i) => (c ? [`${columns[i].toLowerCase()} ${c}`] : [])).join(', ');

/** @param {{ width: number, height: number, fps: number }} picture @param {Words} words */
const picture = ({ width, height, fps }, words) => (width && height ? words.size(width, height, fps) : '');
