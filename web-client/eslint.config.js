// What the modules may do and see. The folders are layers: `ui` draws and knows nothing, `protocol` and `call` are the
// client SDK and never touch the page, each feature has a model without DOM.
import js from '@eslint/js';
import globals from 'globals';

const noPage = ['document', 'window', 'location', 'history', 'localStorage', 'sessionStorage'].map(name => ({
  name,
  message: 'this layer works without a page',
}));

/** @param {string} files @param {string[]} groups @param {string} message */
const mayNotSee = (files, groups, message) => ({
  files: [files],
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group: groups, message }] }] },
});

/** What every folder begins with. */
export const common = [{ ignores: ['node_modules/', 'target/'] }, js.configs.recommended];

/** Rules of what Node runs: tests, tools, programs. @param {string[]} files */
export const programs = files => ({
  files,
  languageOptions: { globals: { ...globals.node, ...globals.browser } },
  rules: {
    'max-lines': ['error', { max: 300 }],
    'prefer-const': 'error',
    eqeqeq: ['error', 'always', { null: 'ignore' }],
  },
});

export default [
  ...common,
  {
    files: ['static/**/*.js'],
    languageOptions: { globals: globals.browser },
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 60 }],
      complexity: ['error', { max: 15 }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-alert': 'error',
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'build nodes with h() of ui/dom.js' },
        { property: 'outerHTML', message: 'build nodes with h() of ui/dom.js' },
      ],
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  { files: ['static/texts/*.js'], rules: { 'max-lines': ['error', { max: 500 }] } }, // a language is one file
  {
    files: [
      'static/{protocol,call,upload}/**/*.js',
      'static/*/model.js',
      'static/chat/{entries,history,links,outbox,rows,words}.js',
    ],
    rules: { 'no-restricted-globals': ['error', ...noPage] },
  },
  mayNotSee('static/protocol/**/*.js', ['../*'], 'protocol sees only itself'),
  mayNotSee(
    'static/call/**/*.js',
    ['../ui/*', '../rooms/*', '../ready/*', '../meeting/*', '../chat/*', '../upload/*', '../texts/*'],
    'call sees only protocol',
  ),
  mayNotSee(
    'static/upload/**/*.js',
    ['../ui/*', '../rooms/*', '../ready/*', '../meeting/*', '../chat/*', '../texts/*'],
    'upload sees only protocol and call',
  ),
  mayNotSee('static/ui/**/*.js', ['../*'], 'ui sees nothing: data, words and callbacks are given to it'),
  mayNotSee('static/rooms/**/*.js', ['../ready/*', '../meeting/*', '../chat/*'], 'features do not see each other'),
  mayNotSee('static/ready/**/*.js', ['../rooms/*', '../meeting/*', '../chat/*'], 'features do not see each other'),
  mayNotSee('static/chat/**/*.js', ['../rooms/*', '../ready/*', '../meeting/*'], 'features do not see each other'),
  mayNotSee('static/meeting/**/*.js', ['../rooms/*', '../ready/*'], 'features do not see each other'),
  programs(['test/**/*.js', 'e2e/**/*.js', 'tools/**/*.js', 'eslint.config.js']),
];
