type Files = Readonly<Record<string, string>>;

/** Leaves out files, then lines, then characters, for as long as the fault stays; greedy, so small but not the smallest. */
export function smallest(files: Files, stillFaulty: (files: Files) => boolean): Files {
  let left = files;
  for (const name of Object.keys(files)) {
    const { [name]: _, ...fewer } = left;
    if (stillFaulty(fewer)) left = fewer;
  }
  for (const separator of ['\n', ''])
    for (const name of Object.keys(left)) {
      const rest = (text: string) => ({ ...left, [name]: text });
      left = rest(fewestParts(left[name] ?? '', separator, (text) => stillFaulty(rest(text))));
    }
  return left;
}

function fewestParts(text: string, separator: string, stillFaulty: (text: string) => boolean): string {
  let parts = text.split(separator);
  // Characters of a long text would take hours.
  if (parts.length > 5_000) return text;
  for (let size = Math.ceil(parts.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < parts.length; ) {
      const fewer = [...parts.slice(0, at), ...parts.slice(at + size)];
      if (stillFaulty(fewer.join(separator))) parts = fewer;
      else at += size;
    }
  return parts.join(separator);
}
