import { hardCodedSecret } from '../knowledge/hard-coded-secret.ts';

/** Names of the variables of an `.env` text that hold a secret in plain text, weak ones among them. */
export function openVariables(text: string): string[] {
  const names: string[] = [];
  for (const line of text.slice(0, 100_000).split('\n')) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*[=:](.*)$/.exec(line);
    if (!match) continue;
    const value = (match[2] ?? '').trim().replace(/^(["'])(.*)\1$/, '$2');
    if (hardCodedSecret(match[1] ?? '', value)) names.push(match[1] ?? '');
  }
  return names;
}
