/** Two soft notes, to hear which loudspeaker it is. @param {string} speakerId */
export async function chime(speakerId) {
  const context = new AudioContext();
  if (speakerId && 'setSinkId' in context) {
    await /** @type {any} */ (context).setSinkId(speakerId).catch(() => {});
  }
  [523.25, 659.25].forEach((hertz, i) => {
    const [note, volume] = [context.createOscillator(), context.createGain()];
    const at = context.currentTime + i * 0.16;
    note.frequency.value = hertz;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.2, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.3);
    note.connect(volume).connect(context.destination);
    note.start(at);
    note.stop(at + 0.32);
  });
  setTimeout(() => context.close(), 800);
}
