import type { Project } from '../../model/project.ts';
import type { Span } from '../../vocabulary/span.ts';
import { listed } from '../in-words.ts';
import type { Rule } from '../rule.ts';

export const undocumentedEnvironment: Rule = {
  id: 'project/undocumented-environment',
  summary: 'Variables that are written down nowhere',
  why: 'Who deploys on a new host must guess which variables the project needs; the one that is forgotten is empty, and the service starts without its database or its key.',
  sources: [
    'https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/',
    'https://12factor.net/config',
  ],
  severity: 'low',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN17'],
  aliases: [],
  byHand: 'only you know what the variables mean',
  examples: { bad: 'bad-no-example-file', good: 'good-env-example' },
  project(project, report) {
    const { compose } = project;
    if (!compose) return;
    const needed = new Map<string, Span>();
    // Only those without a value and a default: the rest says by itself what it is.
    for (const { name, span } of compose.unset) if (!needed.has(name)) needed.set(name, span);
    if (needed.size === 0) return;
    const written = documentation(project);
    const missing = [...needed].filter(([name]) => !written.has(name));
    const [first] = missing;
    if (!first) return;
    const names = missing.map(([name]) => name);
    const verb = names.length === 1 ? 'is used, but its meaning stands' : 'are used, but their meaning stands';
    report({ at: first[1], message: `${listed(names)} ${verb} in no example file such as .env.example` });
  },
};

const exampleFile =
  /^(?:\.?env[._-](?:example|sample|template|dist|default|defaults|tpl|tmpl|skel)|(?:example|sample|template|dist|default)[._-]?\.?env|\.env\..*\.(?:example|sample|template|dist))$/i;
const folders = ['.', 'docs', 'env', 'config', 'deploy', 'docker'];

/** Names that an example file gives, or a README speaks of. */
function documentation({ files, compose, directory: home }: Project): Set<string> {
  const names = new Set<string>();
  const directories = new Set([
    compose?.directory ?? home,
    ...folders.map((folder) => `${home}/${folder}`),
    ...folders,
  ]);
  for (const directory of directories)
    for (const entry of files.list(directory)) {
      const isExample = exampleFile.test(entry.name);
      if (entry.kind !== 'file' || !(isExample || /^readme(?:\.\w+)?$/i.test(entry.name))) continue;
      const outcome = files.read(`${directory}/${entry.name}`);
      if (!outcome.ok || outcome.text.length > 1_000_000) continue;
      for (const [name] of outcome.text.matchAll(/\b[A-Za-z_][A-Za-z0-9_]{1,80}\b/g)) names.add(name);
    }
  return names;
}
