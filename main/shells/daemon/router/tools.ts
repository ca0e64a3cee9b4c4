import { Refused } from '../../../contract/errors.ts';
import { DEFINITION_KINDS } from '../../../contract/tool.ts';
import type { Daemon } from '../daemon.ts';
import { actor, type Guarded } from './base.ts';
import { propose } from './propose.ts';

export function toolsRouter(os: Guarded, daemon: Daemon) {
  return {
    list: os.tools.list.handler(({ input: { server, kinds } }) => daemon.core().catalog.review(server, kinds)),
    accept: os.tools.accept.handler(({ input: { server, tools }, context }) => {
      const { catalog } = daemon.core();
      // Of two classes for one tool a person might read the one, and the other would count.
      if (new Set(tools.map(({ kind, name }) => `${kind} ${name}`)).size < tools.length)
        throw new Refused('INPUT_INVALID', 'one definition is named twice');
      const reviews = catalog.review(server, DEFINITION_KINDS);
      const shown = tools.map((choice) => {
        const tool = reviews.find(({ kind, name }) => kind === choice.kind && name === choice.name);
        if (!tool) throw new Refused('NOT_FOUND', choice.name);
        if (tool.digest !== choice.digest) throw new Refused('ASK_CHANGED', choice.name);
        const change =
          tool.class === null
            ? ('new' as const)
            : tool.state === 'accepted'
              ? ('class' as const)
              : ('changed' as const);
        return {
          kind: tool.kind,
          name: tool.name,
          digest: tool.digest,
          class: choice.class,
          was: tool.class,
          change,
          definition: tool.definition,
          ...(tool.pinned === null ? {} : { pinned: tool.pinned }),
          ...(tool.meaning.length === 0 ? {} : { meaning: tool.meaning }),
          ...(tool.findings.length === 0 ? {} : { findings: tool.findings }),
        };
      });
      return propose(daemon, context, { kind: 'pin', server, tools: shown }, async (by) =>
        catalog.accept(server, tools, by),
      );
    }),
    hold: os.tools.hold.handler(({ input: { server, kind, tools }, context }) => {
      daemon.core().catalog.hold(server, kind, tools, actor(daemon, context));
      return {};
    }),
  };
}
