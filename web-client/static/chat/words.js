export const TEXT_MAX = 4000;

/** What may be sent: no control characters but line breaks and tabs, nothing blank around it. @param {string} text */
export const clean = text =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '') // eslint-disable-line no-control-regex
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .trim();

/** As the server counts: code points. @param {string} text */
export const lengthOf = text => [...text].length;

/** A message's or a file's id: 128 random bits. */
export const randomId = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, '0')).join('');
