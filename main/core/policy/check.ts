/** Rules a set of policies must keep beyond what Cedar's own validation sees. */
import { widensByClient } from './identity.ts';
import { isOrganisations, serverOf } from './layer.ts';
import type { Policy, PolicyFault } from './policy.ts';
import { onlyOfServer } from './reads.ts';

/** Prefixes of rules that are ours: a person's policy under such a name would pass for one of them in a prompt. */
const RESERVED = ['gate/', 'policy/', 'default/', 'protected/', 'grant/'];

/** What is wrong with one file's policies beside those of the files before it; empty when they may be proposed. */
export function checkPolicies(earlier: readonly Policy[], policies: readonly Policy[]): PolicyFault[] {
  const faults: PolicyFault[] = [];
  const names = new Set(earlier.map(({ id }) => id));
  for (const policy of policies) {
    const fault = (message: string) => faults.push({ file: policy.file, line: policy.line, message });
    if (RESERVED.some((prefix) => policy.id.startsWith(prefix)))
      fault(`"${policy.id}" is a name of Countersign's own (${RESERVED.join(', ')}): choose another @id.`);
    if (names.has(policy.id)) fault(`Two policies are called "${policy.id}".`);
    if (widensByClient(policy))
      fault('A permit must not hang on a client program, which can be faked: write it as a forbid.');
    if (policy.effect === 'permit' && isOrganisations(policy.file))
      fault('An organisation’s policies only forbid: write it as a forbid with "unless".');
    const server = serverOf(policy.file);
    if (server !== null && !onlyOfServer(policy, server))
      fault(`A server’s defaults speak of that server alone: write it with resource in Server::"${server}".`);
    names.add(policy.id);
  }
  return faults;
}
