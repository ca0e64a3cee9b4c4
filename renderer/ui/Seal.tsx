/** The product's mark: a tick over a signature line. */
export function Seal({ size = 22 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32" className="shrink-0">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        d="M8.5 15.5l4.5 4.5 10.5-12"
        fill="none"
        stroke="#fff"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path d="M9 25h14" stroke="#fff" strokeOpacity=".7" strokeWidth="2.2" strokeLinecap="round" />
    </svg>
  );
}
