/** What is written for a package or image, as its parts (npm package-arg, PEP 508, OCI distribution references). */
import type { LaunchPackage } from '../../contract/package.ts';

/**
 * An npm specifier: what it comes to, whatever it calls it (`name@npm:other@1`, `name@github:owner/other`). What is no
 * registry name (a URL, git, a folder) keeps itself as the name.
 */
export function npmPackage(text: string, registry: string | null): LaunchPackage {
  const at = text.indexOf('@', 1);
  if (isForeign(text) || at < 0) return { kind: 'npm', name: text, version: null, registry };
  const version = text.slice(at + 1);
  if (isAlias(text)) return npmPackage(version.slice('npm:'.length), registry);
  if (isForeign(version)) return { kind: 'npm', name: version, version: null, registry };
  return { kind: 'npm', name: text.slice(0, at), version: version || null, registry };
}

/** Whether a specifier gives a package another name than its own. */
export function isAlias(text: string): boolean {
  return /^@?[^@]+@npm:./i.test(text);
}

export function pypiPackage(text: string, registry: string | null): LaunchPackage {
  const parts = isForeign(text) ? null : /^([\w.-]+)(?:\[[^\]]*\])?\s*(?:(===?|@)\s*(.+)|([<>~!].+))?$/.exec(text);
  if (!parts) return { kind: 'pypi', name: text, version: null, registry };
  const [, name = text, , version = parts[4] ?? null] = parts;
  if (version !== null && isForeign(version)) return { kind: 'pypi', name: version, version: null, registry };
  return { kind: 'pypi', name, version, registry };
}

export function imagePackage(text: string): LaunchPackage {
  const [, name = text, tag, digest] = /^(.+?)(?::([\w][\w.-]{0,127}))?(?:@(sha\d+:[0-9a-f]+))?$/i.exec(text) ?? [];
  const host = name.split('/')[0] ?? '';
  const registry = name.includes('/') && /[.:]|^localhost$/.test(host) ? host : null;
  return { kind: 'image', name, version: digest ?? tag ?? null, registry };
}

/** Whether it comes from somewhere else than a registry. */
export function isForeign(text: string): boolean {
  return (
    /^(git\+|git:|git@|github:|gitlab:|bitbucket:|gist:|https?:|file:)/i.test(text) ||
    /^[\w-]+\/[\w.-]+(#.*)?$/.test(text)
  );
}
