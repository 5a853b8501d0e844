'use client';

import { createContext, useContext } from 'react';

/** What all rows of a mapper share. */
export interface MapperWorld {
  readOnly: boolean;
  /** The person left a field: the next edit is a new step of undo. */
  onDone: () => void;
}

export const MapperWorldContext = createContext<MapperWorld>({ readOnly: true, onDone: () => undefined });

export function useMapperWorld(): MapperWorld {
  return useContext(MapperWorldContext);
}
