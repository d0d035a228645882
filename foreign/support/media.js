// Media for clients that send RTP and have no encoders: real frames, the same again and again.

/** A VP8 key frame of one pixel, RFC 6386. */
const VP8_KEY_FRAME = Buffer.from('3001009d012a010001000ec0fe25a400037000000000', 'hex');
/** Payload descriptor, RFC 7741 section 4.2: start of the only partition. */
const VP8_DESCRIPTOR = Buffer.from([0x10]);
/** 20 ms of silence, RFC 6716. */
const OPUS_SILENCE = Buffer.from('f8fffe', 'hex');

/** A stream of RTP packets, RFC 3550 section 5.1. */
class Stream {
  /** @param {number} payloadType @param {number} ssrc @param {number} step of the timestamp @param {Buffer} payload @param {boolean} marker */
  constructor(payloadType, ssrc, step, payload, marker) {
    Object.assign(this, { payloadType, ssrc, step, payload, marker });
    this.sequence = 65_500;
    this.timestamp = 4_294_900_000;
  }

  next() {
    const packet = Buffer.alloc(12 + this.payload.length);
    packet[0] = 0x80;
    packet[1] = (this.marker ? 0x80 : 0) | this.payloadType;
    packet.writeUInt16BE((this.sequence = (this.sequence + 1) & 0xffff), 2);
    packet.writeUInt32BE((this.timestamp = (this.timestamp + this.step) >>> 0), 4);
    packet.writeUInt32BE(this.ssrc, 8);
    this.payload.copy(packet, 12);
    return packet;
  }
}

/** @param {number} payloadType @param {number} ssrc */
export const picture = (payloadType, ssrc) =>
  new Stream(payloadType, ssrc, 3_000, Buffer.concat([VP8_DESCRIPTOR, VP8_KEY_FRAME]), true);

/** @param {number} payloadType @param {number} ssrc */
export const sound = (payloadType, ssrc) => new Stream(payloadType, ssrc, 960, OPUS_SILENCE, false);

export const PICTURE_MS = 33;
export const SOUND_MS = 20;
