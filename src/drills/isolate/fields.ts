import type { Body } from '../../stack/plan.ts';

/** Parts of requests whose fields the plan's types do not name. What has another shape is read as empty. */

export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

export function textsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(fieldsOf(value)).map(([key, text]) => [key, String(text)]));
}

export function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

export function without<T extends Body>(body: T, key: string): T {
  const { [key]: _gone, ...rest } = body;
  return rest as T;
}
