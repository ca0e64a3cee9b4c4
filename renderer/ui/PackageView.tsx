import type { ReactNode } from 'react';
import type { PackageCheck, PackageTruth, PinnedPackage } from '../../main/contract/package.ts';
import { Badge } from './Badge.tsx';
import { Digest } from './Digest.tsx';
import { Fact, Facts } from './Panel.tsx';
import { bytes, fullTime } from './time.ts';
import { VisibleText } from './VisibleText.tsx';

/** What a registry says of a package, all of it; what could not be checked stands there as that, with the reason. */
export function PackageFacts({ truth }: { truth: PackageTruth }) {
  const { dependencies, scripts } = truth;
  return (
    <Facts>
      <Fact name="Version">
        <Known value={truth.version} />
        {truth.latest !== null && (
          <span className="ml-2 text-xs text-ink-soft">
            newest is <VisibleText text={truth.latest} />
          </span>
        )}
      </Fact>
      {truth.deprecated !== null && (
        <Fact name="Deprecated">
          <span className="text-warn-ink">
            <VisibleText text={truth.deprecated} />
          </span>
        </Fact>
      )}
      <Fact name="Published">
        {truth.publishedAt === null ? <Unchecked /> : fullTime(truth.publishedAt)}
        {truth.publisher !== null && (
          <span className="text-ink-soft">
            {' '}
            by <VisibleText text={truth.publisher} />
          </span>
        )}
      </Fact>
      <Fact name="First version">
        {truth.firstPublishedAt === null ? <Unchecked /> : fullTime(truth.firstPublishedAt)}
      </Fact>
      <Fact name="Maintainers">
        {truth.maintainers === null ? (
          <Unchecked />
        ) : (
          <span className="flex flex-wrap gap-1">
            {truth.maintainers.map((person) => (
              <Badge key={person}>
                <VisibleText text={person} />
              </Badge>
            ))}
          </span>
        )}
      </Fact>
      <Fact name="Signature">
        <Check value={truth.signature} />
      </Fact>
      <Fact name="Provenance">
        <Check value={truth.provenance} />
      </Fact>
      <Fact name="Vulnerabilities">
        <Check value={truth.advisories} />
      </Fact>
      <Fact name="Install scripts">
        {scripts === null ? (
          <Unchecked />
        ) : scripts.length === 0 ? (
          'None in the whole tree.'
        ) : (
          <ul className="space-y-0.5">
            {scripts.map((script) => (
              <li key={`${script.package} ${script.event}`} className="font-mono text-xs break-all">
                <VisibleText text={`${script.package} ${script.event}: ${script.command}`} />
              </li>
            ))}
          </ul>
        )}
      </Fact>
      <Fact name="Comes with">
        {dependencies === null ? (
          <Unchecked />
        ) : (
          `${dependencies.length} ${dependencies.length === 1 ? 'package' : 'packages'}`
        )}
        {truth.size !== null && <span className="text-ink-soft">; {bytes(truth.size)} without them</span>}
      </Fact>
      <Fact name="Integrity">
        <span className="font-mono text-xs break-all">
          <Known value={truth.integrity} />
        </span>
      </Fact>
      <Fact name="Registry">
        <span className="font-mono text-xs break-all">
          <Known value={truth.registry} />
        </span>
      </Fact>
      {truth.unchecked.length > 0 && (
        <Fact name="Not checked">
          <ul className="space-y-0.5 text-xs text-ink-soft">
            {truth.unchecked.map(({ what, why }) => (
              <li key={what}>
                <VisibleText text={`${what}: ${why}`} />
              </li>
            ))}
          </ul>
        </Fact>
      )}
    </Facts>
  );
}

/** The package that runs in the launcher's place: the whole tree by name, and what of it may run at installation. */
export function PinnedView({ pinned }: { pinned: PinnedPackage }) {
  return (
    <div className="space-y-2 rounded-lg border border-line px-3 py-2.5">
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone="good">pinned</Badge>
        <span className="font-mono text-xs font-semibold break-all">
          <VisibleText text={`${pinned.name}@${pinned.version}`} />
        </span>
        <span className="text-xs text-ink-soft">
          starts <VisibleText text={pinned.entry} /> from Countersign’s own store, without its launcher
        </span>
      </p>
      <p className="text-xs text-ink-soft">
        Lockfile <Digest value={pinned.lock} whole />
      </p>
      {pinned.scripts.map((script) => (
        <p key={`${script.package} ${script.event}`} className="flex flex-wrap items-baseline gap-2">
          <Badge tone={script.allowed ? 'warn' : 'quiet'}>{script.allowed ? 'runs once' : 'does not run'}</Badge>
          <span className="min-w-0 font-mono text-xs break-all">
            <VisibleText text={`${script.package} ${script.event}: ${script.command}`} />
          </span>
        </p>
      ))}
      <ul
        aria-label="Packages that come with it"
        className="flex flex-wrap gap-x-3 gap-y-0.5 font-mono text-2xs text-ink-soft"
      >
        {pinned.dependencies.map((one) => (
          <li key={one} className="break-all">
            <VisibleText text={one} />
          </li>
        ))}
      </ul>
    </div>
  );
}

const CHECKS = {
  verified: { tone: 'good', label: 'checked' },
  absent: { tone: 'quiet', label: 'none' },
  failed: { tone: 'bad', label: 'failed' },
  unchecked: { tone: 'quiet', label: 'could not be checked' },
} as const;

function Check({ value: { state, detail } }: { value: PackageCheck }) {
  return (
    <span className="flex flex-wrap items-baseline gap-2">
      <Badge tone={CHECKS[state].tone}>{CHECKS[state].label}</Badge>
      <span className="min-w-0 text-xs text-ink-soft">
        <VisibleText text={detail} />
      </span>
    </span>
  );
}

function Known({ value }: { value: string | null }): ReactNode {
  return value === null ? <Unchecked /> : <VisibleText text={value} />;
}

function Unchecked() {
  return <Badge>could not be checked</Badge>;
}
