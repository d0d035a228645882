import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { barriers } from '../support/axe.js';
import { FIELD, choose, openChat, write } from '../support/chatting.js';
import { attach, cards, downloaded, fares, folder, give, hashOf, made, shows, two } from '../support/files.js';
import { eventually, pause } from '../support/person.js';
import { startWire } from '../support/wire.js';
import { browserCase, theServer } from '../support/world.js';

/** @typedef {import('../support/person.js').Person} Person */

const MIB = 1024 * 1024;
browserCase('files go from browser to browser, byte by byte, also several at once', async ({ room, person }) => {
  const [alice, bob] = await two(room, person);
  const plan = made('plan for the autumn.pdf', 5 * MIB + 17);
  const [photo, notes] = [made('photo.jpeg', 300_000), made('Übersicht – 日本.csv', 'a;b\n1;2\n')];
  await attach(alice, plan);
  await shows(bob, ['plan for the autumn.pdf | 5 MB']);
  await shows(alice, ['plan for the autumn.pdf | 5 MB']);
  await attach(bob, photo, notes);
  const all = ['plan for the autumn.pdf | 5 MB', 'photo.jpeg | 293 KB', 'Übersicht – 日本.csv | 8 bytes'];
  await Promise.all([shows(alice, all), shows(bob, all)]);
  for (const [reader, nth, file] of /** @type {const} */ ([
    [bob, 0, plan],
    [alice, 1, photo],
    [alice, 2, notes],
    [alice, 0, plan],
  ])) {
    const { hash, name, how } = await downloaded(reader, nth);
    assert.deepEqual([hash, name], [file.hash, file.name]);
    assert.match(how, /^200 attachment; .* nosniff$/);
  }
  await bob.until(() => document.querySelectorAll('.chat img, .chat video, .chat audio').length === 0);
});

browserCase('a press on a card saves the file under its name', async ({ room, person }) => {
  const alice = await person({ width: 1280, height: 800, before: fares });
  await alice.join(room, 'alice');
  await openChat(alice);
  const file = made('saved.zip', 2 * MIB);
  await attach(alice, file);
  await shows(alice, ['saved.zip | 2 MB']);
  const to = mkdtempSync(join(folder, 'd-'));
  const session = await alice.page.createCDPSession();
  const { targetInfo } = await session.send('Target.getTargetInfo');
  await session.send('Browser.setDownloadBehavior', {
    ...{ behavior: 'allow', downloadPath: to, browserContextId: targetInfo.browserContextId },
  });
  const saved = async () => {
    const there = async () => readdirSync(to);
    assert.deepEqual(await eventually(there, names => names.includes(file.name)), [file.name]);
    assert.equal(hashOf(readFileSync(join(to, file.name))), file.hash);
    rmSync(join(to, file.name));
  };
  await alice.press('.file a');
  await saved();
  await choose(alice, 0, 'Download');
  await saved();
  assert.equal(await alice.page.evaluate(() => document.querySelector('.call') !== null), true, 'the call goes on');
});

for (const on of /** @type {const} */ (['chromium', 'firefox'])) {
  browserCase(`a network that is cut in mid-upload: it goes on where it was, ${on}`, async ({ room, person }) => {
    const wire = await startWire((await theServer()).http);
    try {
      const alice = await person({ on, width: 1280, height: 800, wire, before: fares });
      await alice.join(room, 'alice');
      await openChat(alice);
      const size = 6 * MIB;
      const file = made('recording.webm', size);
      wire.bytesPerSecond = 2 * MIB;
      const before = wire.sent;
      await attach(alice, file);
      const part = () => alice.page.$eval('.file .done:not([hidden])', b => Number(b.getAttribute('aria-valuenow')));
      await alice.until(
        () => Number(document.querySelector('.file .done:not([hidden])')?.getAttribute('aria-valuenow')) > 15,
      );
      wire.cut();
      await alice.reads('Waits for the network');
      assert.ok((await part()) < 95, 'it was under way');
      await alice.picture(`files-cut-${on}`);
      await alice.press('.chat header button');
      await pause(2000);
      wire.bytesPerSecond = Infinity;
      wire.mend();
      await openChat(alice);
      await shows(alice, ['recording.webm | 6 MB'], 40_000);
      assert.equal((await downloaded(alice)).hash, file.hash);
      assert.ok(wire.sent - before < size + 2 * MIB, `it sent ${wire.sent - before} bytes of ${size}`);
      alice.faults = alice.faults.filter(f => !/ERR_|NetworkError|connection|WebSocket/i.test(f));
    } finally {
      wire.stop();
    }
  });
}

