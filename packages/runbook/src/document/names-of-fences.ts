import type { Block } from './document.ts';
import { slug } from './plain-text.ts';

/** The names that fences give to their actions, those inside lists included. */
export function namesOfFences(blocks: Block[]): Set<string> {
  const names = new Set<string>();
  collect(blocks, names);
  return names;
}

function collect(blocks: Block[], names: Set<string>): void {
  for (const block of blocks) {
    const name = block.type === 'fence' ? slug(block.annotation?.name ?? '') : '';
    if (name !== '') names.add(name);
    if (block.type === 'list') for (const item of block.items) collect(item.blocks, names);
  }
}
