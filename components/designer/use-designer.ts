'use client';

import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { SaveDriver } from './save-driver.ts';
import type { DesignerState, DesignerStore } from './store.ts';

export interface DesignerContextValue {
  store: DesignerStore;
  saver: SaveDriver;
}

export const DesignerContext = createContext<DesignerContextValue | null>(null);

/** The open designer's store and saver. Only below `<Designer>`. */
export function useDesignerContext(): DesignerContextValue {
  const value = useContext(DesignerContext);
  if (value === null) throw new Error('useDesigner is used outside <Designer>');
  return value;
}

/** Subscribes to one slice of the designer; select the narrowest thing that is drawn. */
export function useDesigner<T>(select: (state: DesignerState) => T): T {
  return useStore(useDesignerContext().store, select);
}

/** The store itself, for handlers that read or write without drawing. */
export function useDesignerStore(): DesignerStore {
  return useDesignerContext().store;
}
