import { addToCopy } from '../../cures/add-to-copy.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { weighed } from '../bases.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

/** What ADD unpacks by itself, and names that most often hold such a thing. */
const archive = /\.(?:tar|t?gz|tb2|t?bz2?|t?xz|t?lz|lzma|t?zst|tpz|t?z)(?:["'*?]|$)|\.tar[.*?]/i;
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
    for (const step of stepsIn(dockerfile, 'file', 'ADD')) {
      const { instruction } = step;
      if (instruction.words.length < 2 || instruction.heredocs.length > 0) continue;
      if (instruction.flags.some(({ name }) => name === 'checksum' || name === 'keep-git-dir' || name === 'unpack'))
        continue;
      const sources = instruction.words.slice(0, -1);
      const destination = instruction.words.at(-1)?.text ?? '';
      const isGuess = sources.length === 1 && isPlainByName(sources[0]?.text ?? '', destination);
      if (!isGuess && !sources.every(({ text }) => isPlain(text, step))) continue;
      const shown = sources.length === 1 ? `"${sources[0]?.text}"` : `${sources.length} plain sources`;
      report({
        at: instruction.keywordSpan,
        message: `ADD copies ${shown}, where nothing is unpacked or downloaded`,
        severity: weighed(step.stage, 'low'),
        fix: () => addToCopy(step),
        ...(isGuess ? { confidence: 'guess' as const } : {}),
      });
    }
  },
};

function isPlain(source: string, step: Step): boolean {
  const { text, unset } = step.scope.expand(source);
  // A variable may hold an address or an archive.
  return text !== undefined && unset.length === 0 && !archive.test(text) && !remote.test(text);
}

/** `ADD ${JAR_FILE} app.jar`: the variable may hold anything, but by its name or the file's it is a plain file. */
function isPlainByName(source: string, destination: string): boolean {
  const name = /^\$\{?(\w+)\}?$/.exec(source)?.[1];
  if (name === undefined || /UR[IL]|LINK|SRC|SOURCE|ARCHIVE|TAR/i.test(name)) return false;
  return /[JW]AR_?FILE/i.test(name) || /[^/]\.(?:[jwe]ar|jso?n?|ya?ml|py|sh|conf|txt|xml)$/.test(destination);
}
