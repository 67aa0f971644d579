/**
 * Names and values within one text: `-Ddb.password=x --api-key=y`, `{"db":{"password":"x"}}`. Whether one of them is a
 * secret is for others to say.
 */
export function partsOf(text: string): readonly (readonly [name: string, value: string])[] {
  if (/^\s*[{[]/.test(text)) {
    const parsed = jsonOf(text);
    if (parsed !== undefined) return leavesOf(parsed, '');
  }
  return [...text.matchAll(/(?:^|[\s"'])-{0,2}D?([A-Za-z][\w.-]{0,100})=("[^"]*"|'[^']*'|[^\s"',;&]+)/g)].map(
    ([, name = '', value = '']) => [name, value.replace(/^(["'])(.*)\1$/s, '$2')],
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function leavesOf(value: unknown, name: string): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[name, value]];
  if (Array.isArray(value)) return value.flatMap((item: unknown) => leavesOf(item, name));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => leavesOf(inner, key));
}
