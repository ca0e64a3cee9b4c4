import { Button } from './Button.tsx';

/** The end of a form in a dialog: the way out, and what sending it does. */
export function FormEnd({
  onCancel,
  verb,
  busy = false,
  disabled = false,
}: {
  onCancel: () => void;
  verb: string;
  busy?: boolean;
  disabled?: boolean;
}) {
  return (
    <div className="flex justify-end gap-2">
      <Button look="quiet" onClick={onCancel}>
        Cancel
      </Button>
      <Button type="submit" look="primary" busy={busy} disabled={disabled}>
        {verb}
      </Button>
    </div>
  );
}
