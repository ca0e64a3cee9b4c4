import { Refused } from '../../../contract/errors.ts';
import type { Daemon } from '../daemon.ts';
import type { Guarded } from './base.ts';
import { propose } from './propose.ts';

export function toolsRouter(os: Guarded, daemon: Daemon) {
  return {
    list: os.tools.list.handler(({ input: { server } }) => daemon.core().catalog.review(server)),
    accept: os.tools.accept.handler(({ input: { server, tools } }) => {
      const { catalog } = daemon.core();
      const seen = new Map(catalog.review(server).map((tool) => [tool.name, tool]));
      const shown = tools.map((choice) => {
        const tool = seen.get(choice.name);
        if (!tool) throw new Refused('NOT_FOUND', choice.name);
        if (tool.digest !== choice.digest) throw new Refused('ASK_CHANGED', choice.name);
        const change =
          tool.class === null
            ? ('new' as const)
            : tool.state === 'accepted'
              ? ('class' as const)
              : ('changed' as const);
        return {
          name: tool.name,
          digest: tool.digest,
          class: choice.class,
          was: tool.class,
          change,
          definition: tool.definition,
          ...(tool.pinned === null ? {} : { pinned: tool.pinned }),
          ...(tool.findings.length === 0 ? {} : { findings: tool.findings }),
        };
      });
      return propose(daemon, { kind: 'pin', server, tools: shown }, async (person, via) =>
        catalog.accept(server, tools, person, via),
      );
    }),
    hold: os.tools.hold.handler(({ input: { server, tools } }) => {
      daemon.core().catalog.hold(server, tools);
      return {};
    }),
  };
}
