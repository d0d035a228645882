// libdatachannel through node-datachannel: raw RTP, nothing negotiated that is not necessary.
import datachannel from 'node-datachannel';
import { PICTURE_MS, SOUND_MS, picture, sound } from '../support/media.js';
import { Incoming } from '../../web-client/e2e/support/channels.js';
import { Arrivals, checkData, run, say } from '../support/program.js';
import { Session } from '../support/whip.js';

const OPUS = 111;
const VP8 = 96;
/** The library keeps no reference to what it calls back. @type {object[]} */
const held = [];

function connection() {
  // Else it gathers from the first data channel on, before anyone listens for the end of it.
  const disableAutoNegotiation = true;
  const settings = { iceServers: [], bindAddress: '127.0.0.1', disableAutoNegotiation };
  const pc = new datachannel.PeerConnection('foreign', settings);
  pc.onStateChange(state => state === 'connected' && say({ connected: true }));
  return pc;
}

/** @param {'SendOnly' | 'RecvOnly'} direction */
function tracks(pc, direction) {
  const audio = new datachannel.Audio('a', direction);
  audio.addOpusCodec(OPUS);
  const video = new datachannel.Video('v', direction);
  video.addVP8Codec(VP8);
  if (direction === 'SendOnly') {
    audio.addSSRC(1001, 'foreign', 'stream', 'sound');
    video.addSSRC(2001, 'foreign', 'stream', 'picture');
  }
  const added = { audio: pc.addTrack(audio), video: pc.addTrack(video) };
  held.push(pc, added);
  return added;
}

/** That may have begun with the first channel, and be over. */
const gathered = pc =>
  new Promise(resolve => {
    pc.onGatheringStateChange(state => state === 'complete' && resolve(0));
    pc.setLocalDescription('offer');
    if (pc.gatheringState() === 'complete') resolve(0);
  });

/** Offers when all candidates are known. @param {string} resource */
async function connect(pc, resource) {
  await gathered(pc);
  const session = await Session.open(resource, pc.localDescription().sdp);
  pc.setRemoteDescription(session.answer, 'answer');
  return () => session.close();
}

/** @returns {import('../../web-client/e2e/support/channels.js').Channel} */
function channel(dc) {
  held.push(dc);
  return {
    label: dc.getLabel(),
    opened: dc.isOpen() ? Promise.resolve() : new Promise(resolve => dc.onOpen(() => resolve(0))),
    closed: new Promise(resolve => dc.onClosed(() => resolve(0))),
    onMessage: listener => dc.onMessage(listener),
    send: data => (typeof data === 'string' ? dc.sendMessage(data) : dc.sendMessageBinary(Buffer.from(data))),
    close: () => dc.close(),
  };
}

await run({
  async data(resource) {
    const pc = connection();
    tracks(pc, 'RecvOnly');
    /** @type {import('../../web-client/e2e/support/channels.js').Peer} */
    const peer = {
      emptyToo: true,
      atOnce: 200, // of 512 ids, and those of closed channels come back late
      open: (label, { ordered, ...options }) =>
        channel(pc.createDataChannel(label, { ...options, unordered: ordered === false })),
      incoming: new Incoming(),
    };
    pc.onDataChannel(dc => peer.incoming.add(channel(dc)));
    const control = peer.open('control', {});
    const leave = await connect(pc, resource);
    checkData(peer, control, pc.remoteDescription().sdp);
    return leave;
  },

  async publish(resource) {
    const pc = connection();
    const { audio, video } = tracks(pc, 'SendOnly');
    const pictures = picture(VP8, 2001);
    const sounds = sound(OPUS, 1001);
    setInterval(() => video.isOpen() && video.sendMessageBinary(pictures.next()), PICTURE_MS);
    setInterval(() => audio.isOpen() && audio.sendMessageBinary(sounds.next()), SOUND_MS);
    return connect(pc, resource);
  },

  async watch(resource) {
    const pc = connection();
    const { audio, video } = tracks(pc, 'RecvOnly');
    const arrivals = new Arrivals();
    const isRtp = (/** @type {Buffer} */ packet, /** @type {number} */ type) => (packet[1] & 0x7f) === type;
    audio.onMessage(packet => (arrivals.audio += isRtp(packet, OPUS) ? 1 : 0));
    video.onMessage(packet => (arrivals.video += isRtp(packet, VP8) ? 1 : 0));
    return connect(pc, resource);
  },
});
