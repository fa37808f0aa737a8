import type { FenceBlock } from '../document/document.ts';

const SHELLS = new Set([
  'bash',
  'sh',
  'shell',
  'zsh',
  'console',
  'shell-session',
  'shellsession',
  'terminal',
]);
const KNOWN_PROGRAM = /^\s*(?:\$\s+)?(?:kubectl|curl|psql|redis-cli|helm)\s/m;
const PROMPT = /^(\s*)([$#>]\s)(?=\S)/;

/** The shell text of a fence, or null when it holds something else. Lengths are kept, so offsets stay true. */
export function shellOfFence(fence: FenceBlock): string | null {
  const isShell = SHELLS.has(fence.language) || (fence.language === '' && KNOWN_PROGRAM.test(fence.code));
  if (!isShell) return null;
  const lines = fence.code.split('\n');
  const hasPrompts = lines.some((line) => /^\s*\$\s/.test(line));
  return hasPrompts ? withoutPrompts(lines) : fence.code;
}

/** In a console transcript only the lines behind a `$` were typed; the rest is output. */
function withoutPrompts(lines: string[]): string {
  let continues = false;
  const typed = lines.map((line) => {
    const isCommand = /^\s*\$\s/.test(line) || continues;
    const kept = isCommand ? line.replace(PROMPT, (all) => ' '.repeat(all.length)) : ' '.repeat(line.length);
    continues = isCommand && line.endsWith('\\');
    return kept;
  });
  return typed.join('\n');
}