browserCase('while the call suffers an upload makes way, and says so', async ({ room, person }) => {
  const alice = await person({ width: 1280, height: 800, before: fares });
  await alice.join(room, 'alice');
  await openChat(alice);
  const tell = (/** @type {object | null} */ line) =>
    alice.page.evaluate(told => void Object.assign(window, { line: told }), line);
  await tell({ roundTripTime: 0.02, fractionLost: 0.3 });
  const file = made('large.zip', 8 * MIB);
  await attach(alice, file);
  await alice.reads('Slower, for the call');
  await tell({ roundTripTime: 0.02, fractionLost: 0 });
  await shows(alice, ['large.zip | 8 MB'], 60_000);
  assert.equal((await downloaded(alice)).hash, file.hash);
});

browserCase('what is too large or empty is not sent, and says why; the next one goes on', async ({ room, person }) => {
  const [alice, bob] = await two(room, person);
  assert.equal(
    await give(alice, 'drop', [{ name: 'a.zip', size: 101 * MIB }, { name: 'b.txt', size: 0 }, { name: 'c.txt' }]),
    true,
  );
  await shows(bob, ['c.txt | 1 byte']);
  await shows(alice, [
    'c.txt | 1 byte',
    'a.zip | 101 MB | Not sent. It has 101 MB, a file may have 100 MB.Remove',
    'b.txt | 0 bytes | Not sent. This file is empty.Remove',
  ]);
  await alice.picture('files-refused');
  for (let i = 0; i < 2; i++) await alice.press('.unsent button');
  await shows(alice, ['c.txt | 1 byte']);
});

browserCase('pasted, dropped, and only for one person', async ({ room, person }) => {
  const [alice, bob] = await two(room, person);
  await write(bob, 'hello');
  await shows(alice, ['hello']);
  await choose(alice, 0, 'Write only to bob');
  await alice.page.type(FIELD, 'half a sentence');
  assert.equal(await give(alice, 'dragover', [{ name: 'x' }]), true);
  await alice.reads('Drop files to send them only to bob');
  assert.equal(await give(alice, 'paste', [{ name: 'image.png', size: 2048 }]), true);
  await shows(bob, ['hello', 'image.png | 2 KB']);
  await bob.reads('only to you');
  assert.equal(await alice.page.$eval(FIELD, f => /** @type {HTMLTextAreaElement} */ (f).value), 'half a sentence');
  assert.equal(await give(bob, 'drop', [{ name: 'one.txt' }, { name: 'two.txt' }]), true);
  await shows(alice, ['hello', 'image.png | 2 KB', 'one.txt | 1 byte', 'two.txt | 1 byte']);
  const missed = await bob.page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['x'], 'x'));
    const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data });
    return !document.querySelector('.stage')?.dispatchEvent(event);
  });
  assert.equal(missed, true, 'a file that misses does not replace the call');
});

