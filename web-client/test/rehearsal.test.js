import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rehearsal } from '../static/call/rehearsal.js';

const OFFER = [
  ...['v=0', 'o=- 77 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0 1 2 3', 'a=msid-semantic: WMS'],
  ...['m=audio 40123 UDP/TLS/RTP/SAVPF 111', 'c=IN IP4 192.0.2.7', 'b=AS:64'],
  ...['a=candidate:1 1 udp 1 192.0.2.7 40123 typ host', 'a=ice-ufrag:mine', 'a=ice-pwd:mymymymymymymymymymymymy'],
  ...['a=fingerprint:sha-256 AB:CD', 'a=setup:actpass', 'a=mid:0', 'a=sendonly', 'a=msid:- abc'],
  ...['a=rtpmap:111 opus/48000/2', 'a=ssrc:1 cname:x'],
  ...['m=video 0 UDP/TLS/RTP/SAVPF 96 97', 'c=IN IP4 0.0.0.0', 'a=bundle-only', 'a=mid:1', 'a=sendonly'],
  ...['a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid', 'a=rtpmap:96 VP8/90000', 'a=rid:q send', 'a=rid:f send'],
  ...['a=simulcast:send ~q;f'],
  ...['m=video 0 UDP/TLS/RTP/SAVPF 96 97', 'a=bundle-only', 'a=mid:2', 'a=recvonly', 'a=rtpmap:96 VP8/90000'],
  ...['m=application 0 UDP/DTLS/SCTP webrtc-datachannel', 'a=bundle-only', 'a=setup:actpass', 'a=mid:3'],
  ...['a=sctp-port:5000', 'a=max-message-size:262144', ''],
].join('\r\n');

const sections = rehearsal(OFFER).split(/^(?=m=)/m);

test('a rehearsal takes each section of the offer, the other way round', () => {
  assert.equal(sections.length, 5);
  assert.match(sections[0] ?? '', /^a=group:BUNDLE 0 1 2 3\r$/m);
  sections.slice(1, 4).forEach((section, i) => {
    assert.match(section, /^m=\w+ 9 UDP/, 'not refused');
    assert.match(section, new RegExp(`^a=mid:${i}\r$`, 'm'));
    assert.match(section, /^a=rtpmap:/m);
    assert.equal((/^a=(sendonly|recvonly)\r$/m.exec(section) ?? [])[1], i === 2 ? 'sendonly' : 'recvonly');
  });
});

test('a rehearsal takes the encodings, and leaves off those that are off', () => {
  assert.match(sections[2] ?? '', /^a=rid:q recv\r$[^]*^a=rid:f recv\r$[^]*^a=simulcast:recv ~q;f\r$/m);
});

test('a rehearsal takes the data channels', () => {
  const [line, ...lines] = (sections[4] ?? '').split('\r\n');
  assert.equal(line, 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel');
  for (const has of ['a=mid:3', 'a=sctp-port:5000', 'a=setup:passive']) assert.ok(lines.includes(has), has);
});

test('nobody is at the other end of a rehearsal', () => {
  const text = sections.join('');
  for (const own of ['192.0.2.7', '40123', 'mine', 'AB:CD', 'actpass', 'ssrc', 'msid', 'bundle-only', 'b=']) {
    assert.ok(!text.includes(own), own);
  }
  assert.ok(!text.includes('candidate'), 'nowhere to send to');
  assert.equal(text.match(/^a=setup:passive\r$/gm)?.length, 4);
});
