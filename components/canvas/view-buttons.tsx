import { ControlButton, type FitViewOptions, useReactFlow, useStore } from '@xyflow/react';
import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { useTranslations } from 'next-intl';

/** Zoom and fit, with the icons of the rest of the interface: the library's own are of another family. */
export function ViewButtons({ fit }: { fit: FitViewOptions }) {
  const t = useTranslations('designer.aria');
  const flow = useReactFlow();
  const nearest = useStore(({ transform, maxZoom }) => transform[2] >= maxZoom);
  const farthest = useStore(({ transform, minZoom }) => transform[2] <= minZoom);
  return (
    <>
      <ControlButton title={t('zoomIn')} aria-label={t('zoomIn')} disabled={nearest} onClick={() => void flow.zoomIn()}>
        <ZoomIn aria-hidden />
      </ControlButton>
      <ControlButton title={t('zoomOut')} aria-label={t('zoomOut')} disabled={farthest} onClick={() => void flow.zoomOut()}>
        <ZoomOut aria-hidden />
      </ControlButton>
      <ControlButton title={t('fitView')} aria-label={t('fitView')} onClick={() => void flow.fitView(fit)}>
        <Maximize aria-hidden />
      </ControlButton>
    </>
  );
}
