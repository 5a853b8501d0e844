'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { indexOf } from '#components/designer/doc-index.ts';
import { useEvidence } from '#components/designer/samples/use-evidence.ts';
import { useSamples } from '#components/designer/samples/use-samples.ts';
import { wayTo } from '#components/designer/samples/way.ts';
import { useDesigner } from '#components/designer/use-designer.ts';
import { useMediaQuery } from '#components/designer/use-media-query.ts';
import { FormWorldContext } from '#components/schema-form/form-world.ts';
import type { Suggestion } from '#engine/schema/suggest.ts';
import { MapperWorldContext } from '../mapper-world.ts';
import { readMapping } from '../mapping-json.ts';
import { acceptSuggestions } from '../model/accept.ts';
import { parentPath } from '../model/levels.ts';
import { isEmpty } from '../model/target-tree.ts';
import type { Line } from '../model/lines.ts';
import { placeRules } from '../model/place-rules.ts';
import { EmptyTarget } from './empty-target.tsx';
import { readExpectations } from './expectations.ts';
import { DragLine, LineLayer } from './line-layer.tsx';
import { Notice } from './notice.tsx';
import { PhoneMapper } from './phone-mapper.tsx';
import { readSchemaDoc } from './read-schema-doc.ts';
import { RoomContext, type Room } from './room-context.ts';
import { type RoomData, RoomDataContext } from './room-data.ts';
import { RoomHeader } from './room-header.tsx';
import { SchemaMenu } from './schema-menu.tsx';
import { SourcePane } from './source-pane.tsx';
import { TargetPane } from './target-pane.tsx';
import { useArriving } from './use-arriving.ts';
import { usePreview } from './use-preview.ts';
import { usePreviewTables } from './use-preview-tables.ts';
import { useRoomForm } from './use-room-form.ts';
import { activate } from './room-view.ts';
import { PANE_IDS, type RoomFields, useRoomValue } from './use-room-value.ts';
import { useTrees } from './use-trees.ts';
import { useVerdicts } from './use-verdicts.ts';

interface MapperRoomProps {
  nodeId: string;
  onClose: () => void;
}

const NO_FIELDS: RoomFields = { source: new Map(), target: new Map() };

