import { kindOfPlaceholder } from './placeholder-kinds.ts';

const UPWARDS = /(?:^|[/:=,@])\.\.(?:$|[/:,])/;

/** What was expected when `value` is not good for the placeholder `name`; null when it is. */
export function validateValue(name: string, value: string): string | null {
  const { pattern, longest, expected } = kindOfPlaceholder(name);
  const isGood = value.length <= longest && pattern.test(value) && !UPWARDS.test(value);
  return isGood ? null : expected;
}
