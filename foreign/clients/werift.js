// werift: ICE, DTLS, SRTP and RTP in TypeScript. Does not wait for its candidates; with FOREIGN_SETUP it takes one DTLS
// role by its offer instead of leaving the choice.
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters } from 'werift';
import { PICTURE_MS, SOUND_MS, picture, sound } from '../support/media.js';
import { Incoming } from '../../web-client/e2e/support/channels.js';
import { Arrivals, checkData, run, say } from '../support/program.js';
import { Session, fragment } from '../support/whip.js';

const SETUP = process.env.FOREIGN_SETUP ?? 'actpass';

function connection() {
  const pc = new RTCPeerConnection({
    iceServers: [],
    iceUseIpv6: false,
    iceAdditionalHostAddresses: ['127.0.0.1'],
    codecs: {
      audio: [new RTCRtpCodecParameters({ mimeType: 'audio/opus', clockRate: 48000, channels: 2 })],
      video: [
        new RTCRtpCodecParameters({
          mimeType: 'video/VP8',
          clockRate: 90000,
          rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }, { type: 'goog-remb' }],
        }),
      ],
    },
  });
  pc.connectionStateChange.subscribe(state => state === 'connected' && say({ connected: true }));
  return pc;
}

/** @param {RTCPeerConnection} pc @param {string} resource */
async function connect(pc, resource) {
  /** @type {string[]} */
  const candidates = [];
  pc.onIceCandidate.subscribe(candidate => candidate?.candidate && candidates.push(candidate.candidate));
  const offer = await pc.createOffer();
  const gathering = pc.setLocalDescription(offer);
  const session = await Session.open(resource, offer.sdp.replaceAll('a=setup:actpass', `a=setup:${SETUP}`));
  await gathering;
  await session.trickle(
    fragment(
      offer.sdp,
      candidates.map(line => line.replace(/^(candidate:)?/, 'candidate:')),
    ),
  );
  await pc.setRemoteDescription({ type: 'answer', sdp: session.answer });
  return () => session.close();
}

/** It takes a closed channel's id again at once, before the other side's reset is through (RFC 8831 section 6.7). */
const ID_REST_MS = 500;

/** @param {import('werift').RTCDataChannel} dc @returns {import('../../web-client/e2e/support/channels.js').Channel} */
function channel(dc) {
  const state = (/** @type {string} */ wanted) =>
    new Promise(resolve => {
      if (dc.readyState === wanted) resolve(0);
      dc.stateChanged.subscribe(now => now === wanted && resolve(0));
    });
  return {
    label: dc.label,
    opened: state('open'),
    closed: state('closed').then(() => new Promise(resolve => setTimeout(resolve, ID_REST_MS))),
    onMessage: listener => void dc.onMessage.subscribe(listener),
    send: data => dc.send(typeof data === 'string' ? data : Buffer.from(data)),
    close: () => dc.close(),
  };
}

await run({
  async data(resource) {
    const pc = connection();
    pc.addTransceiver('audio', { direction: 'recvonly' });
    /** @type {import('../../web-client/e2e/support/channels.js').Peer} */
    const peer = {
      emptyToo: false, // it sends DATA without user data, which RFC 9260 section 3.3.1 does not have
      open: (label, options) => channel(pc.createDataChannel(label, options)),
      incoming: new Incoming(),
    };
    pc.onDataChannel.subscribe(dc => peer.incoming.add(channel(dc)));
    const control = peer.open('control', {});
    const leave = await connect(pc, resource);
    checkData(peer, control, pc.remoteDescription?.sdp ?? '');
    return leave;
  },

  async publish(resource) {
    const pc = connection();
    const audio = new MediaStreamTrack({ kind: 'audio' });
    const video = new MediaStreamTrack({ kind: 'video' });
    pc.addTransceiver(audio, { direction: 'sendonly' });
    pc.addTransceiver(video, { direction: 'sendonly' });
    const leave = await connect(pc, resource);
    const pictures = picture(96, 2001);
    const sounds = sound(111, 1001);
    setInterval(() => video.writeRtp(pictures.next()), PICTURE_MS);
    setInterval(() => audio.writeRtp(sounds.next()), SOUND_MS);
    return leave;
  },

  async watch(resource) {
    const pc = connection();
    const arrivals = new Arrivals();
    for (const kind of /** @type {const} */ (['audio', 'video'])) {
      pc.addTransceiver(kind, { direction: 'recvonly' }).onTrack.subscribe(track => {
        track.onReceiveRtp.subscribe(() => arrivals[kind]++);
      });
    }
    return connect(pc, resource);
  },
});
