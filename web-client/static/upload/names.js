/** What cannot be seen, or turns a line around; what joins the letters and emoji of some scripts stays. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu;
/** A blank by any other name, and any number of them: they would push an ending out of sight. */
const BLANKS = /[\p{Zs}\u2800\u3164\u115f\u1160]+/gu;

/** A file's name as it may be shown: what it looks like is what it is. @param {string} name */
export const shown = name => name.replace(UNSEEN, '').replace(BLANKS, ' ').trim();

/** Of this many characters the ending of a long name consists besides its type. */
const END = 4;
/** A shorter name is not cut at all. */
const WHOLE = 12;

const graphemes = new Intl.Segmenter();

/**
 * A name in two parts: where space is short, the first one is cut and the second one stays.
 * @param {string} name as `shown` gives it
 * @returns {{ stem: string, end: string }}
 */
export function parted(name) {
  const all = Array.from(graphemes.segment(name), s => s.segment);
  if (all.length <= WHOLE) return { stem: name, end: '' };
  const type = /\.[^.\s]{1,8}$/u.exec(name)?.[0] ?? '';
  const from = all.length - Array.from(graphemes.segment(type)).length - END;
  return { stem: all.slice(0, from).join(''), end: all.slice(from).join('') };
}

/** @typedef {'image' | 'music' | 'play' | 'archive' | 'spreadsheet' | 'text' | 'code' | ''} Kind */

/** @type {[Kind, string][]} */
const KINDS = [
  ['image', 'avif bmp gif heic heif ico jpeg jpg png psd svg tif tiff webp'],
  ['music', 'aac aif aiff flac m4a mid mp3 oga ogg opus wav wma'],
  ['play', 'avi m4v mkv mov mp4 mpeg mpg ogv webm wmv'],
  ['archive', '7z bz2 gz rar tar tgz xz zip zst'],
  ['spreadsheet', 'csv numbers ods tsv xls xlsm xlsx'],
  ['text', 'doc docx epub key log md odp odt pages pdf ppt pptx rtf tex txt'],
  ['code', 'c cc cpp cs css go h hpp htm html java js json kt mjs php py rb rs sh sql swift toml ts xml yaml yml'],
];
const KIND_OF = new Map(
  KINDS.flatMap(([kind, endings]) => endings.split(' ').map(e => /** @type {const} */ ([e, kind]))),
);

/**
 * What a file is, by the ending of its name: that is what the machine goes by that opens it, whatever its sender says.
 * @param {string} name as `shown` gives it
 * @returns {Kind}
 */
export const kindOf = name => KIND_OF.get(/\.([^.]+)$/.exec(name)?.[1].toLowerCase() ?? '') ?? '';
