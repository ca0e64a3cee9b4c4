/** Asking policy what it would say: of a call that may come, and of those that were. */
import { z } from 'zod';
import { id, name, timestamp } from './names.ts';
import { settings } from './settings.ts';
import { toolClass } from './tool.ts';
import { verdict } from './verdict.ts';

/** A policy file or `settings.json` to try in place of the one in force of that name, or beside them; nothing is put into force. */
export const policyTrial = z.object({
  file: z.string().regex(/^(?:(?:organisation\/|servers\/)?[^/\\]{1,120}\.cedar|settings\.json)$/),
  text: z.string().max(524_288),
});
export type PolicyTrial = z.infer<typeof policyTrial>;

/** What a policy may be asked about, by what is asked of the server: a tool call, reading a resource, getting a prompt. */
export const POLICY_ACTIONS = ['call', 'read_resource', 'get_prompt'] as const;

/** What a question supposes in place of what is so: the moment, the person's roles, where this machine works, the client's program. */
const supposed = z.object({
  /** RFC 3339. */
  at: z.iso.datetime({ offset: true }).optional(),
  roles: settings.shape.roles.removeDefault().optional(),
  environment: settings.shape.environment.removeDefault().optional(),
  tenant: settings.shape.tenant.removeDefault().optional(),
  region: settings.shape.region.removeDefault().optional(),
  client: z.string().min(1).max(4096).optional(),
});

export const policyQuery = supposed.extend({
  server: name,
  action: z.enum(POLICY_ACTIONS).default('call'),
  /** The tool's or prompt's name, or the resource's URI. */
  tool: z.string().min(1).max(512),
  /** The call's arguments as JSON text of an object, exactly as a client would send them. */
  arguments: z.string().max(1_000_000).default('{}'),
  /** Taken from the review when absent; `external` for a tool and `read-sensitive` for content that nobody reviewed. */
  class: toolClass.optional(),
  trial: policyTrial.optional(),
});
export type PolicyQuery = z.input<typeof policyQuery>;

export const policyExplanation = z.object({
  /** One sentence: why it is allowed, asked or denied, by which rule, in which file and line. */
  sentence: z.string(),
  verdict,
  /** With what the arguments make of it. */
  class: toolClass,
  /** What a person would be told of the arguments. */
  risks: z.array(z.string()),
});
export type PolicyExplanation = z.infer<typeof policyExplanation>;

const replayedVerdict = verdict.pick({ decision: true, approvals: true, rule: true, reason: true });

export const policyReplay = z.object({
  /** Calls judged twice: by what is in force and by what is tried. */
  calls: z.int(),
  /** Calls whose arguments were not kept, or cannot be read. */
  skipped: z.int(),
  /** When the oldest of them was made; null without any. */
  since: timestamp.nullable(),
  /** Those that would be judged otherwise, newest first. */
  differences: z.array(
    z.object({
      record: id,
      at: timestamp,
      server: z.string(),
      tool: z.string(),
      class: toolClass,
      effect: z.string(),
      before: replayedVerdict,
      after: replayedVerdict,
      /** True when parts of the arguments were masked, so that a rule about those may have judged otherwise then. */
      masked: z.boolean(),
    }),
  ),
});
export type PolicyReplay = z.infer<typeof policyReplay>;

/** A file of cases for `countersign policy test`. */
export const policyCases = z.strictObject({
  cases: z
    .array(
      z.strictObject({
        ...supposed.shape,
        /** What the case shows; the call itself when absent. */
        name: z.string().optional(),
        server: name,
        action: z.enum(POLICY_ACTIONS).default('call'),
        tool: z.string().min(1).max(512),
        class: toolClass.default('external'),
        arguments: z.record(z.string(), z.json()).default({}),
        expect: z.enum(['allow', 'ask', 'deny']),
        /** For an ask: of how many people. */
        approvals: z.int().min(1).max(2).optional(),
        /** The `@id` of the rule that has to decide. */
        rule: z.string().optional(),
      }),
    )
    .min(1),
});
export type PolicyCases = z.infer<typeof policyCases>;
