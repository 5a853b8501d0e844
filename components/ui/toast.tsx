'use client';

import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Toast as Primitive } from 'radix-ui';
import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react';
import { cn } from './cn.ts';

export interface ToastMessage {
  title: ReactNode;
  detail?: ReactNode;
  tone?: 'success' | 'failed';
  action?: { label: string; onSelect: () => void };
}

interface ShownToast extends ToastMessage {
  id: number;
}

const ToastContext = createContext<((message: ToastMessage) => void) | null>(null);

/** Says that something happened. Never the only copy of an error: the place it concerns shows it too. */
export function useToast(): (message: ToastMessage) => void {
  const show = use(ToastContext);
  if (show === null) throw new Error('useToast needs a ToastProvider above it');
  return show;
}

let lastId = 0;

/** Mounted once around the application. Failures stay until closed; the rest leaves after five seconds. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useTranslations('common');
  const [toasts, setToasts] = useState<ShownToast[]>([]);
  const show = useCallback((message: ToastMessage) => {
    lastId += 1;
    const id = lastId;
    setToasts((shown) => [...shown.slice(-2), { ...message, id }]);
  }, []);
  const provided = useMemo(() => show, [show]);
  return (
    <ToastContext value={provided}>
      <Primitive.Provider label={t('notifications')} swipeDirection="right">
        {children}
        {toasts.map((toast) => (
          <Primitive.Root
            key={toast.id}
            duration={toast.tone === 'failed' ? Number.POSITIVE_INFINITY : 5_000}
            onOpenChange={(open) => {
              if (!open) setToasts((shown) => shown.filter((other) => other.id !== toast.id));
            }}
            className="flex items-start gap-2 rounded-md bg-raised px-3 py-2 shadow-float animate-enter"
          >
            {toast.tone === 'failed' ? (
              <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-failed" />
            ) : (
              <CircleCheck aria-hidden className={cn('mt-0.5 size-4 shrink-0', toast.tone === 'success' ? 'text-success' : 'text-text-muted')} />
            )}
            <div className="min-w-0 flex-1">
              <Primitive.Title className="text-sm font-medium">{toast.title}</Primitive.Title>
              {toast.detail !== undefined && <Primitive.Description className="text-xs text-text-muted">{toast.detail}</Primitive.Description>}
            </div>
            {toast.action !== undefined && (
              <Primitive.Action altText={toast.action.label} asChild>
                <button type="button" onClick={toast.action.onSelect} className="rounded-sm px-1 text-sm font-medium text-accent hover:underline">
                  {toast.action.label}
                </button>
              </Primitive.Action>
            )}
            <Primitive.Close aria-label={t('close')} className="rounded-sm p-0.5 text-text-muted hover:bg-surface-3">
              <X aria-hidden className="size-3.5" />
            </Primitive.Close>
          </Primitive.Root>
        ))}
        <Primitive.Viewport className="fixed right-4 bottom-4 z-70 flex w-[calc(100%-2rem)] max-w-88 flex-col gap-2 outline-none" />
      </Primitive.Provider>
    </ToastContext>
  );
}
