import type { ReactNode } from 'react';
import { name } from '../../main/contract/names.ts';
import { TextInput } from './Field.tsx';

/** Whether a server or a secret can be called so. */
export function isName(text: string): boolean {
  return name.safeParse(text).success;
}

/** What a server or a secret is called; once its form was `tried`, a name that cannot be is said. */
export function NameInput({
  value,
  onValue,
  tried,
  ...rest
}: {
  value: string;
  onValue: (value: string) => void;
  tried: boolean;
  placeholder: string;
  note?: ReactNode;
}) {
  return (
    <TextInput
      label="Name"
      mono
      value={value}
      onChange={(event) => onValue(event.target.value)}
      error={tried && !isName(value) ? 'A name is 1 to 64 letters, digits, dots, dashes or underscores.' : undefined}
      {...rest}
    />
  );
}
