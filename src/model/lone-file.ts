/**
 * What a text without a telling name is: a Compose file when its first keys are Compose's and it has no FROM, else a
 * Dockerfile. Linear; looks at lines only.
 */
export function kindByContent(text: string): 'compose' | 'dockerfile' {
  const composeKey =
    /^(?:services|version|name|include|networks|volumes|secrets|configs|models|["']?x-[\w.-]+["']?)[ \t]*:/m.test(text);
  return composeKey && !/^[ \t]*FROM[ \t]/im.test(text) ? 'compose' : 'dockerfile';
}
