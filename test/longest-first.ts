import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The file that plays whole outages: started last, as its size alone would have it, it would run alone on one core. */
const LONGEST = /main-job\.e2e/;

/** Runs the longest file first, the others in Vitest's own order. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = super.sort.bind(this);
    const sorted = await usual(files);
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}

function rank(file: TestSpecification): number {
  return LONGEST.test(file.moduleId) ? 0 : 1;
}