/** The mapper at full size: what arrives on the left, what leaves on the right, lines between them, and the result for a sample in every row. */
export function MapperRoom({ nodeId, onClose }: MapperRoomProps) {
  const t = useTranslations('mapping.room');
  const fields = useRef<RoomFields>(NO_FIELDS);
  const room = useRoomValue(nodeId, fields);
  const node = useDesigner((state) => indexOf(state.doc).node(nodeId));
  const phone = useMediaQuery('(max-width: 767px)');
  const coarse = useMediaQuery('(pointer: coarse)');
  const triggerId = useDesigner((state) => wayTo(state.doc, nodeId).triggers[0]?.id ?? null);
  const samples = useSamples(nodeId);
  const { current } = samples;
  const evidence = useEvidence(nodeId);
  const arriving = useArriving(nodeId);
  const form = useRoomForm(nodeId, current?.data);
  const sourcePane = useRef<HTMLDivElement>(null);
  const targetPane = useRef<HTMLDivElement>(null);
  const [extra, setExtra] = useState(0);
  const mapping = readMapping(node?.config['mapping']);
  const schema = readSchemaDoc(node?.config['target']);
  const expectations = readExpectations(node?.config['expectations']);
  const placed = useMemo(() => placeRules(mapping), [mapping]);
  const tables = usePreviewTables(form.retailerId, placed);
  const preview = usePreview(mapping, current, tables);
  const verdicts = useVerdicts({ mapping, expectations, samples: samples.samples, tables });
  const trees = useTrees(room.view, { evidence, sample: current?.data, arriving, schema, placed, preview });
  useLayoutEffect(() => void (fields.current = trees.fields), [trees.fields]);
  const data = useMemo(
    (): RoomData => ({
      mapping,
      placed: placed,
      preview,
      sample: current === null ? null : { id: current.id, data: current.data },
      schema,
      sourceRoots: trees.sourceRoots,
      verdicts,
      suggestions: trees.suggestionOf,
    }),
    [mapping, placed, trees.sourceRoots, trees.suggestionOf, preview, current, schema, verdicts],
  );
  const world = useMemo(() => ({ readOnly: room.readOnly, onDone: room.done }), [room]);
  const accept = useCallback(
    (chosen: readonly Suggestion[]) => {
      let count = 0;
      room.edit((before) => {
        const accepted = acceptSuggestions(before, chosen, fields.current);
        count = accepted.count;
        return accepted.mapping;
      });
      room.say(t('accepted', { count }));
    },
    [room, t],
  );
  const acceptObvious = () => {
    accept(trees.obvious);
    // The button is gone with what it offered: the keyboard goes on at the first target that is still empty, once the tree knows.
    requestAnimationFrame(() => {
      activate(room.view, 'target', [...fields.current.target.values()].find(isEmpty)?.path ?? null);
      room.focus('target');
    });
  };
  const go = useCallback((target: string) => goTo(room, target), [room]);
  useEffect(() => room.focus('source'), [room]);
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    const inPane = event.target instanceof Element && Object.values(PANE_IDS).includes(event.target.id);
    if (event.key === 'a' && inPane && !(event.ctrlKey || event.metaKey || event.altKey) && trees.obvious.length > 0 && !room.readOnly) {
      event.preventDefault();
      acceptObvious();
      return;
    }
    // A menu, a list or a dialog that is open takes the key first.
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    const { held, open: row } = room.view.getState();
    if (held !== null) room.view.setState({ held: null, notice: '' });
    else if (event.target instanceof HTMLInputElement) room.focus('target');
    else if (row !== null) room.view.setState({ open: null });
    else onClose();
  };
  if (node === undefined) return null;
  const rowHeight = coarse ? 44 : 30;
  const open = trees.openIndex < 0 ? null : { index: trees.openIndex, extra };
  return (
    <FormWorldContext value={form}>
      <MapperWorldContext value={world}>
        <RoomContext value={room}>
          <RoomDataContext value={data}>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys from anywhere in the room */}
            <div data-mapper-room role="region" aria-busy={trees.thinking} aria-label={t('label', { name: node.label })} onKeyDown={onKey} className="flex size-full min-h-0 flex-col bg-surface">
              <RoomHeader
                label={node.label}
                samples={samples}
                triggerId={triggerId}
                missing={trees.missing}
                errors={preview?.errors ?? NO_ERRORS}
                verdicts={verdicts}
                obvious={trees.obvious}
                readOnly={room.readOnly}
                onAccept={acceptObvious}
                onGo={go}
                onClose={onClose}
              />
              {phone ? (
                <PhoneMapper />
              ) : (
                <div className="grid min-h-0 flex-1 grid-cols-[minmax(15rem,0.62fr)_clamp(3rem,7vw,7rem)_minmax(27rem,1.5fr)]">
                  <SourcePane rows={trees.sourceRows} rowHeight={rowHeight} scroller={sourcePane} sample={current?.data} used={trees.used} total={trees.fields.source.size} />
                  <LineLayer
                    lines={trees.lines}
                    rowHeight={rowHeight}
                    source={sourcePane}
                    target={targetPane}
                    open={open}
                    sourceIndex={trees.sourceIndex}
                    targetIndex={trees.targetIndex}
                    onPick={(line: Line) => go(trees.targetRows[line.to]?.node.path ?? '')}
                  />
                  <TargetPane
                    rows={trees.targetRows}
                    rowHeight={rowHeight}
                    scroller={targetPane}
                    missing={trees.missingSet}
                    total={trees.fields.target.size}
                    title={t('targetTitle', { filled: trees.filled, count: trees.fields.target.size })}
                    aside={<SchemaMenu schema={schema} />}
                    extra={extra}
                    onExtra={setExtra}
                    onAccept={accept}
                    empty={<EmptyTarget sample={current?.data} />}
                  />
                  <DragLine rowHeight={rowHeight} sourceIndex={trees.sourceIndex} targetIndex={trees.targetIndex} open={open} />
                </div>
              )}
              <Notice room={room} />
            </div>
          </RoomDataContext>
        </RoomContext>
      </MapperWorldContext>
    </FormWorldContext>
  );
}

const NO_ERRORS: readonly never[] = [];

/** Opens the row of a target, and what it is folded into. */
function goTo({ view, focus }: Room, target: string): void {
  view.setState(({ folded, query, active }) => {
    const unfolded = new Set(folded.target);
    for (let path = parentPath(target); path !== null; path = parentPath(path)) unfolded.delete(path);
    return { folded: { ...folded, target: unfolded }, query: { ...query, target: '' }, active: { ...active, target }, open: target };
  });
  focus('target');
}
