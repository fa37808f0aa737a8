import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';

interface SideSheetProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Something long beside the page; the whole screen on a phone. */
export function SideSheet({ title, onClose, children }: SideSheetProps) {
  return (
    <Drawer.Root opened onClose={onClose} position="right" size="xl">
      <Drawer.Overlay />
      <Drawer.Content>
        <Drawer.Body>
          <div className="dialog-head">
            <Drawer.Title>{title}</Drawer.Title>
            <Drawer.CloseButton aria-label="Close" />
          </div>
          {children}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
