import { secretFile } from '../../knowledge/secret-files.ts';
import { openVariables } from '../env-file.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

export const secretFileCopied: Rule = {
  id: 'dockerfile/secret-file-copied',
  summary: 'A file of secrets copied into the image',
  why: 'Everyone who can pull the image can take the file out of its layer, even where a later line deletes it.',
  sources: [
    'https://docs.docker.com/build/building/secrets/',
    'https://docs.docker.com/build/building/best-practices/',
  ],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG10', 'SCN2'],
  aliases: ['trivy:DS-0031', 'dockle:CIS-DI-0010'],
  drill: 'secrets-stay-secret',
  byHand: 'the build must be told to mount it as a secret',
  examples: { bad: 'bad-env-file', good: 'good-example-file' },
  dockerfile(dockerfile, report, project) {
    const context = project.contextOf(dockerfile);
    for (const step of stepsIn(dockerfile, 'build')) {
      const { keyword, flags, words, heredocs } = step.instruction;
      if (keyword !== 'COPY' && keyword !== 'ADD') continue;
      // What another stage holds is judged there.
      if (flags.some(({ name }) => name === 'from')) continue;
      for (const word of words.slice(0, -1)) {
        if (heredocs.some(({ markerSpan }) => markerSpan.start === word.span.start)) continue;
        const path = step.scope.expand(word.text).text;
        if (path === undefined || /^[a-z][a-z\d+.-]*:\/\//i.test(path) || context?.ignores(path.replace(/^\/+/, '')))
          continue;
        const text = context?.kind(path) === 'file' ? context.text(path) : undefined;
        const found = secretFile(path, text);
        // A name that may mean a certificate as well proves nothing by itself.
        if (!found || found.confidence === 'guess') continue;
        if (text !== undefined && /(?:^|\/)\.env/.test(path) && openVariables(text).length === 0) continue;
        report({
          at: word.span,
          severity: step.stage.isInherited ? 'high' : 'low',
          confidence: text === undefined ? found.confidence : 'certain',
          message: `${keyword} brings "${path}", ${found.what}, into ${step.stage.isInherited ? 'the image' : 'a build stage'}`,
        });
      }
    }
  },
};
