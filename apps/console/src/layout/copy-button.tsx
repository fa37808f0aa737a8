import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';

/** Copies a text and says that it did. */
export function CopyButton({ text }: { readonly text: string }) {
  const clipboard = useClipboard({ timeout: 2000 });
  return (
    <Button variant="default" size="sm" onClick={() => clipboard.copy(text)}>
      {clipboard.copied ? 'Copied' : 'Copy'}
    </Button>
  );
}
