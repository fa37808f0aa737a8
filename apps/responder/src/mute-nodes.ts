import type { Facts } from '#facts';

const freshMs = 20_000;

/** Nodes whose kubelet gave no log when it was asked last, while another one's did: their logs are not to be had. Pure. */
export function muteNodes({ at, kubelets = [] }: Pick<Facts, 'at' | 'kubelets'>): ReadonlySet<string> {
  const newest = new Map(
    kubelets
      .filter((one) => one.at > at - freshMs)
      .toReversed()
      .map((one) => [one.node, one.answered]),
  );
  const someAnswer = [...newest.values()].includes(true);
  return new Set(someAnswer ? [...newest].filter(([, answered]) => !answered).map(([node]) => node) : []);
}
