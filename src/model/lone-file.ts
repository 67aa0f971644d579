const composeKey =
  /^["']?(?:services|version|name|include|networks|volumes|secrets|configs|models|x-[\w.-]+)["']?[ \t]*:(?:[ \t\r]|$)/;

/**
 * What a text without a telling name is: a Compose file when its first key is one of Compose's, or a later one is and
 * no line begins with FROM; else a Dockerfile. A Dockerfile inside a Compose file is indented. Linear; looks at lines only.
 */
export function kindByContent(text: string): 'compose' | 'dockerfile' {
  let hasKey = false;
  let isFirst = true;
  for (let start = text.startsWith('\uFEFF') ? 1 : 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    // Keys and FROM stand at the beginning: no more of a line is needed.
    const line = text.slice(start, Math.min(end, start + 200));
    start = end + 1;
    if (/^\s*(?:#|$)|^---|^%/.test(line)) continue;
    if (composeKey.test(line)) {
      if (isFirst) return 'compose';
      hasKey = true;
    } else if (/^FROM[ \t]/i.test(line)) return 'dockerfile';
    isFirst = false;
  }
  return hasKey ? 'compose' : 'dockerfile';
}

/** As `kindByContent`, and YAML by its name where nothing in it looks like a Dockerfile: `service:` for `services:`. */
export function kindOf(path: string, text: string): 'compose' | 'dockerfile' {
  const isYaml = /\.ya?ml$/i.test(path) && !/^FROM[ \t]/im.test(text);
  return isYaml ? 'compose' : kindByContent(text);
}
