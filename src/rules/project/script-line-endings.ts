import { unixLineEnds } from '../../cures/unix-line-ends.ts';
import { entryScript } from '../../model/entry-script.ts';
import type { Service } from '../../model/service.ts';
import { spanOfFact } from '../../vocabulary/fact.ts';
import type { Rule } from '../rule.ts';
import { subject } from '../subject.ts';

export const scriptLineEndings: Rule = {
  id: 'project/script-line-endings',
  summary: 'A start script with the line endings of Windows',
  why: 'The kernel looks for an interpreter called "sh\\r": the container ends at once with "no such file or directory", though the file is plainly there.',
  sources: [
    'https://man7.org/linux/man-pages/man2/execve.2.html',
    'https://docs.github.com/en/get-started/git-basics/configuring-git-to-handle-line-endings',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.2.0',
  mission: ['OPS8'],
  aliases: [],
  drill: 'crash-restart',
  examples: { bad: 'bad-crlf', good: 'good-lf' },
  service(service, report, project) {
    const script = entryScript(service, project);
    if (!script || !/^[^\n]*\r\n/.test(script.text) || isConverted(service)) return;
    const { process } = service;
    const at = spanOfFact(process.entrypoint?.value ? process.entrypoint : process.command) ?? process.span;
    if (!at) return;
    report({
      at,
      fix: () => unixLineEnds(service, project, script),
      message: `${subject(service, at)} starts with ${script.path}, whose lines end in CR LF`,
      // A shell that is handed the file stumbles only where a word meets the line's end.
      confidence: script.text.startsWith('#!') ? 'certain' : 'likely',
    });
  },
};

/** `dos2unix`, `sed -i 's/\r$//'`, `tr -d '\r'`, anywhere in the build. */
function isConverted(service: Service): boolean {
  return (service.build?.dockerfile?.tree.instructions ?? []).some(
    ({ keyword, body, heredocs }) =>
      keyword === 'RUN' &&
      [body.text, ...heredocs.map((one) => one.body)].some((text) => /dos2unix|\\r|fromdos/.test(text)),
  );
}
