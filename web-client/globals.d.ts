/** theme.js: applies a choice, or the remembered one. */
declare var applyTheme: (chosen?: 'system' | 'light' | 'dark') => void;
/** What was negotiated in the call on this page, for tests and statistics. */
declare var parleyStats: () => import('./static/call/peer.js').Peer['stats'] | null;
