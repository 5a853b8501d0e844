import { DesignerPage } from '#components/designer/designer-page.tsx';

/** The flow designer. `?node=` selects a node. */
export default async function Page({ params }: { params: Promise<{ flowId: string }> }) {
  const { flowId } = await params;
  return <DesignerPage flowId={flowId} />;
}
