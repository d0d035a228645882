// Runs before anything is drawn, so that no page flashes in the other theme. The same words as settings.js.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  window.applyTheme = chosen => {
    let theme = chosen;
    try {
      theme ??= JSON.parse(localStorage.getItem('parley.settings') ?? '{}').theme;
    } catch {
      // no storage: as the system has it
    }
    const now = theme === 'light' || theme === 'dark' ? theme : dark.matches ? 'dark' : 'light';
    document.documentElement.dataset.theme = now;
  };
  dark.addEventListener('change', () => window.applyTheme());
  window.applyTheme();
})();
