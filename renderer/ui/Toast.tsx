import { Toast as Base } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';

/** Shows short messages over the page; wrap the application in it once. */
export function ToastHost({ children }: { children: ReactNode }) {
  return (
    <Base.Provider timeout={6000} limit={3}>
      {children}
      <Base.Portal>
        <Base.Viewport className="fixed right-4 bottom-4 z-50 flex w-[22rem] flex-col gap-2">
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function Toasts() {
  const { toasts } = Base.useToastManager();
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      className="rounded-lg border border-line bg-raised px-3.5 py-2.5 shadow-float transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0"
    >
      <Base.Content className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <Base.Title className={`text-sm font-semibold ${toast.type === 'bad' ? 'text-bad-ink' : ''}`} />
          <Base.Description className="text-sm text-ink-soft" />
        </div>
        <Base.Close aria-label="Dismiss" className="rounded-sm p-1 text-ink-faint hover:bg-hover hover:text-ink">
          <X size={13} />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ));
}

/** Says something for a few seconds: what happened, and for `bad` what to do. */
export function useToast(): (toast: { tone: 'good' | 'bad'; title: string; text?: string }) => void {
  const manager = Base.useToastManager();
  return ({ tone, title, text }) => {
    manager.add({
      title,
      type: tone,
      priority: tone === 'bad' ? 'high' : 'low',
      ...(text === undefined ? {} : { description: text }),
    });
  };
}
