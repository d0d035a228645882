import { h, icon } from '../ui/dom.js';

/** @typedef {import('../texts/en.js').Texts['chat']} Words */

/** The button that chooses files. @param {Words} words @param {(files: File[]) => void} take */
export function attachButton(words, take) {
  const input = h('input', { type: 'file', multiple: true, hidden: true, tabIndex: -1 });
  input.addEventListener('change', () => {
    take([...(input.files ?? [])]);
    input.value = ''; // the same one may be chosen again
  });
  const label = words.files.attach;
  const look = { class: 'btn icon quiet attach', type: 'button', 'aria-label': label, title: label };
  return h(
    'span',
    { class: 'attach-box' },
    h('button', { ...look, onclick: () => input.click() }, icon('paperclip')),
    input,
  );
}

/**
 * Files that are pasted into a part of the page or dropped on it are sent to whom the field writes.
 * @param {HTMLElement} element
 * @param {import('./composer.js').Composer} composer
 * @param {import('../upload/uploads.js').Uploads} uploads
 * @param {Words} words
 * @param {() => void} folder somebody dropped one
 */
export function takeFiles(element, composer, uploads, words, folder) {
  element.addEventListener('paste', event => {
    const data = event.clipboardData;
    const { files } = filesOf(data);
    const text = data?.types.includes('text/plain'); // a picture beside it is the same once more
    if (!files.length || !uploads.possible || text) return;
    event.preventDefault();
    composer.attach(files);
  });
  const says = () => {
    const { whom } = composer;
    if (!uploads.possible || !whom) return null;
    return whom.to ? words.files.dropOnly(whom.to.name) : words.files.drop;
  };
  dropZone(element, says, data => {
    const { files, folders } = filesOf(data);
    if (folders) folder();
    composer.attach(files);
  });
}

/** Files in what was pasted or dropped; folders are none. @param {DataTransfer | null} data */
function filesOf(data) {
  const items = [...(data?.items ?? [])].filter(i => i.kind === 'file');
  const folders = items.filter(i => i.webkitGetAsEntry?.()?.isDirectory);
  const files = items.filter(i => !folders.includes(i)).flatMap(i => i.getAsFile() ?? []);
  return { files, folders: folders.length };
}

/** Whether something that is dragged is files. @param {DragEvent} event */
const carriesFiles = event => event.dataTransfer?.types.includes('Files') ?? false;

/**
 * Lets files be dropped on a part of the page, which says so while they are over it.
 * @param {HTMLElement} element
 * @param {() => string | null} says what a drop would do; null where nothing is taken
 * @param {(data: DataTransfer | null) => void} take
 */
function dropZone(element, says, take) {
  const sign = h('p', { class: 'drop', hidden: true });
  element.append(sign);
  /** @param {DragEvent} event */
  const over = event => {
    const text = carriesFiles(event) ? says() : null;
    if (text === null) return;
    event.preventDefault();
    /** @type {DataTransfer} */ (event.dataTransfer).dropEffect = 'copy';
    if (sign.hidden) sign.replaceChildren(icon('file-up'), text);
    sign.hidden = false;
  };
  element.addEventListener('dragenter', over);
  element.addEventListener('dragover', over);
  element.addEventListener('dragleave', event => {
    if (!element.contains(/** @type {Node | null} */ (event.relatedTarget))) sign.hidden = true;
  });
  element.addEventListener('drop', event => {
    sign.hidden = true;
    if (!carriesFiles(event) || says() === null) return;
    event.preventDefault();
    take(event.dataTransfer);
  });
}

/** A file that misses is not opened in the place of the call. @returns {() => void} ends it */
export function catchMissed() {
  const end = new AbortController();
  /** @param {DragEvent} event */
  const refuse = event => {
    if (event.defaultPrevented || !carriesFiles(event)) return;
    event.preventDefault();
    /** @type {DataTransfer} */ (event.dataTransfer).dropEffect = 'none';
  };
  for (const name of /** @type {const} */ (['dragenter', 'dragover', 'drop'])) {
    addEventListener(name, refuse, { signal: end.signal });
  }
  return () => end.abort();
}
