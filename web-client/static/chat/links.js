/** @typedef {{ text: string, href: string | null }} Part */

const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"“”]+/giu;

/** Without what belongs to the sentence around it: final points, and a bracket that opened before it. @param {string} found */
function trimmed(found) {
  let text = found;
  for (;;) {
    const last = text.at(-1) ?? '';
    const opening = { ')': '(', ']': '[', '}': '{' }[last];
    const sentence = ".,;:!?'’*_~".includes(last);
    if (!sentence && !(opening && text.split(last).length > text.split(opening).length)) return text;
    text = text.slice(0, -1);
  }
}

/** The address that a text means, if it is one that a page may lead to. @param {string} text */
function address(text) {
  const full = /^www\./i.test(text) ? `https://${text}` : text;
  if (!URL.canParse(full)) return null;
  const { href, username } = new URL(full);
  return username ? null : href; // what stands before an @ pretends to be another place
}

/** A text in parts: links, and what is between them. @param {string} text @returns {Part[]} */
export function parts(text) {
  /** @type {Part[]} */
  const out = [];
  let from = 0;
  for (const { index, 0: found } of text.matchAll(LINK)) {
    const link = trimmed(found);
    const href = address(link);
    if (!href) continue;
    if (index > from) out.push({ text: text.slice(from, index), href: null });
    out.push({ text: link, href });
    from = index + link.length;
  }
  if (from < text.length) out.push({ text: text.slice(from), href: null });
  return out;
}
