/**
 * What SQL in an argument does, told by the grammar of its statements (PostgreSQL, MySQL, SQLite, T-SQL, DuckDB): a value
 * that only talks about SQL is at home in many arguments. Advisory: what a database's own functions do is not seen.
 */

interface Verb {
  readonly verb: string;
  /** Forms that are SQL wherever they stand. */
  readonly anywhere?: RegExp;
  /** Forms that people's words have as well: SQL only where a statement begins. */
  readonly first?: RegExp;
  /** What has to come later: a form that looked for it itself would do so again at each of its beginnings. */
  readonly behind?: RegExp;
}

/** Where a statement may begin: at the start, behind another one, in a block or brackets, behind what explains or names it. */
const BEGIN = String.raw`(?:^|[;(){}]|\$\$|\b(?:begin|then|else|do|as|explain|analyze|verbose)\s)\s*`;
const first = (form: RegExp) => new RegExp(BEGIN + form.source, 'i');

/** What `create`, `alter` and `drop` are said of. */
const THING = String.raw`(?:aggregate|cast|column|constraint|database|domain|event|extension|function|index|keyspace|language|login|macro|operator|owned|policy|privileges|procedure|publication|role|rule|schema|secret|sequence|server|stage|statistics|subscription|system|table|tablespace|trigger|type|user|view|warehouse)\b`;
const MODIFIERS = String.raw`(?:(?:or\s+(?:replace|alter)|if\s+exists|temp|temporary|unlogged|global|local|unique|virtual|external|foreign|materialized|recursive|default|event|transient)\s+)*`;

