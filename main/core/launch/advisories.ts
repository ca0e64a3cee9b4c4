/** Versions of packages that are known to be dangerous, from the public advisories named beside them. */
import type { LaunchPackage } from '../../contract/package.ts';

interface Advisory {
  readonly kind: LaunchPackage['kind'];
  readonly name: string;
  /** First version concerned. */
  readonly from: string;
  /** First version that is not; null when none is. */
  readonly fixed: string | null;
  readonly says: string;
}

const ADVISORIES: readonly Advisory[] = [
  {
    kind: 'npm',
    name: 'mcp-remote',
    from: '0.0.5',
    fixed: '0.1.16',
    says: 'lets a remote server run commands here (CVE-2025-6514)',
  },
  {
    kind: 'npm',
    name: 'postmark-mcp',
    from: '1.0.16',
    fixed: null,
    says: 'sends a copy of every mail to its publisher',
  },
  {
    kind: 'npm',
    name: '@modelcontextprotocol/inspector',
    from: '0',
    fixed: '0.14.1',
    says: 'lets any web page run commands here (CVE-2025-49596)',
  },
  {
    kind: 'npm',
    name: '@modelcontextprotocol/server-filesystem',
    from: '2025.1.0',
    fixed: '2025.7.1',
    says: 'lets paths lead out of its folders (CVE-2025-53109, CVE-2025-53110)',
  },
  {
    kind: 'npm',
    name: '@modelcontextprotocol/server-filesystem',
    from: '0',
    fixed: '0.6.4',
    says: 'lets paths lead out of its folders (CVE-2025-53109, CVE-2025-53110)',
  },
  {
    kind: 'npm',
    name: 'figma-developer-mcp',
    from: '0',
    fixed: '0.6.3',
    says: 'passes arguments to a shell (CVE-2025-53967)',
  },
  {
    kind: 'npm',
    name: '@cyanheads/git-mcp-server',
    from: '0',
    fixed: '2.1.5',
    says: 'passes arguments to a shell (CVE-2025-53107)',
  },
  {
    kind: 'pypi',
    name: 'mcp-server-git',
    from: '0',
    fixed: '2026.1.14',
    says: 'lets arguments reach files outside its repository (CVE-2025-68143 to 68145, CVE-2026-27735)',
  },
  {
    kind: 'pypi',
    name: 'code-mcp',
    from: '0',
    fixed: null,
    says: 'passes arguments to a shell (CVE-2026-7812)',
  },
  {
    kind: 'npm',
    name: 'mcp-server-semgrep',
    from: '0',
    fixed: '1.0.1',
    says: 'passes arguments to a shell (VetCoders/mcp-server-semgrep#12)',
  },
];

/** What is known against this package, in the words after "This version"; undefined when nothing is. */
export function advisoryFor({ kind, name, version }: LaunchPackage): string | undefined {
  const known = ADVISORIES.filter((one) => one.kind === kind && one.name === name.toLowerCase());
  // Where nothing is fixed, whatever version comes is concerned.
  if (version === null || !isExact(version)) return known.find(({ fixed }) => fixed === null)?.says;
  return known.find(({ from, fixed }) => compare(version, from) >= 0 && (fixed === null || compare(version, fixed) < 0))
    ?.says;
}

/** Whether a version names one release and nothing that can move. */
export function isExact(version: string): boolean {
  return /^v?\d+(\.\d+){1,3}([-+.]?[a-z0-9.+-]+)?$/i.test(version) && !/(^|\.)x(\.|$)/i.test(version);
}

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((text) =>
    text
      .replace(/^v/, '')
      .split(/[.+-]/)
      .map((part) => Number.parseInt(part, 10) || 0),
  );
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
