import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

export interface TabItem {
  readonly value: string;
  readonly label: string;
  /** A number or mark after the label. */
  readonly mark?: ReactNode;
  readonly content: ReactNode;
}

/** Views of one thing, one at a time; arrow keys move between them. */
export function Tabs({
  label,
  items,
  value,
  onChange,
}: {
  label: string;
  items: readonly TabItem[];
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(String(next))}>
      <Base.List aria-label={label} className="flex gap-5 border-b border-line">
        {items.map((item) => (
          <Base.Tab
            key={item.value}
            value={item.value}
            className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent text-sm font-medium text-ink-faint hover:text-ink data-active:border-accent-ink data-active:text-ink"
          >
            {item.label}
            {item.mark}
          </Base.Tab>
        ))}
      </Base.List>
      {items.map((item) => (
        <Base.Panel key={item.value} value={item.value} className="pt-4 focus-visible:outline-none">
          {item.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
