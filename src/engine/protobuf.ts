/**
 * The two kinds of field that a build session speaks: texts and bytes, by their number
 * (https://protobuf.dev/programming-guides/encoding/). Other fields are skipped.
 */
export function fieldsOf(message: Buffer): Map<number, Buffer> {
  const fields = new Map<number, Buffer>();
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; at < message.length; shift += 7) {
      const byte = message[at++]!;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    return value;
  };
  while (at < message.length) {
    const key = varint();
    const kind = key & 7;
    if (kind === 0) varint();
    else if (kind === 1) at += 8;
    else if (kind === 5) at += 4;
    else if (kind === 2) {
      const size = varint();
      fields.set(key >>> 3, message.subarray(at, at + size));
      at += size;
    } else break;
  }
  return fields;
}

/** A message of texts and bytes, by the number of the field. */
export function messageOf(fields: Readonly<Record<number, string | Buffer>>): Buffer {
  const parts: Buffer[] = [];
  for (const [number, value] of Object.entries(fields)) {
    const bytes = Buffer.from(value);
    parts.push(varintOf(Number(number) * 8 + 2), varintOf(bytes.length), bytes);
  }
  return Buffer.concat(parts);
}

function varintOf(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.from([...bytes, rest]);
}
