const KEY = 'parley.call';

/** How long after a reload the old place may be taken up again without asking. */
const FRESH_MS = 25_000;

/**
 * What a reload in a call hands to the page after it.
 * @typedef {{ room: string, name: string, resume: string | null, microphone: boolean, camera: boolean, atMs: number }} Memory
 */

/** Written only when the page goes, so that a duplicated tab never holds it. @param {Storage | null} storage @param {Omit<Memory, 'atMs'>} memory */
export function remember(storage, memory) {
  try {
    storage?.setItem(KEY, JSON.stringify({ ...memory, atMs: Date.now() }));
  } catch {
    // no storage: a reload leads to the preview
  }
}

/** Taken once; only a reload within its time gets it. @param {Storage | null} storage @returns {Memory | null} */
export function recall(storage) {
  try {
    const text = storage?.getItem(KEY) ?? null;
    storage?.removeItem(KEY);
    const memory = text === null ? null : JSON.parse(text);
    const [entry] = performance.getEntriesByType('navigation');
    const reload = /** @type {PerformanceNavigationTiming | undefined} */ (entry)?.type === 'reload';
    return memory && reload && Date.now() - memory.atMs < FRESH_MS ? memory : null;
  } catch {
    return null;
  }
}
