/** What screens read, each kept fresh by `follow`. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AuditPage, AuditQuery } from '../../main/contract/audit.ts';
import type { ClientsChoice } from '../../main/contract/client.ts';
import type { RecordView } from '../../main/contract/record.ts';
import { DEFINITION_KINDS } from '../../main/contract/tool.ts';
import { keys } from './keys.ts';
import { useLink } from './LinkProvider.tsx';

export function useStatus() {
  const link = useLink();
  return useQuery({ queryKey: keys.status, queryFn: () => link.daemon.status() });
}

export function useDoctor() {
  const link = useLink();
  return useQuery({ queryKey: keys.doctor, queryFn: () => link.daemon.doctor() });
}

export function useServers() {
  const link = useLink();
  return useQuery({ queryKey: keys.servers, queryFn: () => link.servers.list() });
}

export function useSessions() {
  const link = useLink();
  return useQuery({ queryKey: keys.sessions, queryFn: () => link.servers.sessions() });
}

/** `upgrade`: another pinned version that waits; `as-written`: the line without a store. */
export function useReview(server: string, which: 'usual' | 'upgrade' | 'as-written' = 'usual') {
  const link = useLink();
  return useQuery({
    queryKey: keys.review(server, which),
    queryFn: () => link.servers.review({ server, which }),
    placeholderData: keepPreviousData,
  });
}

/** Servers that wait for the same replaced program. */
export function useSharedChanges() {
  const link = useLink();
  return useQuery({ queryKey: keys.sharedChanges, queryFn: () => link.servers.sharedChanges() });
}

export function useLogs(server: string, words: string) {
  const link = useLink();
  return useQuery({
    queryKey: keys.logs(server, words),
    queryFn: () => link.servers.logs({ server, limit: 1000, ...(words === '' ? {} : { words }) }),
    placeholderData: keepPreviousData,
  });
}

/** Everything a server says of itself, the tools first. */
export function useTools(server: string) {
  const link = useLink();
  return useQuery({
    queryKey: keys.tools(server),
    queryFn: () => link.tools.list({ server, kinds: [...DEFINITION_KINDS] }),
  });
}

export function useAsks(open: boolean) {
  const link = useLink();
  return useQuery({ queryKey: keys.asks(open), queryFn: () => link.asks.list({ open }) });
}

export function useAsk(id: string | null) {
  const link = useLink();
  return useQuery({
    queryKey: keys.ask(id ?? ''),
    queryFn: () => link.asks.get({ id: id ?? '' }),
    enabled: id !== null,
  });
}

/** The request to hand to a second person, for an ask that waits for one. */
export function useRequest(ask: string) {
  const link = useLink();
  return useQuery({ queryKey: keys.request(ask), queryFn: () => link.second.request({ ask }) });
}

/** The signed answer to hand back, once the person here said yes to that ask. */
export function useAnswerToHandBack(ask: string | null) {
  const link = useLink();
  return useQuery({
    queryKey: keys.answer(ask ?? ''),
    queryFn: () => link.second.answer({ ask: ask ?? '' }),
    enabled: ask !== null,
  });
}

/** When the approval window wants more than a click. */
export function useProofState() {
  const link = useLink();
  return useQuery({ queryKey: keys.proof, queryFn: () => link.proof.state() });
}

export function useApprovers() {
  const link = useLink();
  return useQuery({ queryKey: keys.approvers, queryFn: () => link.approvers.list() });
}

/** Where the ledger is sent, and how far that has come. */
export function useSync() {
  const link = useLink();
  return useQuery({ queryKey: keys.sync, queryFn: () => link.sync.status() });
}

export function useRetention() {
  const link = useLink();
  return useQuery({ queryKey: keys.retention, queryFn: () => link.audit.retention() });
}

export function useOwnDevice() {
  const link = useLink();
  return useQuery({ queryKey: keys.ownDevice, queryFn: () => link.approvers.self() });
}

export function useGrants() {
  const link = useLink();
  return useQuery({ queryKey: keys.grants, queryFn: () => link.grants.list() });
}

export function useSwitches() {
  const link = useLink();
  return useQuery({ queryKey: keys.switches, queryFn: () => link.switches.list() });
}

/** What protecting these entries would do; nothing is asked while there is no choice. */
export function useProtectPlan(choice: ClientsChoice | null) {
  const link = useLink();
  return useQuery({
    queryKey: keys.protectPlan(choice),
    queryFn: () => link.clients.plan(choice ?? { entries: [], plain: [] }),
    enabled: choice !== null,
    placeholderData: keepPreviousData,
  });
}

export function useClients() {
  const link = useLink();
  return useQuery({ queryKey: keys.clients, queryFn: () => link.clients.list() });
}

export function useSecrets() {
  const link = useLink();
  return useQuery({ queryKey: keys.secrets, queryFn: () => link.secrets.list() });
}

export function usePolicy() {
  const link = useLink();
  return useQuery({ queryKey: keys.policy, queryFn: () => link.policy.state() });
}

export function useTour() {
  const link = useLink();
  return useQuery({ queryKey: keys.tour, queryFn: () => link.tour.state() });
}

/** Pages of the audit, newest first; `fetchNextPage` goes further back. */
export function useAudit(query: AuditQuery) {
  const link = useLink();
  return useInfiniteQuery({
    queryKey: keys.audit(query),
    queryFn: ({ pageParam }) =>
      link.audit.search({ ...query, limit: 200, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

/** Records of one session that a screen can hold, the newest first; `cut` when there are older ones. */
export function useSessionRecords(session: string) {
  const link = useLink();
  return useQuery({
    queryKey: keys.sessionRecords(session),
    queryFn: async () => {
      const records: RecordView[] = [];
      for (let cursor: number | null | undefined; cursor !== null && records.length < 2000; ) {
        const page: AuditPage = await link.audit.search({
          session,
          limit: 500,
          ...(cursor !== undefined && { cursor }),
        });
        records.push(...page.records);
        cursor = page.next;
      }
      return { records, cut: records.length >= 2000 };
    },
  });
}

/** How many records fit over time. */
export function useCounts(query: AuditQuery) {
  const link = useLink();
  return useQuery({
    queryKey: keys.counts(query),
    queryFn: () => link.audit.counts(query),
    placeholderData: keepPreviousData,
  });
}

/** What is wrong with a search text, and what could follow at the cursor. */
export function useSearchHelp(text: string, cursor: number) {
  const link = useLink();
  return useQuery({
    queryKey: keys.searchHelp(text, cursor),
    queryFn: () => link.audit.help({ text, cursor }),
    placeholderData: keepPreviousData,
    staleTime: 5000,
  });
}

export function useSearches() {
  const link = useLink();
  return useQuery({ queryKey: keys.searches, queryFn: () => link.audit.searches() });
}

/** A record with every other of the same call. */
export function useCall(record: string | null) {
  const link = useLink();
  return useQuery({
    queryKey: keys.call(record ?? ''),
    queryFn: () => link.audit.show({ id: record ?? '' }),
    enabled: record !== null,
  });
}
