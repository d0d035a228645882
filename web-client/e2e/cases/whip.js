// Browsers in a call, and beside them browsers that speak WHIP and WHEP as encoders and players do.
import assert from 'node:assert/strict';
import { eventually } from '../support/person.js';
import { browserCase } from '../support/world.js';

/** @typedef {import('../support/person.js').Person} Person */

/** Publishes camera and microphone, or watches; without any of our own client. @param {Person} person @param {string} resource */
async function speaks(person, resource) {
  await person.open('/');
  return person.page.evaluate(async resource => {
    const w = /** @type {any} */ (window);
    const peer = new RTCPeerConnection();
    if (resource.startsWith('/whip/')) {
      const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
      media.getTracks().forEach(track => peer.addTransceiver(track, { direction: 'sendonly', streams: [media] }));
    } else {
      for (const kind of ['audio', 'video']) peer.addTransceiver(kind, { direction: 'recvonly' });
      peer.ontrack = ({ track }) => {
        const element = document.body.appendChild(document.createElement(track.kind));
        /** @type {HTMLMediaElement} */ (element).srcObject = new MediaStream([track]);
        /** @type {HTMLMediaElement} */ (element).play();
      };
    }
    await peer.setLocalDescription();
    const headers = { 'Content-Type': 'application/sdp' };
    const answer = await fetch(resource, { method: 'POST', headers, body: peer.localDescription?.sdp });
    if (answer.status !== 201) return answer.status;
    w.leave = () => fetch(answer.headers.get('Location') ?? '', { method: 'DELETE' }).then(left => left.status);
    await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
    return answer.status;
  }, resource);
}

/** @param {Person} person */
const leave = person => person.page.evaluate(() => /** @type {any} */ (window).leave());

/** Pictures and sound go on coming. @param {Person} person */
async function receives(person) {
  const before = await person.received();
  const now = await eventually(
    () => person.received(),
    r => r.frames - before.frames >= 20 && r.audioPackets - before.audioPackets >= 40,
  );
  assert.ok(now.frames - before.frames >= 20 && now.audioPackets - before.audioPackets >= 40, JSON.stringify(now));
}

browserCase('an encoder is seen in a call, a player sees the call', async ({ room, person }) => {
  const [alice, encoder, player, firefox] = [
    await person(),
    await person(),
    await person(),
    await person({ on: 'firefox' }),
  ];
  const path = encodeURIComponent(room);
  await alice.join(room, 'alice');
  assert.equal(await speaks(player, `/whep/${path}/alice?name=player`), 201);
  await receives(player);
  assert.equal(await speaks(encoder, `/whip/${path}?name=encoder`), 201);
  await alice.until(() => document.querySelectorAll('.tile:not(.off)').length === 2);
  assert.deepEqual(await alice.tiles(), ['encoder', 'You']);
  await receives(alice);
  await alice.picture('whip');
  assert.equal(await speaks(firefox, `/whep/${path}/encoder?name=player`), 201);
  await receives(firefox);
  assert.equal(await leave(firefox), 200);
  assert.equal(await leave(encoder), 200);
  await alice.reads('You are alone here');
  await receives(player);
});
