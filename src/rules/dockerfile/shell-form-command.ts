import { execForm } from '../../cures/exec-form.ts';
import { leftBecause } from '../../edit/change.ts';
import { triggerStep } from '../../model/dockerfile/build-dockerfile.ts';
import type { Stage, Step } from '../../model/dockerfile/dockerfile.ts';
import { imageOfStage } from '../../model/image/image-of.ts';
import type { Confidence, Severity } from '../../vocabulary/severity.ts';
import type { Rule } from '../rule.ts';
import { shellGivesWay } from '../shell-gives-way.ts';

const ofShellForm = [
  'hadolint:DL3025',
  'buildkit:JSONArgsRecommended',
  'kics:not_using_json_in_cmd_and_entrypoint_arguments',
  'semgrep:prefer-json-notation',
];

export const shellFormCommand: Rule = {
  id: 'dockerfile/shell-form-command',
  summary: 'A command that a shell runs as PID 1',
  why: 'Docker starts /bin/sh -c, which on most images stays PID 1 and does not pass SIGTERM on: each stop and each deploy waits ten seconds and then kills the app amid its requests.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#shell-and-exec-form',
    'https://docs.docker.com/reference/build-checks/json-args-recommended/',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG9'],
  aliases: [...ofShellForm, 'dockerfile-utils:JSON_IN_SINGLE_QUOTES'],
  drill: 'graceful-stop',
  examples: { bad: 'bad-cmd', good: 'good-exec-form' },
  stage(stage, report, project) {
    if (!(stage.isInherited || stage.isOrphan) || isWindows(stage.from.text)) return;
    for (const keyword of ['ENTRYPOINT', 'CMD']) {
      // Only the last one counts; the others are another fault.
      const own = stage.steps.findLast((one) => one.instruction.keyword === keyword);
      // ONBUILD gives it to the images made from this one.
      const step = own ?? stage.steps.map(triggerStep).findLast((one) => one?.instruction.keyword === keyword);
      if (step?.instruction.form !== 'shell' || step.instruction.words.length === 0) continue;
      // SHELL chosen by hand is a choice, as BuildKit's own check has it.
      if (step.shellIsSet || replacesItself(step) || isOverridden(stage, keyword)) continue;
      const text = step.instruction.words[0]?.text ?? '';
      if (text.trim() === '') continue;
      const { keywordSpan } = step.instruction;
      if (text.trimStart().startsWith('[')) {
        const message = `${keyword} is meant as a JSON array but is none, so a shell gets it as it stands`;
        const aliases = text.includes("'") ? shellFormCommand.aliases : ofShellForm;
        const fix = () => leftBecause('it must be valid JSON first');
        report({ at: keywordSpan, message, severity: 'high', confidence: 'certain', aliases, fix });
      } else {
        report({
          at: keywordSpan,
          ...weighed(step, keyword),
          aliases: ofShellForm,
          fix: () => execForm(step, project),
        });
      }
    }
  },
};

/** A stage made from this one says something else; its ENTRYPOINT discards an inherited CMD too. */
function isOverridden(stage: Stage, keyword: string): boolean {
  for (let at = stage.dockerfile.target; at && at !== stage; at = at.from.stage)
    if (
      at.steps.some(
        ({ instruction }) =>
          instruction.keyword === keyword || (keyword === 'CMD' && instruction.keyword === 'ENTRYPOINT'),
      )
    )
      return true;
  return false;
}

/** `exec app`: the shell gives its place to the app. */
function replacesItself(step: Step): boolean {
  const flat = step.commands.filter((command) => command.within.length === 0);
  const last = flat.at(-1);
  return last?.words[0]?.text === 'exec' && last.words.length > 1;
}

function weighed(step: Step, keyword: string): { message: string; severity: Severity; confidence: Confidence } {
  const os = imageOfStage(step.stage).facts?.os;
  if (shellGivesWay('sh', os, step.commands)) {
    const message = `${keyword} runs through a shell: the one of this image gives its place to the app, most do not`;
    return { message, severity: 'low', confidence: 'likely' };
  }
  const [first, ...others] = step.commands;
  // A shell as the app itself, or a script: it is PID 1 in exec form too.
  const isShell = ['sh', 'bash', 'ash', 'zsh'].includes(first?.name ?? '') && others.length === 0;
  const message = `${keyword} runs through a shell, which becomes PID 1`;
  // Of an unknown image the shell is most likely dash.
  return { message, severity: isShell ? 'low' : 'medium', confidence: os ? 'likely' : 'guess' };
}

function isWindows(base: string | undefined): boolean {
  return base !== undefined && /windows|nanoserver/i.test(base);
}
