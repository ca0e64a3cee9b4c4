import type { Check } from './check.ts';

/**
 * On the folded text: lower case, without invisible characters, look-alikes as Latin letters. Every repetition has a
 * bound, so that a hostile text cannot make one of them slow.
 */
export const PHRASES: readonly Check[] = [
  {
    id: 'instruction-tag',
    message: 'has a tag that models take for an instruction',
    pattern:
      /<\/?\s{0,20}(?:important|system|instructions?|secret|hidden|admin|assistant)\b[^>]{0,200}>|<\|[a-z_]{2,20}\|>|\[\s{0,20}(?:system|hidden|inst)[^\]]{0,30}\]/,
  },
  {
    id: 'override',
    message: 'tells the model to set earlier instructions aside',
    pattern:
      /\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:previous|prior|above|earlier|all|your|safety|security|system)\b.{0,30}\b(?:instructions?|rules?|constraints?|prompts?|restrictions?|polic(?:y|ies)|guidelines?|filters?|messages?|context|previous)\b|\bdisregard all previous\b/,
  },
  {
    id: 'secrecy',
    message: 'tells the model to hide something from the person',
    pattern:
      /\b(?:(?:do|must|should|shall) not|don't|mustn't|shouldn't|never|without)\b.{0,20}\b(?:tell(?:ing)?|mention(?:ing)?|inform(?:ing)?|reveal(?:ing)?|notify(?:ing)?|show(?:ing)?|disclos(?:e|ing)|report(?:ing)?)\b.{0,40}\b(?:user|person|human|them|this step|operation)\b|\bsilently\b.{0,40}\b(?:append|send|include|read|forward|copy|add|upload)\b/,
  },
  {
    id: 'secret-file',
    message: 'names files that hold keys and passwords',
    pattern:
      /(?:~|\$home|\/root|\/home\/[^/\s]{1,64})?\/?\.(?:ssh|aws|gnupg|kube|docker|netrc|npmrc|pypirc)\b|\bid_(?:rsa|ed25519|ecdsa)\b|\/etc\/(?:passwd|shadow)\b|\.cursor\/mcp\.json|\bmcp\.json\b|(?:^|[\s'"`(])\.env\b(?!ironment)/,
  },
  {
    id: 'model-address',
    message: 'speaks to the model as a system would',
    pattern:
      /\b(?:new )?system (?:message|override|directive|prompt|instruction)\b|\b(?:note|message|instruction)s? (?:to|for) (?:the )?(?:assistant|ai|model|llm|agent)\b|(?:^|[.\n]\s{0,20})system:\s/,
  },
  {
    id: 'before-use',
    message: 'demands another step first',
    pattern:
      /\b(?:before|prior to) (?:using|calling|invoking|running|fetching|each|any|every)\b.{0,60}\b(?:read|send|fetch|open|cat|include|call|invoke|upload)\b/,
  },
  {
    id: 'exfiltration',
    message: 'asks for secrets or for data to be sent elsewhere',
    pattern:
      /\b(?:send|post|forward|upload|exfiltrate|append|include|embed|steal|pass|output)\b.{0,50}\b(?:credentials?|api[ _-]?keys?|private[ _-]?keys?|passwords?|secrets?|tokens|environment variables|conversation history|ssh keys?|copy to \S{1,64}@\S)\b/,
  },
  {
    id: 'other-tool',
    message: 'says when other tools may run, or takes their place',
    pattern:
      /\b(?:when|whenever|before|after|if|instead of)\b.{0,40}\b(?:tools?|[a-z]{2,30}_[a-z_]{2,40})\b.{0,60}\b(?:first|always|must|reroutes?|redirects?|forwards?|instead)\b|\b(?:supersedes|overrides|shadows|takes precedence over)\b.{0,30}\b(?:tools?|[a-z]{2,30}_[a-z_]{2,40})\b|\b(?:must|always|first|should)\s(?:first\s)?(?:call|invoke|run|use)\s(?:the\s)?[a-z]{2,30}_[a-z_]{2,40}\b|\b(?:call|invoke|run)\s(?:the\s)?[a-z]{2,30}_[a-z_]{2,40}\s(?:tool\s)?(?:first|before)\b/,
  },
  {
    id: 'urgency',
    message: 'commands the model instead of describing the tool',
    pattern:
      /\b(?:critical|mandatory|crucial|urgent)\s(?:first\s)?(?:step|instruction|action|notice)\b|\b(?:must|always) (?:do|be done|call|run|execute|use) (?:this|it) (?:one )?first\b/,
  },
  {
    id: 'sleeper',
    message: 'says that it behaves otherwise once it was approved',
    pattern:
      /\b(?:once|after|until|upon|during|when)\b.{0,50}\b(?:approv(?:ed|al)|review(?:ed)?|consent(?:ed)?|trusted|pinned|allowlisted|whitelisted)\b.{0,100}\b(?:activat|execut|exfiltrat|begin|start|switch|enabl|chang|different)/,
  },
  {
    id: 'copy-elsewhere',
    message: 'sends copies to a fixed address',
    pattern:
      /\b(?:bcc|cc|copy|copies|forward(?:s|ing)?|duplicate[ds]?|mirror(?:s|ed)?)\b.{0,60}(?:\s|\()[^\s@()]{1,64}@[a-z0-9-]{1,63}\.[a-z0-9.-]{2,63}/,
  },
  {
    id: 'unasked',
    message: 'says that something runs without confirmation, or other than asked',
    pattern:
      /\b(?:without|no|skip(?:ping)?|bypass(?:ing)?)\s(?:any\s|further\s|asking\sfor\s|user\s)?(?:confirmation|approval|consent|permission)\b|\bignore\s(?:the\s)?(?:above|user'?s?|actual)\b/,
  },
];
