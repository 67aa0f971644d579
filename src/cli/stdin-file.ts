/** What came on standard input: a Compose file when its first keys are Compose's, else a Dockerfile. */
export function stdinFileName(text: string): 'compose.yaml' | 'Dockerfile' {
  return /^(?:services|version|name|include|networks|volumes|secrets|configs|models|x-[\w.-]+)\s*:/m.test(text) &&
    !/^\s*FROM\s/im.test(text)
    ? 'compose.yaml'
    : 'Dockerfile';
}