browserCase('cancelled in mid-upload, by the keyboard; deleted when it is there', async ({ room, person }) => {
  const wire = await startWire((await theServer()).http);
  try {
    const [alice, bob] = await two(room, person, { wire });
    wire.bytesPerSecond = MIB / 2;
    await attach(alice, made('wrong one.zip', 8 * MIB), made('next one.txt', 'x'));
    await alice.reads('Waits for its turn');
    await alice.until(
      () => Number(document.querySelector('.file .done:not([hidden])')?.getAttribute('aria-valuenow')) > 0,
    );
    const { keyboard } = alice.page;
    await (await alice.page.$$('.chat .msg'))[1].focus();
    await keyboard.press('ArrowUp');
    await keyboard.press('Tab');
    assert.equal(
      await alice.page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
      'Cancel sending wrong one.zip',
    );
    await keyboard.press('Enter');
    assert.equal(await alice.page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');
    wire.bytesPerSecond = Infinity;
    await Promise.all([shows(alice, ['next one.txt | 1 byte']), shows(bob, ['next one.txt | 1 byte'])]);
    const { href } = await downloaded(bob);
    await choose(alice, 0, 'Delete');
    await shows(bob, ['Message deleted']);
    const status = () => bob.page.evaluate(url => fetch(url).then(r => r.status), href);
    assert.equal(await eventually(status, s => s === 404, 5000), 404);
    bob.faults = bob.faults.filter(f => !/404/.test(f));
    alice.faults = alice.faults.filter(f => !/ERR_|aborted/i.test(f));
  } finally {
    wire.stop();
  }
});

browserCase('leaving ends an upload', async ({ room, person }) => {
  const wire = await startWire((await theServer()).http);
  try {
    const [alice, bob] = await two(room, person, { wire });
    wire.bytesPerSecond = MIB / 2;
    await attach(alice, made('never.zip', 8 * MIB));
    await alice.until(
      () => Number(document.querySelector('.file .done:not([hidden])')?.getAttribute('aria-valuenow')) > 0,
    );
    await alice.press('.bar .leave');
    await alice.reads('You left');
    const { sent } = wire;
    wire.bytesPerSecond = Infinity;
    await pause(2000);
    assert.ok(wire.sent - sent < MIB, 'nothing more is sent');
    assert.deepEqual(await cards(bob), []);
    alice.faults = [];
  } finally {
    wire.stop();
  }
});

for (const theme of ['light', 'dark']) {
  browserCase(`files: nothing sticks out and axe finds nothing, ${theme}`, async ({ room, person }) => {
    const wire = await startWire((await theServer()).http);
    try {
      const alice = await person({ theme, width: 1280, height: 800, wire, before: fares });
      const bob = await person({ theme, width: 1280, height: 800, before: fares });
      for (const [one, name] of /** @type {const} */ ([
        [alice, 'alice'],
        [bob, 'bob'],
      ])) {
        await one.join(room, name);
        await openChat(one);
      }
      await write(bob, 'Figures for the autumn are in, same folder as last time.');
      await attach(bob, made('arrivals-autumn.csv', 188_416));
      await alice.reads('arrivals');
      await write(alice, 'Thanks, got it.');
      await attach(alice, made('a picture of the harbour, taken from the northern pier.jpeg', 2 * MIB));
      await bob.reads('2 MB');
      wire.bytesPerSecond = MIB / 2;
      await attach(alice, made('minutes.pdf', 3_250_000), made('later.txt', 'x'));
      await give(alice, 'drop', [{ name: 'empty.txt', size: 0 }]);
      await alice.until(
        () => Number(document.querySelector('.file .done:not([hidden])')?.getAttribute('aria-valuenow')) > 5,
      );
      for (const [width, height] of [
        [1280, 800],
        [844, 390],
        [390, 844],
        [360, 740],
        [320, 480],
      ]) {
        await alice.page.setViewport({ width, height });
        const over = await alice.page.evaluate(() => {
          const { scrollWidth, scrollHeight } = document.documentElement;
          return scrollWidth > innerWidth || scrollHeight > innerHeight;
        });
        assert.equal(over, false, `${width}x${height}`);
        if (width === 1280 || width === 360) assert.deepEqual(await barriers(alice), [], `at ${width}`);
        await alice.picture(`files-${theme}-${width}x${height}`);
      }
      alice.faults = [];
    } finally {
      wire.stop();
    }
  });
}
