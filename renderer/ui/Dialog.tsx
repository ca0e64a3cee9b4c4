import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';

const CLOSE =
  'inline-flex size-7 items-center justify-center rounded-md text-ink-faint hover:bg-hover hover:text-ink active:bg-pressed';

/** A small window over the page for one thing to do; Escape and the backdrop close it. */
export function Dialog({
  open,
  onClose,
  title,
  note,
  children,
  wide = false,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  note?: ReactNode;
  children: ReactNode;
  wide?: boolean;
}) {
  const content = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 bg-black/35 transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          initialFocus={() => content.current?.querySelector<HTMLElement>('input, textarea, select, button') ?? true}
          className={`fixed top-[12vh] left-1/2 flex max-h-[76vh] w-[calc(100vw-3rem)] -translate-x-1/2 flex-col rounded-xl border border-line bg-raised shadow-float transition-[scale,opacity] duration-100 data-ending-style:scale-[0.98] data-ending-style:opacity-0 data-starting-style:scale-[0.98] data-starting-style:opacity-0 ${wide ? 'max-w-3xl' : 'max-w-lg'}`}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div>
              <Base.Title className="text-base font-semibold">{title}</Base.Title>
              {note !== undefined && (
                <Base.Description className="mt-0.5 text-sm text-ink-faint">{note}</Base.Description>
              )}
            </div>
            <Base.Close aria-label="Close" className={`${CLOSE} ml-auto`}>
              <X size={15} />
            </Base.Close>
          </header>
          <div ref={content} className="overflow-y-auto px-5 pb-5">
            {children}
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** A panel that slides over the right side of the page: the detail of a row. */
export function Drawer({
  open,
  onClose,
  title,
  note,
  children,
}: {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  note?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()} modal={false}>
      <Base.Portal>
        <Base.Popup className="fixed top-0 right-0 bottom-0 flex w-[min(560px,92vw)] flex-col border-l border-line bg-panel shadow-float transition-[translate,opacity] duration-150 data-ending-style:translate-x-6 data-ending-style:opacity-0 data-starting-style:translate-x-6 data-starting-style:opacity-0">
          <header className="flex items-start gap-3 border-b border-line px-5 py-3.5">
            <div className="min-w-0">
              <Base.Title className="text-base font-semibold break-words">{title}</Base.Title>
              {note !== undefined && <Base.Description className="text-xs text-ink-faint">{note}</Base.Description>}
            </div>
            <Base.Close aria-label="Close" className={`${CLOSE} ml-auto shrink-0`}>
              <X size={15} />
            </Base.Close>
          </header>
          <div className="flex-1 overflow-y-auto px-5 py-4">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
