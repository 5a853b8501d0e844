import type { AriaLabelConfig } from '@xyflow/react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';

/** React Flow's own words for screen readers, in the reader's language. */
export function useCanvasLabels(): Partial<AriaLabelConfig> {
  const t = useTranslations('designer.aria');
  return useMemo(
    () => ({
      'node.a11yDescription.default': t('node'),
      'node.a11yDescription.keyboardDisabled': t('nodeReadOnly'),
      'node.a11yDescription.ariaLiveMessage': ({ x, y }: { direction: string; x: number; y: number }) => t('moved', { x: Math.round(x), y: Math.round(y) }),
      'edge.a11yDescription.default': t('edge'),
      'controls.ariaLabel': t('controls'),
      'controls.zoomIn.ariaLabel': t('zoomIn'),
      'controls.zoomOut.ariaLabel': t('zoomOut'),
      'controls.fitView.ariaLabel': t('fitView'),
      'controls.interactive.ariaLabel': t('lock'),
      'minimap.ariaLabel': t('minimap'),
      'handle.ariaLabel': t('handle'),
    }),
    [t],
  );
}
