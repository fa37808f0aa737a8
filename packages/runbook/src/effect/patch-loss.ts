const LOSSES = [
  /replicas["']?\s*:\s*["']?0+(?![.\d])/i,
  /["']?\/spec\/replicas["']?[^{}]{0,200}value["']?\s*:\s*["']?0+(?![.\d])/i,
  /value["']?\s*:\s*["']?0+(?![.\d])[^{}]{0,200}["']?\/spec\/replicas/i,
  /\$patch["']?\s*:\s*["']?(?:delete|replace)/i,
  /finalizers["']?\s*:\s*(?:null|~|\[\s*\])/i,
  /finalizers["']?\s*(?:[,}]|$)/i,
  /NoExecute/i,
];

/** True when a patch takes copies, list entries or finalizers away, or evicts; one with a value still open may do so. */
export function patchIsLoss(patch: string): boolean {
  return LOSSES.some((loss) => loss.test(patch)) || /replicas["']?\s*:\s*["']?<[a-z]/i.test(patch);
}
