import { h, icon } from './dom.js';

/**
 * A labelled field whose error stands below it: checked on leaving and on sending, cleared while typing.
 * @param {{ label: string, name: string, value: string, placeholder?: string, autocomplete: 'off' | 'name',
 *   check: (value: string) => string | null }} of
 */
export function field({ label, name, value, placeholder, autocomplete, check }) {
  const input = h('input', {
    class: 'input',
    id: `field-${name}`,
    name,
    value,
    placeholder,
    autocomplete,
    maxLength: 256,
  });
  const error = h('p', { class: 'err', id: `error-${name}`, hidden: true });
  const element = h('div', { class: 'field' }, h('label', { htmlFor: input.id }, label), input, error);
  /** @param {string | null} text */
  const say = text => {
    error.hidden = text === null;
    error.replaceChildren(...(text === null ? [] : [icon('circle-alert', 'i-s'), text]));
    if (text === null) input.removeAttribute('aria-invalid');
    else input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', text === null ? '' : error.id);
  };
  input.addEventListener('input', () => say(null));
  input.addEventListener('blur', () => input.value && say(check(input.value)));
  return {
    element,
    input,
    say,
    /** @returns {boolean} whether it may be sent; the first wrong field gets the focus */
    valid() {
      const fault = check(input.value);
      say(fault);
      if (fault !== null) input.focus();
      return fault === null;
    },
  };
}
