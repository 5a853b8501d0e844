import {
  ArrowRightLeft,
  Boxes,
  CalendarClock,
  CircleAlert,
  CircleHelp,
  Clock,
  Code,
  Filter,
  GitBranch,
  Globe,
  Hand,
  Layers,
  type LucideIcon,
  MousePointerClick,
  OctagonAlert,
  Package,
  Play,
  Send,
  Shuffle,
  Split,
  StickyNote,
  TriangleAlert,
  Ungroup,
  Webhook,
} from 'lucide-react';
import { cn } from '#components/ui/cn.ts';
import type { NodeGroup } from '#engine/nodes/node-kind.ts';

/** Icons that node kinds may name. A name that is missing here shows a question mark; a test keeps the list complete. */
export const NODE_ICONS: Readonly<Record<string, LucideIcon>> = {
  'arrow-right-left': ArrowRightLeft,
  boxes: Boxes,
  'calendar-clock': CalendarClock,
  'circle-alert': CircleAlert,
  clock: Clock,
  code: Code,
  filter: Filter,
  'git-branch': GitBranch,
  globe: Globe,
  hand: Hand,
  layers: Layers,
  'mouse-pointer-click': MousePointerClick,
  'octagon-alert': OctagonAlert,
  package: Package,
  play: Play,
  send: Send,
  shuffle: Shuffle,
  split: Split,
  'sticky-note': StickyNote,
  'triangle-alert': TriangleAlert,
  ungroup: Ungroup,
  webhook: Webhook,
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
