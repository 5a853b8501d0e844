import {
  ArrowRightLeft,
  BookOpen,
  Boxes,
  CalendarClock,
  CircleAlert,
  CircleHelp,
  Clock,
  Code,
  Combine,
  CopyMinus,
  CornerDownRight,
  Filter,
  GitBranch,
  Globe,
  Hand,
  Hourglass,
  Layers,
  LifeBuoy,
  Link2,
  type LucideIcon,
  Megaphone,
  Merge,
  MousePointerClick,
  OctagonAlert,
  Package,
  Play,
  PlugZap,
  RefreshCw,
  Reply,
  Send,
  ShieldCheck,
  Shuffle,
  Sigma,
  Split,
  StickyNote,
  Table,
  Timer,
  TriangleAlert,
  Undo2,
  Ungroup,
  UserCheck,
  Variable,
  Webhook,
  Workflow,
} from 'lucide-react';
import { cn } from '#components/ui/cn.ts';
import type { NodeGroup } from '#engine/nodes/node-kind.ts';

/** Icons that node kinds may name. A name that is missing here shows a question mark; a test keeps the list complete. */
export const NODE_ICONS: Readonly<Record<string, LucideIcon>> = {
  'arrow-right-left': ArrowRightLeft,
  'book-open': BookOpen,
  boxes: Boxes,
  'calendar-clock': CalendarClock,
  'circle-alert': CircleAlert,
  clock: Clock,
  code: Code,
  combine: Combine,
  'copy-minus': CopyMinus,
  'corner-down-right': CornerDownRight,
  filter: Filter,
  'git-branch': GitBranch,
  globe: Globe,
  hand: Hand,
  hourglass: Hourglass,
  layers: Layers,
  'life-buoy': LifeBuoy,
  'link-2': Link2,
  megaphone: Megaphone,
  merge: Merge,
  'mouse-pointer-click': MousePointerClick,
  'octagon-alert': OctagonAlert,
  package: Package,
  play: Play,
  'plug-zap': PlugZap,
  'refresh-cw': RefreshCw,
  reply: Reply,
  send: Send,
  'shield-check': ShieldCheck,
  shuffle: Shuffle,
  sigma: Sigma,
  split: Split,
  'sticky-note': StickyNote,
  table: Table,
  timer: Timer,
  'triangle-alert': TriangleAlert,
  'undo-2': Undo2,
  ungroup: Ungroup,
  'user-check': UserCheck,
  variable: Variable,
  webhook: Webhook,
  workflow: Workflow,
};

/** A node kind's icon on its tile. Triggers are filled: where a flow begins is seen at a glance. */
export function NodeIcon({ icon, group, size = 'md' }: { icon: string; group: NodeGroup; size?: 'sm' | 'md' }) {
  const Icon = NODE_ICONS[icon] ?? CircleHelp;
  return (
    <span
      aria-hidden
      className={cn(
        'flex shrink-0 items-center justify-center rounded-sm',
        size === 'md' ? 'size-8 [&_svg]:size-4' : 'size-6 [&_svg]:size-3.5',
        group === 'trigger' ? 'bg-accent text-on-accent' : 'bg-surface-3 text-text',
      )}
    >
      <Icon strokeWidth={1.75} />
    </span>
  );
}
