import type { ParseConfig } from '../../services/clients/ports.ts';
import { jsonConfig } from './json.ts';

/** Reads a configuration file of any client. The parsers for TOML and YAML are loaded when there is such a file. */
export const parseConfig: ParseConfig = async (text, format) => {
  try {
    if (format === 'json') return jsonConfig(text);
    if (format === 'toml') return (await import('./toml.ts')).tomlConfig(text);
    return (await import('./yaml.ts')).yamlConfig(text);
  } catch (error) {
    // Nested so deeply that reading it overflows.
    if (error instanceof RangeError) return { ok: false, line: null, message: 'it is nested too deeply' };
    throw error;
  }
};
