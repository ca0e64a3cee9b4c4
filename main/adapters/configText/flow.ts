/** A value on one line, as JSON, YAML (1.2, 7.4) and TOML (1.0) all read it but for what stands between key and value. */
export function flow(value: unknown, between: ': ' | ' = '): string {
  if (Array.isArray(value)) return `[${value.map((one) => flow(one, between)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return quoted(String(value));
  const members = Object.entries(value).map(([key, one]) => `${quoted(key)}${between}${flow(one, between)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** What all three may write only escaped: JSON leaves DEL and the C1 controls as they are. */
const RAW_CONTROLS = /[\u007f-\u009f]/g;

function quoted(text: string): string {
  return JSON.stringify(text).replace(
    RAW_CONTROLS,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The line break and indentation before what starts at `offset`; null when something else stands before it on its line. */
export function lineStart(text: string, offset: number): string | null {
  return /\r?\n[ \t]*$/.exec(text.slice(0, offset))?.[0] ?? null;
}
