'use client';

import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { Part } from './part.tsx';
import { State } from './state.tsx';

/** What can be typed into or chosen from. */
export function Fields() {
  const t = useTranslations('styleguide');
  const [chosen, setChosen] = useState('nordlicht');
  const options = [
    { value: 'nordlicht', label: 'Nordlicht Outdoor', hint: t('sample.retailerHint') },
    { value: 'kaffeewerk', label: 'Kaffeewerk' },
    { value: 'long', label: t('sample.longName') },
    { value: 'closed', label: 'Strandkorb & Co.', hint: t('sample.closed'), disabled: true },
  ];
  return (
    <>
      <Part name="Field, Input" columns={3}>
        <Field label={t('sample.name')} hint={t('sample.nameHint')} aside={t('sample.aside')}>
          {(control) => <Input {...control} placeholder={t('sample.namePlaceholder')} />}
        </Field>
        <Field label={t('sample.name')} required>
          {(control) => <Input {...control} defaultValue={t('sample.nameValue')} />}
        </Field>
        <Field label={t('sample.name')} hint={t('sample.nameHint')} error={t('sample.nameError')}>
          {(control) => <Input {...control} defaultValue={t('sample.nameValue')} />}
        </Field>
        <Field label={`${t('sample.name')} (${t('states.disabled')})`}>{(control) => <Input {...control} disabled defaultValue={t('sample.nameValue')} />}</Field>
        <Field label={`${t('sample.name')} (${t('states.readOnly')})`}>{(control) => <Input {...control} readOnly defaultValue={t('sample.nameValue')} />}</Field>
        <Field label={t('sample.longLabel')}>{(control) => <Input {...control} mono defaultValue={t('sample.longValue')} />}</Field>
      </Part>
      <Part name="Input" columns={3}>
        <State label={t('states.icon')} fill>
          <Input type="search" icon={<Search />} aria-label={t('sample.search')} placeholder={t('sample.search')} />
        </State>
        <State label={t('states.small')} fill>
          <Input size="sm" mono aria-label={t('sample.name')} defaultValue={t('sample.path')} />
        </State>
        <State label={t('states.large')} fill>
          <Input size="lg" aria-label={t('sample.name')} defaultValue={t('sample.nameValue')} />
        </State>
      </Part>
      <Part name="Textarea" columns={3}>
        <Field label={t('sample.note')}>{(control) => <Textarea {...control} placeholder={t('sample.noteValue')} />}</Field>
        <Field label={t('sample.note')} error={t('sample.nameError')}>
          {(control) => <Textarea {...control} defaultValue={t('sample.noteValue')} />}
        </Field>
        <Field label={`${t('sample.note')} (${t('states.disabled')})`}>{(control) => <Textarea {...control} disabled mono defaultValue={t('sample.path')} />}</Field>
      </Part>
      <Part name="Select" columns={3}>
        <Field label={t('sample.retailer')}>{(control) => <Select {...control} value={chosen} onValueChange={setChosen} options={options} />}</Field>
        <Field label={t('sample.retailer')} error={t('sample.choose')}>
          {(control) => <Select {...control} value={undefined} onValueChange={() => undefined} options={options} placeholder={t('sample.choose')} />}
        </Field>
        <Field label={`${t('sample.retailer')} (${t('states.disabled')})`}>
          {(control) => <Select {...control} disabled value="kaffeewerk" onValueChange={() => undefined} options={options} />}
        </Field>
        <Field label={`${t('sample.retailer')} (${t('states.long')})`}>
          {(control) => <Select {...control} value="long" onValueChange={() => undefined} options={options} />}
        </Field>
        <State label={t('states.small')} fill>
          <Select size="sm" aria-label={t('sample.retailer')} value={chosen} onValueChange={setChosen} options={options} />
        </State>
      </Part>
    </>
  );
}
