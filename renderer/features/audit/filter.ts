/** The search text as fields to pick from see it. */
import type { AuditQuery } from '../../../main/contract/audit.ts';

/** Nothing when nothing is written. */
export function queryOf(text: string): AuditQuery {
  return text.trim() === '' ? {} : { text: text.trim() };
}

/** The one value that a field has in the text; empty when it has none, or several. */
export function fieldIn(text: string, field: string): string {
  const found = [...text.matchAll(fieldPattern(field))];
  const value = found[0]?.groups?.value ?? '';
  return found.length === 1 && !/[,*]/.test(value) ? value.replaceAll('"', '') : '';
}

/** The text in which the field has this value and no other; empty takes the field out. */
export function withField(text: string, field: string, value: string): string {
  const rest = text.replaceAll(fieldPattern(field), ' ').replaceAll(/\s+/g, ' ').trim();
  if (value === '') return rest;
  const shown = /[\s,]/.test(value) ? `"${value}"` : value;
  return [`${field}:${shown}`, rest].filter((part) => part !== '').join(' ');
}

function fieldPattern(field: string): RegExp {
  return new RegExp(String.raw`(?<=^|\s)${field}:(?<value>"[^"]*"|\S+)`, 'gi');
}
