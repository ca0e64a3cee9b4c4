import {
  type Launch,
  type LaunchDifference,
  type LaunchFinding,
  type LaunchVariable,
  placeText,
} from '../../main/contract/launch.ts';
import { Badge } from './Badge.tsx';
import { CommandLines } from './CommandLines.tsx';
import { Digest } from './Digest.tsx';
import { PinnedView } from './PackageView.tsx';
import { ReachView } from './ReachView.tsx';
import { bytes } from './time.ts';
import { VisibleText } from './VisibleText.tsx';

/** A launch in full: command, place, files with their hashes, environment by name and source. Nothing is cut. */
export function LaunchView({ launch, findings = [] }: { launch: Launch; findings?: readonly LaunchFinding[] }) {
  return (
    <div className="space-y-5">
      <Part title="Command">
        <CommandLines command={launch.command} args={launch.args} findings={findings} />
      </Part>
      {launch.package !== undefined && (
        <Part title="Package that runs in its place">
          <PinnedView pinned={launch.package} />
        </Part>
      )}
      <Part title="Working directory">
        <p className="font-mono text-xs break-all">
          <VisibleText text={launch.cwd} />
        </p>
      </Part>
      <Part title="Program and scripts">
        {launch.files.length === 0 ? (
          <p className="text-sm text-ink-faint">None could be resolved.</p>
        ) : (
          <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line">
            {launch.files.map((file) => (
              <li key={`${file.role}${file.path}`} className="space-y-0.5 px-3 py-2">
                <p className="flex items-start gap-2">
                  <Badge>{file.role}</Badge>
                  <span className="min-w-0 font-mono text-xs leading-5 break-all">
                    <VisibleText text={file.path} />
                  </span>
                  <span className="ml-auto shrink-0 text-xs text-ink-faint tabular-nums">{bytes(file.size)}</span>
                </p>
                {file.found !== undefined && (
                  <p className="font-mono text-xs break-all text-ink-soft">
                    <span className="font-sans">started as </span>
                    <VisibleText text={file.found} />
                  </p>
                )}
                <p>
                  <Digest value={file.sha256} whole />
                </p>
              </li>
            ))}
          </ul>
        )}
      </Part>
      <Part title="Environment">
        <Variables variables={launch.variables} />
      </Part>
      <Part title="Sandbox">
        <ReachView reach={launch.reach} held={launch.sandbox} />
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <h3 className="mb-1.5 text-xs font-semibold text-ink-soft">{title}</h3>
      {children}
    </div>
  );
}

const SOURCES = {
  literal: { tone: 'quiet', label: 'written in the configuration' },
  keychain: { tone: 'info', label: 'from the keychain' },
  inherited: { tone: 'quiet', label: 'inherited from you' },
} as const;

function Variables({ variables }: { variables: readonly LaunchVariable[] }) {
  if (variables.length === 0) return <p className="text-sm text-ink-faint">No variables.</p>;
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line">
      {variables.map((variable) => (
        <li key={variable.name} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3 py-1.5">
          <span className="font-mono text-xs font-semibold break-all">
            <VisibleText text={variable.name} />
          </span>
          {variable.shown !== null && (
            <span className="min-w-0 font-mono text-xs break-all text-ink-soft">
              <VisibleText text={variable.shown} />
            </span>
          )}
          <span className="ml-auto">
            <Badge tone={SOURCES[variable.source].tone}>{SOURCES[variable.source].label}</Badge>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What changed between two launches: one row a difference, before and after under each other. */
export function LaunchDifferences({ differences }: { differences: readonly LaunchDifference[] }) {
  return (
    <ul aria-label="Differences" className="divide-y divide-line overflow-hidden rounded-lg border border-line">
      {differences.map((difference) => (
        <li key={difference.where}>
          <p className="bg-sunken px-3 py-1 text-xs font-medium text-ink-soft">
            <VisibleText text={placeText(difference.where)} />
          </p>
          <Side sign="−" word="Before" value={difference.before} look="bg-bad-soft" ink="text-bad-ink" />
          <Side sign="+" word="Now" value={difference.after} look="bg-good-soft" ink="text-good-ink" />
        </li>
      ))}
    </ul>
  );
}

function Side({
  sign,
  word,
  value,
  look,
  ink,
}: {
  sign: string;
  word: string;
  value: string | null;
  look: string;
  ink: string;
}) {
  return (
    <p className={`flex gap-2 px-3 py-1 font-mono text-xs ${look}`}>
      <span aria-hidden="true" className={`shrink-0 ${ink}`}>
        {sign}
      </span>
      <span className="sr-only">{word}:</span>
      <span className="min-w-0 break-all whitespace-pre-wrap">
        {value === null ? (
          <span className="font-sans text-ink-soft italic">not there</span>
        ) : (
          <VisibleText text={value} />
        )}
      </span>
    </p>
  );
}
