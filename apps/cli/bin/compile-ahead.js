// Run by every install. Plain JavaScript on purpose: where npm's own Node is too old and the pinned one is not there, it says nothing and
// does no harm; "tocsin" says what is missing.
if (Number(process.versions.node.split('.')[0]) >= 24) await import('../src/up/compile-ahead.ts');
