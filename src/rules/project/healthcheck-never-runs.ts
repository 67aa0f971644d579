import { tellCmd, tellShell } from '../../cures/mend-healthcheck.ts';
import { child, itemsOf, text } from '../../model/compose/tree-access.ts';
import { ownTest } from '../probe.ts';
import type { Rule } from '../rule.ts';
import { object } from '../subject.ts';

export const healthcheckNeverRuns: Rule = {
  id: 'project/healthcheck-never-runs',
  summary: 'A health check that is written for a shell but runs without one',
  why: 'CMD runs one program with its arguments: "||" and "exit 1" become arguments, a whole line becomes the name of a program that is not there, and every probe fails.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#healthcheck',
    'https://docs.docker.com/reference/dockerfile/#healthcheck',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG8', 'RUN11'],
  aliases: [],
  drill: 'honest-health',
  examples: { bad: 'bad-operator', good: 'good-cmd-shell' },
  service(service, report, project) {
    const items = itemsOf(child(service.attribute('healthcheck'), 'test'));
    const [type] = items;
    const typeText = text(type);
    if (type && typeText !== undefined && !['CMD', 'CMD-SHELL', 'NONE', ''].includes(typeText)) {
      const message = `The health check of "${service.name}" begins with ${JSON.stringify(typeText.slice(0, 40))} instead of CMD or CMD-SHELL, which Docker refuses`;
      const fix = () =>
        tellCmd(
          service,
          project,
          items.map((item) => text(item) ?? ''),
        );
      report({ at: type.span, message, fix });
      return;
    }
    const test = ownTest(service);
    if (test?.test.form !== 'exec') return;
    const { words } = test.test;
    const [first] = words;
    if (!first || words.length === 0) return;
    const of = object(service, test.span);
    const fix = () => tellShell(service, project, test);
    if (words.length === 1 && /\s/.test(first.text.trim()) && !isQuotedPath(first.text)) {
      report({
        at: first.span,
        message: `The health check of ${of} takes the whole line "${shown(first.text)}" as the name of a program`,
        fix,
      });
      return;
    }
    if (isShell(first.text)) return;
    const operator = words.find((word, index) => index > 0 && /^(?:\|\|?|&&|;|>|2>&1|>\/dev\/null)$/.test(word.text));
    if (operator) {
      report({
        at: operator.span,
        message: `The health check of ${of} gives "${operator.text}" to ${shown(first.text)} as an argument: no shell reads it`,
        fix,
      });
      return;
    }
    const variable = words.find((word) => /^\$\{?[A-Za-z_]\w*\}?$|\/\/[^/]*\$\{?[A-Za-z_]/.test(word.text));
    if (variable)
      report({
        at: variable.span,
        message: `The health check of ${of} gives "${shown(variable.text)}" to ${shown(first.text)} as it is: no shell puts a value there`,
        fix,
      });
  },
};

function isShell(program: string): boolean {
  return /(?:^|\/)(?:ba|da|a|z)?sh$/.test(program);
}

function isQuotedPath(word: string): boolean {
  return word.startsWith('/') && !/\s-|\s\//.test(word);
}

function shown(word: string): string {
  return word.length > 40 ? `${word.slice(0, 40)}…` : word;
}
