import type { PinnedPackage } from '../../../main/contract/package.ts';
import { VisibleText } from '../../ui/VisibleText.tsx';

/** Which install scripts are to run: none, unless a person says so for each package. */
export function ScriptChoices({
  pinned,
  busy,
  onChoose,
}: {
  pinned: PinnedPackage;
  busy: boolean;
  /** Packages, `name@version`, whose scripts are to run. */
  onChoose: (packages: string[]) => void;
}) {
  const packages = [...new Set(pinned.scripts.map((script) => script.package))];
  const allowed = pinned.scripts.filter((script) => script.allowed).map((script) => script.package);
  if (packages.length === 0) return null;
  return (
    <fieldset className="space-y-1.5 rounded-lg bg-sunken px-3 py-2.5">
      <legend className="sr-only">Install scripts that may run</legend>
      <p className="text-xs text-ink-soft">
        Install scripts do not run. Let one run only if the server does not work without it.
      </p>
      {packages.map((one) => (
        <label key={one} className="flex items-center gap-2 text-sm">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={allowed.includes(one)}
            disabled={busy}
            onChange={({ target }) =>
              onChoose(target.checked ? [...allowed, one] : allowed.filter((other) => other !== one))
            }
          />
          <span className="font-mono text-xs break-all">
            <VisibleText text={one} />
          </span>
        </label>
      ))}
    </fieldset>
  );
}
