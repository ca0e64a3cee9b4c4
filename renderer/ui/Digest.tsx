/** A digest: its beginning and end to the eye, all of it in the tip and to the clipboard of whoever selects it. */
export function Digest({ value, whole = false }: { value: string; whole?: boolean }) {
  const hex = value.replace(/^sha256:/, '');
  return (
    <code title={value} className="font-mono text-xs text-ink-soft">
      {whole || hex.length <= 20 ? <span className="break-all">{value}</span> : `${hex.slice(0, 12)}…${hex.slice(-6)}`}
    </code>
  );
}
