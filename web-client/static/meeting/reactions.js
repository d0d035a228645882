/** What each of the six is called in its file, and what it is on the wire. @type {Record<string, string>} */
const EMOJIS = {
  'thumbs-up': '👍',
  'red-heart': '❤️',
  'face-with-tears-of-joy': '😂',
  'face-with-open-mouth': '😮',
  'clapping-hands': '👏',
  'party-popper': '🎉',
};

/** @param {string} name */
const fileOf = name => `/reactions/${name}.svg`;

/** The picture of a reaction, the same in every browser; none for what other clients may send. @param {string} emoji */
export function pictureOf(emoji) {
  const bare = (/** @type {string} */ e) => e.replaceAll('\ufe0f', '');
  const name = Object.keys(EMOJIS).find(n => bare(EMOJIS[n]) === bare(emoji));
  return name ? fileOf(name) : null;
}

/** The six to choose from. @param {Record<string, string>} labels @param {(emoji: string) => void} pick */
export const reactions = (labels, pick) =>
  Object.entries(EMOJIS).map(([name, emoji]) => ({ label: labels[name], image: fileOf(name), act: () => pick(emoji) }));
