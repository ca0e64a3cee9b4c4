/** Keys to press, each as a cap. `Mod` is Ctrl, or Cmd on a Mac. */
export function KeyHint({ keys, onAccent = false }: { keys: readonly string[]; onAccent?: boolean }) {
  return (
    <span aria-hidden="true" className="inline-flex items-center gap-0.5">
      {keys.map((key) => (
        <kbd
          key={key}
          className={`inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-sm border px-1 font-sans text-2xs font-medium ${
            onAccent ? 'border-current' : 'border-line-strong bg-panel text-ink-faint'
          }`}
        >
          {key === 'Mod' ? (isMac() ? '⌘' : 'Ctrl') : key}
        </kbd>
      ))}
    </span>
  );
}

/** Whether the keyboard has a Command key. */
export function isMac(): boolean {
  return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
}
