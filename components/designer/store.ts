import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EdgeEnd, FlowDocument } from '#engine/flow/document.ts';
import type { FlowOp } from '#engine/flow/ops.ts';
import type { Problem } from '#engine/flow/problem.ts';
import type { EndpointView } from '#server/views/flow.ts';
import type { RunStepView, RunView } from '#server/views/run.ts';
import type { TestStep, TestView } from '#server/views/test.ts';
import type { SaveState } from './autosave.ts';
import { initialSave, type DraftConflict } from './autosave.ts';
import { type CanvasUi, initialCanvasUi } from './canvas/canvas-ui.ts';
import { closeGesture, edit, emptyHistory, redo, undo, type EditResult, type History } from './history.ts';
import { textOfDoc } from './persistence.ts';
import type { SourceSample } from './samples/sample-list.ts';

/** An edge that is being drawn, and for each node why it cannot end there (null: it can). */
export interface Connecting {
  from: EdgeEnd;
  refusals: ReadonlyMap<string, string | null>;
}

export interface TestRun {
  id: string;
  view: TestView;
  steps: ReadonlyMap<string, TestStep>;
  /** The event it began with; null: a record given to one step alone. */
  source: SourceSample | null;
}

/** A run of the past that is looked at in the designer. */
export interface PastRun {
  id: string;
  view: RunView;
  /** The newest attempt's steps by node. */
  steps: ReadonlyMap<string, RunStepView>;
}

/** A test that was started here, and how it is doing. */
export interface Testing {
  /** Milliseconds since the epoch. */
  startedAt: number;
  running: boolean;
  /** No engine has taken it yet. */
  queued: boolean;
  untilNodeId: string | null;
  onlyNodeId: string | null;
  error: unknown;
}

/** Two ways to see and edit the same flow. */
export type DesignerView = 'canvas' | 'outline';

export type BottomTab = 'problems' | 'test';

/**
 * State of one open designer. `doc` is the truth: every edit of it is a FlowOp through `apply`, and everything drawn is
 * derived. Selection, test results and panels are state of the view and never enter the document.
 */
export interface DesignerState {
  flowId: string;
  retailerId: string;
  readOnly: boolean;
  doc: FlowDocument;
  history: History;
  save: SaveState;
  /** The conflict that the person put off; the header leads back to it. */
  conflictPutOff: DraftConflict | null;
  selectedNodes: readonly string[];
  selectedEdges: readonly string[];
  problems: readonly Problem[];
  problemsByNode: ReadonlyMap<string, readonly Problem[]>;
  endpoints: readonly EndpointView[];
  connecting: Connecting | null;
  test: TestRun | null;
  testing: Testing | null;
  /** Tests really send what writes. Off until somebody says so; never kept. */
  sendWrites: boolean;
  run: PastRun | null;
  /** The sample that was chosen, see `useSamples`; null: the first there is. */
  sampleId: string | null;
  /** What stands in the test panel and is kept nowhere yet. */
  typedSample: { triggerId: string; bodyText: string } | null;
  bottom: BottomTab | null;
  view: DesignerView;
  /** The selected map node is shown in the mapper at full size. */
  mapperOpen: boolean;
  canvas: CanvasUi;
  /** Counts the documents taken over from outside; such a change is no edit. */
  adopted: number;

  /** Applies an edit. Edits with the same `mark` in quick succession are one step of undo. False: refused, nothing changed. */
  apply(op: FlowOp, mark?: string): boolean;
  undo(): void;
  redo(): void;
  /** The person left the field or let go of the mouse: the next edit is a new step of undo. */
  endGesture(): void;
  /** Takes over a document that the server holds already (theirs in a conflict, a restored version). Undo brings the old one back. */
  adopt(draft: { doc: FlowDocument; revision: number; savedAt: string | null }): void;
  /** Goes on with this document against another one (a conflict): the other becomes the step before it, so that undo reaches it. */
  outdo(theirs: FlowDocument): void;
  select(nodes: readonly string[], edges?: readonly string[]): void;
  setProblems(problems: readonly Problem[]): void;
  docText(): string;
}

