import type { PromptMark } from '../../main/contract/mark.ts';

/** What a mark's picture is made of: a large shape, turned, and a small one in a corner. */
const LARGE = [
  <circle key="disc" r="8.5" />,
  <path key="half" d="M-9 0a9 9 0 0 1 18 0z" />,
  <path key="triangle" d="M0 -9.5L9 7H-9z" />,
  <rect key="square" x="-7.5" y="-7.5" width="15" height="15" rx="1.5" />,
  <path key="cross" d="M-3 -9h6v6h6v6h-6v6h-6v-6h-6v-6h6z" />,
  <path key="bars" d="M-9 -8h18v4h-18zM-9 -2h18v4h-18zM-9 4h18v4h-18z" />,
  <path key="leaf" d="M-8 8C-10 -6 -2 -9 8 -8C9 2 4 9 -8 8z" />,
  <path key="ring" fillRule="evenodd" d="M0 -9a9 9 0 1 1 0 18a9 9 0 1 1 0 -18zM0 -4a4 4 0 1 0 0 8a4 4 0 1 0 0 -8z" />,
];
const SMALL = [
  <circle key="dot" r="3" />,
  <rect key="box" x="-2.6" y="-2.6" width="5.2" height="5.2" />,
  <path key="point" d="M0 -3.4L3.2 2.6H-3.2z" />,
  <path key="dash" d="M-3.6 -1.4h7.2v2.8h-7.2z" />,
];
const CORNERS = ['translate(7.5 7.5)', 'translate(24.5 7.5)', 'translate(24.5 24.5)', 'translate(7.5 24.5)'];

/** The picture of a mark, drawn from its numbers alone. Decorative: the words beside it say the same. */
export function MarkPicture({ mark, size }: { mark: PromptMark; size: number }) {
  const [ground = 0, contrast = 0, large = 0, turn = 0, small = 0, corner = 0] = mark.seed;
  const hue = Math.round((ground / 256) * 360);
  const other = (hue + 90 + Math.round((contrast / 256) * 180)) % 360;
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32" className="shrink-0">
      <rect width="32" height="32" rx="8" fill={`hsl(${hue} 48% 38%)`} />
      <g fill={`hsl(${other} 72% 74%)`} transform={`translate(16 16) rotate(${(turn % 8) * 45})`}>
        {LARGE[large % LARGE.length]}
      </g>
      <g fill="#fff" transform={CORNERS[corner % CORNERS.length]}>
        {SMALL[small % SMALL.length]}
      </g>
    </svg>
  );
}
