const shapes: Record<string, string> = {
  P0: 'M5 1h6l4 4v6l-4 4H5l-4-4V5z',
  P1: 'M8 1.5 15.5 15H.5z',
  P2: 'M8 .8 15.2 8 8 15.2.8 8z',
};

/** Severity by word, shape and colour: octagon, triangle, diamond. */
export function SeverityBadge({ severity }: { readonly severity: string }) {
  return (
    <span className="severity" data-severity={severity}>
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <path fill="currentColor" d={shapes[severity] ?? 'M2 2h12v12H2z'} />
      </svg>
      {severity}
    </span>
  );
}
