import assert from 'node:assert/strict';
import { write } from '../support/chatting.js';
import { give, two } from '../support/files.js';
import { pause } from '../support/person.js';
import { browserCase, theServer } from '../support/world.js';

const HOSTILE = [
  '<img src=x onerror=alert(1)>.png',
  '"><svg onload=alert(1)>.html',
  "javascript:alert('x').js",
  'invoice\u202efdp.exe',
  '\u2067מצגת\u2069 \u200f.docx',
  `padded.pdf${'\u00a0'.repeat(60)}.exe`,
  `${'very '.repeat(40)}long.tar.gz`,
  '&lt;b&gt;.txt',
  '${x}{{y}}%s.txt',
];

/** What the server takes; it leaves out what no disk would keep. */
const SAID = ['invoice\u202efdp.exe', '<img src=x onerror=alert(1)>.png', `padded.pdf${'\u00a0'.repeat(60)}.exe`];

browserCase('hostile F05 file names are text, and look like what they are', async ({ room, person }) => {
  const [alice, bob] = await two(room, person);
  await give(
    alice,
    'drop',
    HOSTILE.map(name => ({ name, size: 0 })),
  );
  await give(
    alice,
    'drop',
    SAID.map(name => ({ name })),
  );
  await bob.until(n => document.querySelectorAll('.file a').length === n, { args: [SAID.length], timeout: 60_000 });
  const names = (/** @type {import('../support/person.js').Person} */ one) =>
    one.page.$$eval('.fname', all => all.map(n => n.textContent));
  const own = (await names(alice)).slice(SAID.length);
  assert.deepEqual(own.slice(0, 4), [HOSTILE[0], HOSTILE[1], HOSTILE[2], 'invoicefdp.exe']);
  assert.equal(own[5], 'padded.pdf .exe');
  assert.deepEqual(own.slice(6), HOSTILE.slice(6));
  const told = await names(bob);
  assert.deepEqual([told[0], told[2]], ['invoicefdp.exe', 'padded.pdf .exe']);
  for (const one of [alice, bob]) {
    assert.doesNotMatch((await names(one)).join(''), /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
    assert.equal(await one.page.$$eval('.fname *', all => all.every(e => e.localName === 'bdi')), true);
    assert.equal(await one.page.$$eval('.chat .log :is(img, script, iframe, [onload])', all => all.length), 0);
    const wide = await one.page.$$eval('.file', all => all.filter(f => f.scrollWidth > f.clientWidth + 1).length);
    assert.equal(wide, 0);
    await one.picture(`files-hostile-${one === alice ? 'chromium' : 'firefox'}`);
  }
});

browserCase('hostile F06 nothing is fetched from elsewhere', async ({ room, person }) => {
  const [alice, bob] = await two(room, person);
  const asked = [alice, bob].map(one => {
    /** @type {string[]} */
    const hosts = [];
    one.page.on('request', request => hosts.push(new URL(request.url()).host));
    return hosts;
  });
  for (const text of ['https://example.org/a.png', '<img src="https://example.org/b.png">']) await write(alice, text);
  await give(alice, 'drop', [{ name: 'https://example.org/c.png' }, { name: '//example.org/d.svg' }]);
  await bob.until(() => document.querySelectorAll('.file a').length === 2);
  await pause(500);
  const own = new URL((await theServer()).http).host;
  assert.deepEqual(
    asked.flat().filter(host => host !== own && host !== ''),
    [],
  );
  assert.ok(asked[0].length > 0, 'requests were seen');
});
