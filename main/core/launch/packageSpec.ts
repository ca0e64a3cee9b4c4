/** What is written for a package or image, as its parts (npm package-arg, PEP 508, OCI distribution references). */
import type { LaunchPackage } from '../../contract/package.ts';

/** An npm specifier; one that is no registry name (a URL, git, a folder) keeps itself as the name. */
export function npmPackage(text: string, registry: string | null): LaunchPackage {
  const at = text.indexOf('@', 1);
  if (isForeign(text) || at < 0) return { kind: 'npm', name: text, version: null, registry };
  return { kind: 'npm', name: text.slice(0, at), version: text.slice(at + 1) || null, registry };
}

export function pypiPackage(text: string, registry: string | null): LaunchPackage {
  const parts = isForeign(text) ? null : /^([\w.-]+)(?:\[[^\]]*\])?\s*(?:(===?|@)\s*(.+)|([<>~!].+))?$/.exec(text);
  if (!parts) return { kind: 'pypi', name: text, version: null, registry };
  return { kind: 'pypi', name: parts[1] ?? text, version: parts[3] ?? parts[4] ?? null, registry };
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
