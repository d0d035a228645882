// What every client says over HTTP: an offer by POST, candidates by PATCH, DELETE to leave.

const RETRIES_MAX = 40;

/** A session at a WHIP or WHEP resource. */
export class Session {
  /** @param {string} location @param {string} tag @param {string} answer */
  constructor(location, tag, answer) {
    this.location = location;
    this.tag = tag;
    this.answer = answer;
  }

  /** Whoever is watched may not have sent anything yet: then asks again when it is told to. */
  static async open(/** @type {string} */ resource, /** @type {string} */ offer) {
    for (let retries = 0; ; retries++) {
      const response = await fetch(resource, {
        method: 'POST',
        headers: { 'Content-Type': 'application/sdp' },
        body: offer,
      });
      const body = await response.text();
      if (response.status === 201) {
        const location = new URL(response.headers.get('location') ?? '', resource).href;
        return new Session(location, response.headers.get('etag') ?? '', body);
      }
      const wait = Number(response.headers.get('retry-after'));
      if (response.status !== 503 || retries === RETRIES_MAX) throw new Error(`${response.status} ${body}`);
      await new Promise(resolve => setTimeout(resolve, wait * 250));
    }
  }

  /** @param {string} fragment */
  async trickle(fragment) {
    const response = await fetch(this.location, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': this.tag },
      body: fragment,
    });
    if (response.status !== 204) throw new Error(`trickle: ${response.status} ${await response.text()}`);
  }

  async close() {
    await fetch(this.location, { method: 'DELETE' });
  }
}

/** A fragment (RFC 8840) with candidates of a description's first section. @param {string} sdp @param {string[]} candidates */
export function fragment(sdp, candidates) {
  const lines = sdp.split(/\r?\n/);
  const find = (/** @type {string} */ start) => lines.find(line => line.startsWith(start)) ?? '';
  const head = [find('a=ice-ufrag:'), find('a=ice-pwd:'), find('m='), find('a=mid:')];
  return [...head, ...candidates.map(candidate => `a=${candidate}`), ''].join('\r\n');
}