export interface DesignerInit {
  flowId: string;
  retailerId: string;
  readOnly: boolean;
  doc: FlowDocument;
  revision: number;
  savedAt: string | null;
  endpoints: readonly EndpointView[];
  history?: History;
  /** `doc` was edited in this tab before a reload and has not been saved. */
  unsaved?: boolean;
  conflict?: DraftConflict;
  selectedNodes?: readonly string[];
  view?: DesignerView;
}

export type DesignerStore = StoreApi<DesignerState>;

/** A store for one flow. `now` is the clock for gestures. */
export function createDesignerStore(init: DesignerInit, now: () => number = Date.now): DesignerStore {
  return createStore<DesignerState>()((set, get) => {
    function take(result: EditResult | undefined): boolean {
      if (result === undefined || !result.ok) return false;
      const { doc, history } = result;
      set((state) => ({ doc, history, ...keepSelection(state, doc) }));
      return true;
    }
    return {
      flowId: init.flowId,
      retailerId: init.retailerId,
      readOnly: init.readOnly,
      doc: init.doc,
      history: init.history ?? emptyHistory(),
      save: firstSave(init),
      conflictPutOff: null,
      selectedNodes: init.selectedNodes ?? [],
      selectedEdges: [],
      problems: [],
      problemsByNode: new Map(),
      endpoints: init.endpoints,
      connecting: null,
      test: null,
      testing: null,
      sendWrites: false,
      run: null,
      sampleId: null,
      typedSample: null,
      bottom: null,
      view: init.view ?? 'canvas',
      mapperOpen: false,
      canvas: initialCanvasUi(),
      adopted: 0,
      apply(op, mark) {
        const { readOnly, doc, history } = get();
        return !readOnly && take(edit(doc, history, { op, mark, at: now() }));
      },
      undo: () => void take(get().readOnly ? undefined : undo(get().doc, get().history)),
      redo: () => void take(get().readOnly ? undefined : redo(get().doc, get().history)),
      endGesture: () => set((state) => ({ history: closeGesture(state.history) })),
      adopt({ doc, revision, savedAt }) {
        const taken = edit(get().doc, get().history, { op: { type: 'replace', doc }, at: now() });
        set((state) => ({
          doc,
          adopted: state.adopted + 1,
          history: taken.ok ? taken.history : emptyHistory(),
          save: initialSave(revision, savedAt ?? state.save.savedAt),
          ...keepSelection(state, doc),
        }));
      },
      outdo(theirs) {
        const { doc: mine, apply, select, selectedNodes, selectedEdges } = get();
        if (!apply({ type: 'replace', doc: theirs }) || !apply({ type: 'replace', doc: mine })) return;
        select(selectedNodes, selectedEdges);
      },
      select: (selectedNodes, selectedEdges = []) => set({ selectedNodes, selectedEdges }),
      setProblems: (problems) => set({ problems, problemsByNode: groupByNode(problems) }),
      docText: () => textOfDoc(get().doc),
    };
  });
}

function firstSave(init: DesignerInit): SaveState {
  const saved = initialSave(init.revision, init.savedAt);
  if (init.conflict !== undefined) return { ...saved, status: 'conflict', conflict: init.conflict };
  return init.unsaved === true ? { ...saved, status: 'dirty' } : saved;
}

/** Ids of things that are gone leave the selection; an unchanged selection keeps its identity. */
function keepSelection(state: DesignerState, doc: FlowDocument): Pick<DesignerState, 'selectedNodes' | 'selectedEdges'> {
  const nodes = new Set(doc.nodes.map((node) => node.id));
  const edges = new Set(doc.edges.map((edge) => edge.id));
  const { selectedNodes, selectedEdges } = state;
  return {
    selectedNodes: selectedNodes.every((id) => nodes.has(id)) ? selectedNodes : selectedNodes.filter((id) => nodes.has(id)),
    selectedEdges: selectedEdges.every((id) => edges.has(id)) ? selectedEdges : selectedEdges.filter((id) => edges.has(id)),
  };
}

function groupByNode(problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  const byNode = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (problem.nodeId === undefined) continue;
    const known = byNode.get(problem.nodeId);
    if (known === undefined) byNode.set(problem.nodeId, [problem]);
    else known.push(problem);
  }
  return byNode;
}
