/**
 * Runs in the page before its own scripts: notes when what happened, from the press on a join button to the first remote
 * picture. It only listens. `joinTimes()` gives the moments of the last press in milliseconds after it.
 */
export function stopwatch() {
  /** @type {Map<string, number>} */
  let moments = new Map();
  let pressedAt = NaN;
  /** @type {Set<string>} */
  const remote = new Set();
  const note = (/** @type {string} */ what, at = performance.now()) => {
    if (!moments.has(what)) moments.set(what, Math.max(0, at - pressedAt));
  };

  addEventListener(
    'click',
    event => {
      if (!(/** @type {Element} */ (event.target).closest('button.primary'))) return;
      moments = new Map();
      remote.clear();
      pressedAt = performance.now();
    },
    true,
  );

  globalThis.WebSocket = class extends WebSocket {
    /** @param {string | URL} url @param {string | string[]} [protocols] */
    constructor(url, protocols) {
      super(url, protocols);
      this.addEventListener('message', ({ data }) => data.includes('"answer"') && note('answer'));
    }

    /** @param {Parameters<WebSocket['send']>[0]} data @override */
    send(data) {
      if (typeof data === 'string' && data.includes('"type":"join"')) note('ws');
      super.send(data);
    }
  };

  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    /** @param {RTCConfiguration} [configuration] */
    constructor(configuration) {
      super(configuration);
      this.addEventListener('track', ({ track }) => remote.add(track.id));
      this.addEventListener('iceconnectionstatechange', () => {
        if (['connected', 'completed'].includes(this.iceConnectionState)) note('ice');
      });
      this.addEventListener('connectionstatechange', () => this.connectionState === 'connected' && note('dtls'));
    }

    /** @param {RTCSessionDescriptionInit} description @override */
    async setRemoteDescription(description) {
      await super.setRemoteDescription(description);
      this.getReceivers().forEach(r => remote.add(r.track.id));
      note('described');
    }
  };

  const { get, set } = /** @type {Required<PropertyDescriptor>} */ (
    Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject')
  );
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    get,
    /** @this {HTMLVideoElement} @param {MediaStream | null} stream */
    set(stream) {
      set.call(this, stream);
      if (!this.requestVideoFrameCallback || !stream?.getTracks().some(t => remote.has(t.id))) return;
      note('attached');
      this.requestVideoFrameCallback((now, frame) => {
        if (frame.receiveTime) note('first_packet', frame.receiveTime);
        note('first_frame');
      });
    },
  });

  Object.assign(globalThis, { joinTimes: () => Object.fromEntries(moments) });
}
