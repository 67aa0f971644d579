import type { Step } from '../../model/dockerfile/dockerfile.ts';
import type { Reporter, Rule } from '../rule.ts';
import { languageSteps, stepsIn } from '../steps.ts';

export const debugBuild: Rule = {
  id: 'dockerfile/debug-build',
  summary: 'A debug build in the image that runs',
  why: 'Compiled without optimisation it is several times slower and larger, so production needs machines that a release build does not.',
  sources: [
    'https://doc.rust-lang.org/cargo/reference/profiles.html',
    'https://learn.microsoft.com/en-us/dotnet/core/tools/dotnet-publish',
    'https://pkg.go.dev/cmd/compile',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.2.0',
  mission: ['IMG3', 'RUN17'],
  aliases: [],
  examples: { bad: 'bad-cargo', good: 'good-release' },
  dockerfile(dockerfile, report) {
    const told = reportPaths(stepsIn(dockerfile, 'image'), report);
    for (const { runs } of told ? [] : languageSteps(dockerfile, 'build'))
      for (const { manager, verb, options, command } of runs) {
        const words = command.words.map(({ text }) => text);
        const given = options.flags.get('--configuration');
        const configuration = given && given !== true ? given.text : after(words, '-c', '--configuration');
        if (manager === 'dotnet' && /^(?:publish|build)$/.test(verb) && /^debug$/i.test(configuration))
          report({ at: command.span, message: `"dotnet ${verb}" makes a debug build` });
        else if (manager === 'go' && verb === 'build' && words.some((word) => /-N\b.*-l\b|-l\b.*-N\b/.test(word)))
          report({ at: command.span, message: '"go build" is told not to optimise' });
      }
  },
};

/** `target/debug/app`, `bin/Debug/net9.0`: copied into the image, or started there. */
function reportPaths(steps: readonly Step[], report: Reporter): boolean {
  let told = false;
  for (const { instruction } of steps) {
    const { keyword, words } = instruction;
    const looked = keyword === 'COPY' ? words.slice(0, -1) : keyword === 'CMD' || keyword === 'ENTRYPOINT' ? words : [];
    const word = looked.find(({ text }) => debugPath.test(text));
    if (!word) continue;
    told = true;
    report({ at: word.span, message: `"${debugPath.exec(word.text)?.[1]}" is a debug build`, confidence: 'certain' });
  }
  return told;
}

const debugPath = /(?:^|[/\s])((?:target(?:\/[\w-]+)?\/debug|bin\/Debug)(?:\/[\w.-]*)?)/;

function after(words: readonly string[], ...names: readonly string[]): string {
  const at = words.findIndex((word) => names.includes(word));
  return at === -1 ? '' : (words[at + 1] ?? '');
}
