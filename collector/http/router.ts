/** The contract's procedures over the store. */
import { implement, ORPCError } from '@orpc/server';
import { type CallerKind, collectorApi, type DeviceHead, receivedText } from '../../main/contract/collector.ts';
import { type Refusal, Refused, refusal } from '../../main/contract/refusal.ts';
import { breaksOf } from '../store/breaks.ts';
import type { Database } from '../store/database.ts';
import { type EnrolledDevice, enrol, makeCode, revoke, rotate } from '../store/enrolments.ts';
import { fleetOf } from '../store/fleet.ts';
import { headOf, type Standing } from '../store/heads.ts';
import { ingest, report } from '../store/ingest.ts';
import { found, signIn, signOut } from '../store/organisations.ts';
import { search } from '../store/search.ts';
import { type Context, mayCall } from './context.ts';
import type { Identity } from './identity.ts';
import { type Limits, TooMuch } from './limits.ts';
import type { Metrics } from './metrics.ts';

export interface RouterParts {
  readonly database: Database;
  readonly identity: Identity;
  readonly limits: Limits;
  readonly metrics: Metrics;
  readonly fault: (error: unknown) => void;
}

const STATUS: Partial<Record<Refusal['code'], number>> = {
  SIGN_IN_NEEDED: 401,
  SIGNATURE_REFUSED: 401,
  ENROLMENT_INVALID: 403,
  DEVICE_REVOKED: 403,
  NOT_FOUND: 404,
  CONTINUITY_BROKEN: 409,
  SEQUENCE_GAP: 409,
  SLOW_DOWN: 429,
  INTERNAL: 500,
};

/** HTTP status (RFC 9110) of a refusal. */
export function statusOf({ code }: Refusal): number {
  return STATUS[code] ?? 400;
}

function wireError(value: Refusal): ORPCError<string, Refusal> {
  return new ORPCError(value.code, { status: statusOf(value), message: value.message, data: value });
}

/** Every procedure behind the guard: the caller's kind is the one the contract names, and only refusals go out. */
export function createRouter({ database, identity, limits, metrics, fault }: RouterParts) {
  const os = implement(collectorApi)
    .$context<Context>()
    .use(async ({ context, procedure, next }) => {
      const { caller } = procedure['~orpc'].meta as { caller: CallerKind };
      if (!mayCall(caller, context))
        throw wireError(refusal(caller === 'device' ? 'SIGNATURE_REFUSED' : 'SIGN_IN_NEEDED'));
      try {
        return await next();
      } catch (error) {
        if (error instanceof Refused) {
          metrics.refused.inc({ code: error.refusal.code });
          if (error instanceof TooMuch) context.comeAgain(error.retryAfter);
          throw wireError(error.refusal);
        }
        if (error instanceof ORPCError) throw error;
        fault(error);
        throw wireError(refusal('INTERNAL'));
      }
    });

  const device = ({ caller }: Context) => {
    if (caller.kind !== 'device') throw new Refused('SIGNATURE_REFUSED');
    return caller.device;
  };
  const signed = ({ tenant, device: id }: EnrolledDevice, head: Standing): DeviceHead => ({
    ...head,
    signature: identity.sign(receivedText(`${tenant}/${id}`, head)),
  });
  const operator = ({ caller }: Context) => {
    if (caller.kind !== 'operator') throw new Refused('SIGN_IN_NEEDED');
    return caller;
  };

  return os.router({
    setup: os.setup.handler(async ({ input }) => ({ token: await found(database, input) })),
    session: {
      open: os.session.open.handler(async ({ input, context }) => {
        const { session, operator: person } = await signIn(database, input.token);
        context.setSession(session);
        return { organisation: person.organisation, name: person.name };
      }),
      get: os.session.get.handler(({ context }) => {
        const { organisation, name } = operator(context).operator;
        return { organisation, name };
      }),
      close: os.session.close.handler(async ({ context }) => {
        await signOut(database, operator(context).session);
        context.setSession(null);
        return {};
      }),
    },
    device: {
      enrol: os.device.enrol.handler(async ({ input }) => {
        const { tenant, device: id, organisation } = await enrol(database, input);
        return { device: `${tenant}/${id}`, organisation, cosigner: identity.cosigner };
      }),
      head: os.device.head.handler(async ({ context }) => {
        const asker = device(context);
        return signed(asker, await headOf(database, asker));
      }),
      send: os.device.send.handler(async ({ input, context }) => {
        const sender = device(context);
        await limits.take(sender, input.records);
        const done = metrics.ingest.startTimer();
        const { head, added } = await ingest(database, sender, input, identity.witness);
        done();
        metrics.records.inc(added);
        return signed(sender, head);
      }),
      report: os.device.report.handler(async ({ input, context }) => {
        await report(database, device(context), input);
        return {};
      }),
      rotate: os.device.rotate.handler(async ({ input, context }) => {
        await rotate(database, device(context), Buffer.from(input.requestKey, 'base64'));
        return {};
      }),
    },
    fleet: {
      code: os.fleet.code.handler(({ input, context }) =>
        makeCode(database, operator(context).operator, input.minutes, identity.publicKey),
      ),
      devices: os.fleet.devices.handler(({ context }) => fleetOf(database, operator(context).operator.tenant)),
      revoke: os.fleet.revoke.handler(async ({ input, context }) => {
        await revoke(database, operator(context).operator.tenant, input.id);
        return {};
      }),
      breaks: os.fleet.breaks.handler(({ context }) => breaksOf(database, operator(context).operator.tenant)),
      search: os.fleet.search.handler(({ input, context }) =>
        search(database, operator(context).operator.tenant, input),
      ),
    },
  });
}
export type CollectorRouter = ReturnType<typeof createRouter>;
