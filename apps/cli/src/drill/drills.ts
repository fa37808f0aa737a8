/** An outage on purpose: the fault that is injected, and what a perfect response would conclude. */
export interface DrillSpec {
  readonly name: string;
  readonly title: string;
  /** Fault of the sandbox, see docs/sandbox.md. */
  readonly fault: string;
  readonly expected: { readonly severity: string; readonly causes: readonly string[] };
  /** Without approvals: whether the platform heals this by itself, and so ends the control run. */
  readonly healsByItself: boolean;
}

export const drills: readonly DrillSpec[] = [
  {
    name: 'node-failure',
    title: 'A node freezes: its processes stop answering, connections to them hang',
    fault: 'node-frozen',
    expected: { severity: 'P0', causes: ['node-failure'] },
    healsByItself: true,
  },
];

/** The bar of the product for every drill, counted from the injection. */
export const limitsMs = { detected: 5000, paged: 6000, evidence: 15_000 } as const;
