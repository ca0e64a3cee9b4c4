import type { AskView } from '../../contract/ask.ts';
import type { RecordDraft } from '../../contract/record.ts';
import { scopeWords } from '../../contract/switch.ts';

/** The record of a question or its answer: who asks for what, never a typed value. */
export function askRecord(view: AskView, what: Pick<RecordDraft, 'type' | 'event'>, call?: string): RecordDraft {
  const { subject } = view;
  const base: RecordDraft = {
    ...what,
    ask: view.id,
    digests: { ask: view.hash },
    detail: { kind: subject.kind },
    ...(call ? { call } : {}),
  };
  switch (subject.kind) {
    case 'call':
      return {
        ...base,
        session: subject.session,
        client: subject.client,
        server: subject.server,
        tool: subject.tool,
        class: subject.class,
        rule: subject.rule,
        method: 'tools/call',
        digests: {
          ask: view.hash,
          arguments: subject.bytesDigest,
          definition: subject.definitionDigest,
          launch: subject.launchDigest,
        },
      };
    case 'consent':
      return { ...base, server: subject.server, digests: { ask: view.hash, launch: subject.launchDigest } };
    case 'consents':
      return { ...base, detail: { kind: 'consents', servers: subject.launches.map(({ server }) => server).join(' ') } };
    case 'protect':
    case 'unprotect':
      return {
        ...base,
        digests: { ask: view.hash, plan: subject.planDigest },
        detail: { kind: subject.kind, files: [...new Set(subject.changes.map(({ file }) => file))].join(' ') },
      };
    case 'leave': {
      // Its digest is keyed, and so is none of those that others can check.
      const { client, file, entry, launchDigest } = subject;
      return { ...base, detail: { kind: 'leave', client, file, entry: entry.name, launch: launchDigest } };
    }
    case 'project':
      return { ...base, detail: { kind: 'project', folder: subject.folder } };
    case 'pin':
      return {
        ...base,
        server: subject.server,
        detail: { kind: 'pin', tools: subject.tools.map((tool) => tool.name).join(' ') },
      };
    case 'switch':
      return { ...base, server: subject.server };
    case 'secret':
      return { ...base, detail: { kind: 'secret', name: subject.name, value: subject.value } };
    case 'policy':
      return { ...base, detail: { kind: 'policy', version: subject.policyDigest } };
    case 'revive':
      return { ...base, detail: { kind: 'revive', of: scopeWords(subject.scope) } };
    case 'enrol':
      return { ...base, detail: { kind: 'enrol', url: subject.url, cosigner: subject.cosigner, ...subject.sending } };
    case 'unsync':
      return { ...base, detail: { kind: 'unsync', what: subject.what, url: subject.url } };
    case 'retention':
      return { ...base, detail: { kind: 'retention', ...subject.after } };
    case 'passcode':
      return base;
    case 'proof':
      return { ...base, detail: { kind: 'proof', from: subject.from, to: subject.to } };
    case 'approver':
      return { ...base, detail: { kind: 'approver', name: subject.name, fingerprint: subject.fingerprint } };
    case 'countersign': {
      const { from, ask, call } = subject;
      return {
        ...base,
        tool: call.tool,
        class: call.class,
        digests: { ask: view.hash, theirs: subject.hash, arguments: call.bytesDigest },
        detail: { kind: 'countersign', for: ask, device: from.fingerprint, theirPerson: from.person },
      };
    }
  }
}
