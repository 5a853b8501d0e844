import { useRouter } from 'next/navigation';
import { navItemsFor, type NavKey } from '#components/shell/nav-items.ts';
import { useSession } from '#components/shell/session-context.tsx';
import { useCommands } from './command-context.tsx';
import type { Offers } from './desk.ts';
import type { CommandId } from './registry.ts';

const WAYS: Record<NavKey, CommandId> = { retailers: 'goRetailers', runs: 'goRuns', exceptions: 'goExceptions', approvals: 'goApprovals' };

/** What every page offers: the palette, the sheet, and the ways to the sections this person may see. */
export function StudioCommands({ onOpen }: { onOpen: (what: 'palette' | 'sheet') => void }) {
  const router = useRouter();
  const items = navItemsFor(useSession().permissions);
  const ways: Offers = {};
  for (const item of items) ways[WAYS[item.key]] = () => router.push(item.href);
  useCommands({ palette: () => onOpen('palette'), shortcuts: () => onOpen('sheet'), ...ways });
  return null;
}
