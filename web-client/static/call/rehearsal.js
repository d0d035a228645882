/** What an answer does not repeat of its offer: whose it is, where that is reached, which way it flows. */
const OFFERERS_OWN =
  /^([^a]|a=(candidate|end-of-candidates|bundle-only|ice-|fingerprint|setup|ssrc|msid|rid|simulcast|rtcp:))/;

/** @type {Record<string, string>} */
const REVERSED = { sendonly: 'recvonly', recvonly: 'sendonly', sendrecv: 'sendrecv', inactive: 'inactive' };

/** Nobody's: the real ones come with the real answer. */
const STAND_IN = [
  'a=ice-ufrag:rehearsal',
  'a=ice-pwd:rehearsalrehearsalrehearsal',
  `a=fingerprint:sha-256 ${Array(32).fill('00').join(':')}`,
  'a=setup:passive',
];

/**
 * An answer to our own offer before anybody could give one: each section taken, nobody at the other end. Given as a
 * `pranswer` it makes the browser build its receivers while nobody waits for them; the real answer then brings names and
 * addresses only.
 * @param {string} offer
 * @returns {string}
 */
export function rehearsal(offer) {
  const [session = '', ...sections] = offer.split(/^(?=m=)/m);
  const bundle = session.split('\r\n').filter(line => line.startsWith('a=group:BUNDLE'));
  const head = ['v=0', 'o=- 1 1 IN IP4 0.0.0.0', 's=-', 't=0 0', ...bundle, 'a=ice-lite'];
  return `${[...head, ...sections.flatMap(taken)].join('\r\n')}\r\n`;
}

/** @param {string} section */
function taken(section) {
  const lines = section.split('\r\n').filter(Boolean);
  return [
    (lines[0] ?? '').replace(/^(m=\w+) \d+/, '$1 9'),
    'c=IN IP4 0.0.0.0',
    ...lines.filter(line => !OFFERERS_OWN.test(line)).map(line => `a=${REVERSED[line.slice(2)] ?? line.slice(2)}`),
    ...lines.filter(line => /^a=(rid|simulcast):/.test(line)).map(line => line.replace(/\bsend\b/, 'recv')),
    ...STAND_IN,
  ];
}
