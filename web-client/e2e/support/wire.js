// A TCP connection's way to the server in the hands of a test: as fast as it says, and cut when it likes.
import { connect, createServer } from 'node:net';

/** How often bytes are let through. */
const TICK_MS = 50;

/** @typedef {{ base: string, sent: number, bytesPerSecond: number, cut: () => void, mend: () => void, stop: () => void }} Wire */

/**
 * @param {string} http the server's address
 * @returns {Promise<Wire>} `sent` counts the bytes that went towards the server
 */
export async function startWire(http) {
  const { hostname, port } = new URL(http);
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set();
  let whole = true;
  const wire = {
    base: '',
    sent: 0,
    bytesPerSecond: Infinity,
    cut: () => void ((whole = false), sockets.forEach(s => s.destroy())),
    mend: () => void (whole = true),
    stop: () => void (wire.cut(), server.close()),
  };
  const server = createServer(near => {
    if (!whole) return near.destroy();
    const far = connect(Number(port), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => (sockets.delete(socket), other.destroy()));
    }
    far.pipe(near);
    near.on('data', bytes => {
      wire.sent += bytes.length;
      far.write(bytes);
      if (wire.bytesPerSecond === Infinity) return;
      near.pause();
      setTimeout(() => near.resume(), Math.max(TICK_MS, (1000 * bytes.length) / wire.bytesPerSecond));
    });
  });
  await new Promise(resolve => server.listen(0, hostname, () => resolve(undefined)));
  const { port: own } = /** @type {import('node:net').AddressInfo} */ (server.address());
  wire.base = `http://${hostname}:${own}`;
  return wire;
}
