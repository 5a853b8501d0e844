'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { RetailerHeader } from '#components/retailers/retailer-header.tsx';
import { Segments } from '#components/ui/segments.tsx';
import { LookupTables } from './lookup-tables.tsx';
import { TableEditor } from './table-editor.tsx';
import { XrefBrowser } from './xref-browser.tsx';

/** What flows look up: small tables people keep, and pairs of ids that flows keep themselves. */
export function DataTables({ retailerId }: { retailerId: string }) {
  const t = useTranslations('dataTables');
  const params = useSearchParams();
  const view = params.get('view') === 'xref' ? 'xref' : 'lookup';
  const tableId = params.get('table');

  function go(next: { view?: 'lookup' | 'xref'; table?: string }) {
    const query = new URLSearchParams({ ...(next.view === 'xref' ? { view: 'xref' } : {}), ...(next.table === undefined ? {} : { table: next.table }) }).toString();
    window.history.pushState(null, '', `/retailers/${retailerId}/tables${query === '' ? '' : `?${query}`}`);
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <RetailerHeader
        retailerId={retailerId}
        view="tables"
        actions={
          <Segments
            label={t('views.label')}
            value={view}
            onChange={(next) => go({ view: next })}
            options={[
              { value: 'lookup', label: t('views.lookup') },
              { value: 'xref', label: t('views.xref') },
            ]}
          />
        }
      />
      {view === 'xref' ? (
        <XrefBrowser retailerId={retailerId} />
      ) : tableId === null ? (
        <LookupTables retailerId={retailerId} onOpen={(table) => go({ table })} />
      ) : (
        <TableEditor key={tableId} tableId={tableId} onBack={() => go({})} />
      )}
    </div>
  );
}
