import { toUnicode } from '../../contract/unicode.ts';
import type { Format, ParseConfig, ReadConfig } from '../../services/clients/ports.ts';
import { jsonConfig } from './json.ts';

/** Characters beyond which nobody's file goes, and which take some tenths of a second to be read at the worst. */
const LONGEST: Readonly<Record<Format, number>> = {
  json: Number.POSITIVE_INFINITY,
  toml: 512 * 1024,
  yaml: 128 * 1024,
};

/** Reads a configuration file of any client. The parsers for TOML and YAML are loaded when there is such a file. */
export const parseConfig: ParseConfig = async (text, format) => {
  if (text.length > LONGEST[format]) return { ok: false, line: null, message: 'it is too long' };
  try {
    const read = await parsed(text, format);
    // An escape can stand for half a character, which has no digest: one such entry would hide all others from being watched.
    if (!read.ok || !/\\u\{?0*d[89a-f]/i.test(text)) return read;
    return { ok: true, document: { ...read.document, value: toUnicode(read.document.value) } };
  } catch (error) {
    // Nested so deeply that reading it overflows.
    if (error instanceof RangeError) return { ok: false, line: null, message: 'it is nested too deeply' };
    throw error;
  }
};

async function parsed(text: string, format: Format): Promise<ReadConfig> {
  if (format === 'json') return jsonConfig(text);
  if (format === 'toml') return (await import('./toml.ts')).tomlConfig(text);
  return (await import('./yaml.ts')).yamlConfig(text);
}
