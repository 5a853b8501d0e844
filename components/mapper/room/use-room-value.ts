'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useDesigner, useDesignerStore } from '#components/designer/use-designer.ts';
import { indexOf } from '#components/designer/doc-index.ts';
import type { JsonObject } from '#engine/flow/json.ts';
import type { Mapping } from '#engine/mapping/mapping-schema.ts';
import { mappingJson, readMapping } from '../mapping-json.ts';
import { connect } from '../model/connect.ts';
import type { SourceNode } from '../model/source-tree.ts';
import type { TargetNode } from '../model/target-tree.ts';
import type { Room } from './room-context.ts';
import { createRoomView, type Side } from './room-view.ts';

/** The fields of both trees by path, as they are at this moment. */
export interface RoomFields {
  source: ReadonlyMap<string, SourceNode>;
  target: ReadonlyMap<string, TargetNode>;
}

export const PANE_IDS: Record<Side, string> = { source: 'mapper-source', target: 'mapper-target' };

/** The room of one map node: its actions on the document, and the state of its view. */
export function useRoomValue(nodeId: string, fields: { current: RoomFields }): Room {
  const t = useTranslations('mapping.room');
  const store = useDesignerStore();
  const readOnly = useDesigner((state) => state.readOnly);
  const [view] = useState(createRoomView);
  const words = useRef(t);
  useEffect(() => void (words.current = t), [t]);
  return useMemo((): Room => {
    const config = (): JsonObject => indexOf(store.getState().doc).node(nodeId)?.config ?? {};
    const mapping = (): Mapping => readMapping(config()['mapping']);
    const write = (next: JsonObject, mark: string) => store.getState().apply({ type: 'setConfig', nodeId, config: next }, mark);
    const say = (notice: string) => view.setState({ notice });
    const edit: Room['edit'] = (change, mark) => {
      const before = mapping();
      const next = change(before);
      if (readOnly || next === before) return;
      // An edit without a mark is a gesture of its own.
      if (mark === undefined) store.getState().endGesture();
      write({ ...config(), mapping: mappingJson(next) }, `mapper:${nodeId}:${mark ?? ''}`);
      if (mark === undefined) store.getState().endGesture();
    };
    return {
      nodeId,
      readOnly,
      view,
      config,
      edit,
      configure(part) {
        const next: JsonObject = { ...config() };
        for (const [key, value] of Object.entries(part)) {
          if (value === undefined) delete next[key];
          else next[key] = value;
        }
        write(next, `mapper:${nodeId}`);
        store.getState().endGesture();
      },
      done: () => store.getState().endGesture(),
      draw(source, target) {
        const from = fields.current.source.get(source);
        const to = fields.current.target.get(target);
        if (from === undefined || to === undefined || readOnly) return false;
        const result = connect(mapping(), {
          source: { path: source, type: from.type, records: from.records },
          target: { path: target, type: to.type, records: to.type === 'list' && to.children.length > 0 },
        });
        if (!result.ok) {
          say(words.current(`refused.${result.reason}`, { source: from.name, target: to.name }));
          return false;
        }
        edit(() => result.mapping);
        say(words.current('drawn', { source, target }));
        return true;
      },
      say,
      sourceNode: (path) => fields.current.source.get(path),
      targetNode: (path) => fields.current.target.get(path),
      focus: (side) => document.getElementById(PANE_IDS[side])?.focus(),
    };
  }, [nodeId, store, readOnly, view, fields]);
}
