import type { CompileContext } from '../compile-context.ts';
import type { Block } from '../document/document.ts';
import type { Action } from '../plan.ts';
import { actionsOfFence } from './actions-of-fence.ts';

/** Actions of all fences in these blocks, those inside lists included, in order. */
export function actionsOfBlocks(context: CompileContext, blocks: Block[], prefix: string): Action[] {
  return blocks.flatMap((block) => {
    if (block.type === 'fence') return actionsOfFence(context, block, prefix);
    if (block.type !== 'list') return [];
    return block.items.flatMap((item) => actionsOfBlocks(context, item.blocks, prefix));
  });
}
