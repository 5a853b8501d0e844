'use client';

import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Json, JsonObject } from '#engine/flow/json.ts';
import type { Mapping } from '#engine/mapping/mapping-schema.ts';
import type { SourceNode } from '../model/source-tree.ts';
import type { TargetNode } from '../model/target-tree.ts';
import type { RoomView, RoomViewStore, Side } from './room-view.ts';

/** What every part of the open mapper may do. Stable for as long as the room is open: nothing is drawn again because of it. */
export interface Room {
  nodeId: string;
  readOnly: boolean;
  view: RoomViewStore;
  /** Applies an edit of the mapping; edits with the same mark in quick succession are one step of undo. */
  edit(change: (mapping: Mapping) => Mapping, mark?: string): void;
  /** Writes other parts of the node's configuration (`target`, `expectations`); undefined takes one out. */
  configure(part: Record<string, Json | undefined>): void;
  config(): JsonObject;
  done(): void;
  /** Draws a line between two fields, by path. @returns whether it could be drawn; the reason is shown. */
  draw(source: string, target: string): boolean;
  say(notice: string): void;
  sourceNode(path: string): SourceNode | undefined;
  targetNode(path: string): TargetNode | undefined;
  /** Moves the keyboard to a pane. */
  focus(side: Side): void;
}

export const RoomContext = createContext<Room | null>(null);

export function useRoom(): Room {
  const room = useContext(RoomContext);
  if (room === null) throw new Error('useRoom is used outside <MapperRoom>');
  return room;
}

/** Subscribes to one slice of the view. */
export function useRoomView<T>(select: (view: RoomView) => T): T {
  return useStore(useRoom().view, select);
}
