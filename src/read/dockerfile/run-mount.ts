const types: ReadonlySet<string> = new Set(['bind', 'cache', 'tmpfs', 'secret', 'ssh']);
const sharings: ReadonlySet<string> = new Set(['shared', 'private', 'locked']);
const bareKeys: ReadonlySet<string> = new Set(['readonly', 'ro', 'readwrite', 'rw', 'required']);
const keys: ReadonlySet<string> = new Set([
  ...bareKeys,
  ...[
    'type',
    'from',
    'source',
    'src',
    'target',
    'dst',
    'destination',
    'size',
    'id',
    'sharing',
    'mode',
    'uid',
    'gid',
    'env',
  ],
]);

/** The value of `RUN --mount=` cut at its commas; a field may stand in double quotes. Undefined where that fails. */
export function mountFields(value: string): readonly { key: string; value: string | undefined }[] | undefined {
  const fields = csvFields(value);
  return fields?.map((field) => {
    const split = field.indexOf('=');
    if (split === -1) return { key: field.toLowerCase(), value: undefined };
    return { key: field.slice(0, split).toLowerCase(), value: field.slice(split + 1) };
  });
}

/** Why BuildKit refuses a mount, or undefined. Values with variables are judged only when it builds, so not here. */
export function mountFault(value: string): string | undefined {
  const fields = mountFields(value);
  if (!fields || value === '') return 'RUN --mount needs fields such as type=cache,target=/path';
  for (const field of fields) {
    const { key } = field;
    const shown = key.slice(0, 40);
    if (field.value === undefined) {
      if (!bareKeys.has(key)) return `The mount field "${shown}" must have the form key=value`;
    } else if (!keys.has(key)) return `Unknown mount field "${shown}"`;
    else if (key === 'from' && /\$./.test(field.value)) {
      return 'The mount field "from" takes no variables: name the image in a FROM and mount from that stage';
    } else if (!field.value.includes('$')) {
      const lower = field.value.toLowerCase();
      if (key === 'type' && !types.has(lower)) return `Unknown mount type "${lower.slice(0, 40)}"`;
      if (key === 'sharing' && !sharings.has(lower)) return 'The mount field "sharing" takes shared, private or locked';
    }
  }
  return undefined;
}

/** One record of comma-separated values as Go's encoding/csv reads it; undefined for a stray or unclosed quote. */
function csvFields(record: string): string[] | undefined {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (record[at] === '"') {
      let field = '';
      at++;
      for (;;) {
        const end = record.indexOf('"', at);
        if (end === -1) return undefined;
        field += record.slice(at, end);
        at = end + 1;
        if (record[at] !== '"') break;
        field += '"';
        at++;
      }
      fields.push(field);
      if (at < record.length && record[at] !== ',') return undefined;
    } else {
      const comma = record.indexOf(',', at);
      const end = comma === -1 ? record.length : comma;
      const field = record.slice(at, end);
      if (field.includes('"')) return undefined;
      fields.push(field);
      at = end;
    }
    if (at >= record.length) return fields;
    at++;
  }
}
