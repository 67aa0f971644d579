import { addToCopy } from '../../cures/add-to-copy.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { weighed } from '../bases.ts';
import type { Rule } from '../rule.ts';

/** What ADD unpacks by itself, and names that most often hold such a thing. */
const archive = /\.(?:tar|tgz|tbz2?|txz|tzst|tz|gz|bz2|xz|lzma|zst|zip|Z)(?:["'*?]|$)|\.tar[.*?]/i;
const remote = /^(?:https?|ftp|git|ssh):\/\/|^git@|\.git(?:#|$)/i;

export const addInsteadOfCopy: Rule = {
  id: 'dockerfile/add-instead-of-copy',
  summary: 'ADD for plain files',
  why: 'ADD unpacks what happens to be an archive and downloads what looks like an address, so that one renamed file changes the image.',
  sources: [
    'https://docs.docker.com/build/building/best-practices/#add-or-copy',
    'https://docs.docker.com/reference/dockerfile/#add',
  ],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG4'],
  aliases: [
    'hadolint:DL3020',
    'trivy:DS-0005',
    'kics:add_instead_of_copy',
    'checkov:CKV_DOCKER_4',
    'semgrep:prefer-copy-over-add',
    'dockle:CIS-DI-0009',
  ],
  examples: { bad: 'bad-local-folder', good: 'good-archive' },
  dockerfile(dockerfile, report) {
    for (const stage of dockerfile.stages)
      for (const step of stage.steps) {
        const { instruction } = step;
        if (instruction.keyword !== 'ADD' || instruction.words.length < 2 || instruction.heredocs.length > 0) continue;
        if (instruction.flags.some(({ name }) => name === 'checksum' || name === 'keep-git-dir' || name === 'unpack'))
          continue;
        const sources = instruction.words.slice(0, -1);
        if (!sources.every(({ text }) => isPlain(text, step))) continue;
        const shown = sources.length === 1 ? `"${sources[0]?.text}"` : `${sources.length} plain sources`;
        report({
          at: instruction.keywordSpan,
          message: `ADD copies ${shown}, where nothing is unpacked or downloaded`,
          severity: weighed(stage, 'low'),
          fix: () => addToCopy(step),
        });
      }
  },
};

function isPlain(source: string, step: Step): boolean {
  const { text, unset } = step.scope.expand(source);
  // A variable may hold an address or an archive.
  return text !== undefined && unset.length === 0 && !archive.test(text) && !remote.test(text);
}