const VERBS: readonly Verb[] = [
  { verb: 'select', anywhere: /\bselect\s/i, behind: /\bfrom\s/i },
  {
    verb: 'insert',
    anywhere: /\binsert\s+(?:or\s+\w+\s+)?into\b/i,
    first: first(/insert\s[^;]{0,200}?\b(?:into|values|select|overwrite)\b/),
  },
  { verb: 'update', anywhere: /\bupdate\s+\S+\s+set\b/i, first: first(/update\s[^;]{1,400}?\sset\s/) },
  { verb: 'delete', anywhere: /\bdelete\s+from\b/i, first: first(/delete\s(?:[^;]{0,400}?\sfrom\b|\s*\S+\s+where\b)/) },
  { verb: 'replace', anywhere: /\breplace\s+into\b/i, first: first(/replace\s[^;()]{1,200}\bvalues\b/) },
  { verb: 'merge', anywhere: /\bmerge\s+into\b/i, first: first(/merge\s[^;]{1,200}?\susing\s/) },
  { verb: 'drop', anywhere: new RegExp(String.raw`\bdrop\s+${MODIFIERS}${THING}`, 'i') },
  {
    verb: 'truncate',
    anywhere: /\btruncate\s+table\b/i,
    first: first(/truncate\s+(?=\S)[\w"'.`,\s[\]]{1,200}?(?<=\S)\s*(?:;|$|\bcascade\b|\brestart\b|\bcontinue\b)/),
  },
  {
    verb: 'alter',
    anywhere: new RegExp(String.raw`\balter\s+${MODIFIERS}${THING}`, 'i'),
    first: first(
      /(?:pragma\s+[\w.]+\s*=|set\s+(?:global|persist|session|local|role|password)\b|rename\s+(?:table|user)\b)/,
    ),
  },
  { verb: 'create', anywhere: new RegExp(String.raw`\bcreate\s+${MODIFIERS}${THING}`, 'i') },
  {
    verb: 'create',
    first: first(/select\s/),
    behind: /(?<!\b(?:insert|ignore|overwrite|replace|merge|copy)\s{1,9})\binto\s/i,
  },
  { verb: 'grant', anywhere: /\bgrant\s[^;]{1,300}?\s(?:on|to)\s/i },
  { verb: 'revoke', anywhere: /\brevoke\s[^;]{1,300}?\s(?:on|from)\s/i },
  { verb: 'attach', anywhere: /\battach\s+(?:database\s+)?(?:if\s+not\s+exists\s+)?['"$:@?]/i },
  {
    verb: 'copy',
    anywhere:
      /\binto\s+(?:outfile|dumpfile)\b|\bload\s+(?:data|xml)\s[^;]{0,60}?\binfile\b|\bcopy\s+\S+\s+(?:from|to)\b/i,
    first: first(/(?:copy\s+into\b|vacuum\s[^;]{0,200}?\binto\s|(?:backup|restore)\s+(?:database|log)\b)/),
  },
  { verb: 'copy', first: first(/copy\s/), behind: /\b(?:from|to)\s+(?:program\b|stdin\b|stdout\b|['$@])/i },
  {
    verb: 'call',
    anywhere:
      /\b(?:xp_\w+|sp_(?:executesql|oa\w+|configure)|pg_read_(?:binary_)?file|lo_(?:import|export)|dblink(?:_exec)?|load_file|load_extension|sys_(?:exec|eval)|writefile)\b\s*(?:\(|['"])/i,
    first: first(
      /(?:call\s+[\w."`[\]]+\s*(?:\(|;|$)|exec(?:ute)?\s*\(|exec(?:ute)?\s+(?:immediate\b|[@'[]|\w+\.\w|sp_|xp_)|prepare\s+\w+(?:\s*\([^)]{0,200}\))?\s+(?:as|from)\b|do\s+(?:language\s+\w+\s+)?(?:\$\w*\$|')|load\s+')/,
    ),
  },
];

/** A word of any of these forms: most values hold none, and are told from the rest at once. */
const ANY =
  /select|insert|update|delete|replace|merge|drop|truncate|alter|pragma|set|rename|create|grant|revoke|attach|copy|into|load|vacuum|backup|restore|xp_|sp_|pg_|lo_|dblink|sys_|writefile|call|exec|prepare|do\s/i;

/** Between a word and what needs no blank beside it: `update"t"set`, `select*into t`. */
const JOINT = /(?<=\w)(?=["'`[\]()*])|(?<=["'`\]()*])(?=\w)/g;

/** How a text begins that is a statement and not about one. */
const STATEMENT =
  /^[\s;(]*(?:\/\*|--|(?:with|select|insert|update|delete|replace|merge|drop|truncate|alter|create|grant|revoke|attach|copy|call|exec|execute|do|load|explain|begin|declare)\b)/i;

/** The verbs of every statement in a text, in lower case, each once. `prose` is for an argument where text about SQL is at home: there only what begins as a statement counts. */
export function sqlVerbs(text: string, prose: boolean): string[] {
  if (!/[\s/("'`[*]/.test(text) || (prose && !STATEMENT.test(text))) return [];
  const readings = readingsOf(text.replace(JOINT, ' ')).filter((reading) => ANY.test(reading));
  if (readings.length === 0) return [];
  const said = VERBS.filter(({ anywhere, first, behind }) =>
    readings.some((reading) => holds(reading, anywhere, behind) || (!prose && holds(reading, first, behind))),
  );
  return [...new Set(said.map(({ verb }) => verb))];
}

function holds(text: string, form: RegExp | undefined, behind: RegExp | undefined): boolean {
  const found = form?.exec(text);
  return found != null && (behind === undefined || behind.test(text.slice(found.index + found[0].length)));
}

/**
 * The text as it is, without its comments, and with what stands in them: what is a comment to one database runs in
 * another (`--` without a space, `/*! … *\/`), or stands in a string.
 */
function readingsOf(text: string): string[] {
  if (!/\/\*|--|#/.test(text)) return [text];
  return [text, withoutComments(text), text.replace(/\/\*[!+]?\d*|\*\//g, '')];
}

function withoutComments(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (;;) {
    const open = text.indexOf('/*', from);
    const close = open < 0 ? -1 : text.indexOf('*/', open + 2);
    if (close < 0) break;
    parts.push(text.slice(from, open));
    from = close + 2;
  }
  parts.push(text.slice(from));
  return parts.join(' ').replace(/(?:--|#)[^\n]*/g, ' ');
}
