/** The old spelling of a count, `-20`, as `-n 20`. */
export function plainCount(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, i) => {
    const isValue = i > 0 && /^-[nc]$/.test(args[i - 1] ?? '');
    return /^-\d+$/.test(arg) && !isValue ? ['-n', arg.slice(1)] : [arg];
  });
}
