/** Pass or fail by shape and word, not only by colour. */
export function Mark({ ok }: { readonly ok: boolean }) {
  return (
    <span className="mark" data-ok={ok}>
      <span aria-hidden="true">{ok ? '✓' : '✕'}</span>
      <span className="visually-hidden">{ok ? 'passed: ' : 'failed: '}</span>
    </span>
  );
}
