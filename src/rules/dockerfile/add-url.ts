import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';
import { isVerified } from '../verified.ts';

export const addUrl: Rule = {
  id: 'dockerfile/add-url',
  summary: 'ADD of a URL without a checksum',
  why: 'Whatever the address serves on the day of the build goes into the image, and an archive stays in its layer though a later line deletes it.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#add---checksum',
    'https://docs.docker.com/build/building/best-practices/#add-or-copy',
  ],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG12', 'IMG4'],
  aliases: ['kics:curl_or_wget_instead_of_add', 'checkov:CKV_DOCKER_4'],
  examples: { bad: 'bad-archive', good: 'good-checksum' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'build', 'ADD')) {
      const { words, flags } = step.instruction;
      if (flags.some(({ name }) => name === 'checksum') || isVerified(step)) continue;
      for (const word of words.slice(0, -1)) {
        const url = step.scope.expand(word.text).text ?? word.text;
        // A repository is pinned by its commit, which its URL can say.
        if (!/^(?:https?|ftp):\/\//i.test(url) || /\.git(?:[#?]|$)/.test(url)) continue;
        report({
          at: word.span,
          severity: /^https:/i.test(url) ? 'low' : 'medium',
          message: /^https:/i.test(url)
            ? 'Nothing checks what ADD fetches from this URL'
            : 'Nothing checks what ADD fetches over an open connection',
        });
      }
    }
  },
};
