/** Several servers that wait for the same thing: the program that runs them was replaced, as an upgrade of Node does. */
import type { LaunchReview, SharedChange } from '../../contract/launch.ts';

/** Groups of two servers or more whose launches differ from their consents in one and the same program, and in nothing else. */
export function sharedChanges(reviews: readonly LaunchReview[]): SharedChange[] {
  const groups = new Map<string, { change: SharedChange; servers: SharedChange['servers'] }>();
  for (const { server, digest, consent, differences, findings } of reviews) {
    if (consent !== 'changed' || digest === null || differences.length === 0) continue;
    // What is severe is a question of its own, however small the change.
    if (findings.some(({ severity }) => severity === 'severe')) continue;
    if (!differences.every(({ where }) => where.startsWith('program '))) continue;
    const key = JSON.stringify(differences);
    const servers = groups.get(key)?.servers ?? [];
    servers.push({ server, digest });
    groups.set(key, { change: { differences, servers }, servers });
  }
  return [...groups.values()].map(({ change }) => change).filter(({ servers }) => servers.length > 1);
}
