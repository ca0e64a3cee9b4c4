/** What screens read, each kept fresh by `follow`. */
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import type { AuditMoment, AuditPage, AuditQuery, AuditRows } from '../../main/contract/audit.ts';
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
    queryFn: () => link.clients.plan(choice ?? { entries: [], plain: [], answers: [] }),
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

/** Those that servers name and nobody has set. */
export function useWantedSecrets() {
  const link = useLink();
  return useQuery({ queryKey: keys.wantedSecrets, queryFn: () => link.secrets.wanted() });
}

export function usePolicy() {
  const link = useLink();
  return useQuery({ queryKey: keys.policy, queryFn: () => link.policy.state() });
}

export function useTour() {
  const link = useLink();
  return useQuery({ queryKey: keys.tour, queryFn: () => link.tour.state() });
}

/** Rows of an audit page. */
export const AUDIT_PAGE = 200;

/** The first page of a search's table as it is now. */
export function useAuditNow(query: AuditQuery) {
  const link = useLink();
  return useQuery({
    queryKey: keys.auditNow(query),
    queryFn: ({ signal }) => link.audit.rows({ ...query, limit: AUDIT_PAGE }, { signal }),
    // Indexing announces nothing: it changes what is found, not what there is.
    refetchInterval: ({ state }) => (state.data?.unindexed === undefined ? false : 2000),
    placeholderData: keepPreviousData,
  });
}

/** How many rows the table has as of a moment: asked until all are counted, while nothing is `known` that is. */
export function useAuditCount(query: AuditQuery, known: AuditRows | undefined) {
  const link = useLink();
  const asOf = known?.asOf ?? { size: 0, time: '' };
  return useQuery({
    queryKey: keys.auditCount(query, asOf),
    queryFn: ({ signal }) => link.audit.rows({ ...query, asOf, limit: 1 }, { signal }),
    enabled: known?.whole === false,
    refetchInterval: ({ state }) => (state.error !== null || state.data?.whole === true ? false : 1),
    staleTime: 'static',
  });
}

/** Some pages of the table as of a moment, which never change; one that nobody looks at any more is no longer fetched. */
export function useAuditPages(query: AuditQuery, asOf: AuditMoment | undefined, pages: readonly number[]) {
  const link = useLink();
  return useQueries({
    queries: (asOf === undefined ? [] : pages).map((page) => ({
      queryKey: keys.auditPage(query, asOf as AuditMoment, page),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        link.audit.rows({ ...query, asOf, offset: page * AUDIT_PAGE, limit: AUDIT_PAGE }, { signal }),
      // A page that the counting has not come to yet is short.
      refetchInterval: ({ state }: { state: { data?: AuditRows | undefined } }) =>
        state.data?.whole === false && state.data.records.length < AUDIT_PAGE ? 300 : false,
      staleTime: 'static' as const,
      gcTime: 60_000,
    })),
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
