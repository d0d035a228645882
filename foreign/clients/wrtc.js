// libwebrtc in Node: a browser's stack without a browser. Encodes, decodes, and sends its candidates as they come.
import wrtc from '@roamhq/wrtc';
import { PICTURE_MS } from '../support/media.js';
import { Incoming, browserChannel } from '../../web-client/e2e/support/channels.js';
import { Arrivals, checkData, run, say } from '../support/program.js';
import { Session, fragment } from '../support/whip.js';

const WIDTH = 320;
const HEIGHT = 180;
const { RTCAudioSink, RTCAudioSource, RTCVideoSink, RTCVideoSource } = wrtc.nonstandard;

function connection() {
  const pc = new wrtc.RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  pc.addEventListener('connectionstatechange', () => pc.connectionState === 'connected' && say({ connected: true }));
  return pc;
}

/** @param {string} resource */
async function connect(pc, resource) {
  /** @type {string[]} */
  const early = [];
  /** @type {(candidate: string) => unknown} */
  let found = candidate => early.push(candidate);
  pc.addEventListener('icecandidate', event => event.candidate?.candidate && found(event.candidate.candidate));
  const offer = await pc.createOffer();
  await pc.setLocalDescription(offer);
  const session = await Session.open(resource, offer.sdp);
  found = candidate => session.trickle(fragment(offer.sdp, [candidate]));
  if (early.length) await session.trickle(fragment(offer.sdp, early));
  await pc.setRemoteDescription({ type: 'answer', sdp: session.answer });
  return () => session.close();
}

await run({
  async data(resource) {
    const pc = connection();
    pc.addTransceiver('audio', { direction: 'recvonly' });
    /** @type {import('../../web-client/e2e/support/channels.js').Peer} */
    const peer = {
      emptyToo: true,
      open: (label, options) => browserChannel(pc.createDataChannel(label, options)),
      incoming: new Incoming(),
    };
    pc.addEventListener('datachannel', event => peer.incoming.add(browserChannel(event.channel)));
    const control = peer.open('control', {});
    const leave = await connect(pc, resource);
    checkData(peer, control, pc.remoteDescription.sdp);
    return leave;
  },

  async publish(resource) {
    const pc = connection();
    const audio = new RTCAudioSource();
    const video = new RTCVideoSource();
    pc.addTransceiver(audio.createTrack(), { direction: 'sendonly' });
    pc.addTransceiver(video.createTrack(), { direction: 'sendonly' });
    const samples = new Int16Array(480).map((_, i) => 8_000 * Math.sin((i / 480) * 2 * Math.PI * 5));
    setInterval(() => audio.onData({ samples, sampleRate: 48_000 }), 10);
    let shade = 0;
    setInterval(() => {
      const data = new Uint8ClampedArray(WIDTH * HEIGHT * 1.5).fill((shade = (shade + 5) % 256));
      video.onFrame({ width: WIDTH, height: HEIGHT, data });
    }, PICTURE_MS);
    return connect(pc, resource);
  },

  async watch(resource) {
    const pc = connection();
    const arrivals = new Arrivals();
    pc.addEventListener('track', ({ track }) => {
      if (track.kind === 'audio') {
        new RTCAudioSink(track).ondata = () => arrivals.audio++;
      } else {
        new RTCVideoSink(track).onframe = () => arrivals.video++;
      }
    });
    pc.addTransceiver('audio', { direction: 'recvonly' });
    pc.addTransceiver('video', { direction: 'recvonly' });
    return connect(pc, resource);
  },
});
