import type { Project } from '../../model/project.ts';
import type { Span } from '../../vocabulary/span.ts';
import type { Rule } from '../rule.ts';

export const commandCutShort: Rule = {
  id: 'compose/command-cut-short',
  summary: 'A command that ends at a shell operator',
  why: 'Compose starts no shell: it splits the line into words and silently drops all from the first &&, |, ; or > on, so the migration runs and the server does not.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#command',
    'https://github.com/mattn/go-shellwords',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.2.0',
  mission: [],
  aliases: [],
  byHand: 'only you know what was meant to run',
  examples: { bad: 'bad-and', good: 'good-shell' },
  compose(compose, report, project) {
    for (const { code, message, span } of compose.faults) {
      if (code !== 'command-cut-short') continue;
      const [, service, key] = /^services\.(.+)\.(command|entrypoint)(?::|$)/.exec(message) ?? [];
      const what = service === undefined ? 'a command' : `the ${key} of "${service}"`;
      report({ at: span, message: `Compose drops ${dropped(span, project)} from ${what}: no shell reads it` });
    }
  },
};

function dropped({ file, start, end }: Span, project: Project): string {
  const text = project.sources.get(file)?.text.slice(start, end) ?? '';
  // Of a folded text the place is the whole of it, with its `>` and line break.
  return !/^[;&|<>]/.test(text) || /^[>|][-+\d]*\s*\n/.test(text)
    ? 'the rest'
    : `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}
