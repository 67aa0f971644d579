import { fixOf, leftBecause, together } from '../../edit/change.ts';
import { keywordAs } from '../../edit/dockerfile.ts';
import { newFile } from '../../edit/new-file.ts';
import type { Project } from '../../model/project.ts';
import { joinPath } from '../../read/paths.ts';
import type { Cure } from '../../vocabulary/fix.ts';
import { nodeManifest } from './node-manifest.ts';
import { inTwoStages } from './two-stages.ts';
import { asExec, describesRun, inside, type Understood, understood } from './understood.ts';

/** nginx's own image that runs as uid 101 (https://github.com/nginx/docker-nginx-unprivileged); 1.30 is the stable line. */
const runtime = 'nginxinc/nginx-unprivileged:1.30-alpine';

interface Site {
  /** The folder that is served, as it is written. */
  readonly folder: string;
  /** Paths without a file get index.html: an app of one page. */
  readonly single: boolean;
}

/** Whether it starts one of the small servers that people put before a built site. */
export function servesSite(known: Understood): Site | undefined {
  const words = asExec(known.main);
  if (!words) return undefined;
  const script = words[0] === 'npm' || words[0] === 'yarn' || words[0] === 'pnpm' ? scriptOf(words, known) : words;
  const [program, ...rest] =
    script?.[0] === 'npx' ? script.slice(1).filter((word) => word !== '-y' && word !== '--yes') : (script ?? []);
  if (program === 'vite' && rest[0] === 'preview') return { folder: 'dist', single: true };
  if (program !== 'serve' && program !== 'http-server') return undefined;
  const operands = rest.filter(
    (word, index) => !word.startsWith('-') && !/^(?:-l|--listen|-p|--port|-a|-c|--config)$/.test(rest[index - 1] ?? ''),
  );
  const unknown = rest.find(
    (word) =>
      word.startsWith('-') &&
      !/^(?:-s|--single|-l|--listen|-p|--port|-n|--no-clipboard|-L|--no-request-logging|-a)$/.test(word),
  );
  if (operands.length !== 1 || unknown !== undefined) return undefined;
  return {
    folder: operands[0] ?? '',
    single: program === 'serve' && rest.some((word) => word === '-s' || word === '--single'),
  };
}

function scriptOf(words: readonly string[], { context }: Understood): string[] | undefined {
  const name = words.slice(1).find((word) => !word.startsWith('-') && word !== 'run') ?? 'start';
  const script = nodeManifest(context)?.scripts.get(name);
  return script === undefined || /[|;<>`$()&]/.test(script) ? undefined : script.trim().split(/\s+/);
}

/** A built site needs no Node: nginx serves its files, at the same port. */
export function splitSite(dockerfile: Understood['dockerfile'], project: Project): Cure {
  const known = understood(dockerfile, project);
  if ('left' in known) return known;
  const { stage, context, services, workdir } = known;
  const site = servesSite(known);
  if (!site) return leftBecause('it does not serve a built site by a server that is known');
  const port = services[0]?.listens[0]?.value;
  if (port === undefined) return leftBecause('at which port it serves the site is not known');
  if (services.some(({ healthcheck }) => healthcheck.kind === 'test'))
    return leftBecause('its health check may call a tool that nginx comes without');
  const file = joinPath(context.directory, 'nginx.conf');
  if (context.kind('nginx.conf') !== 'missing') return leftBecause('there is an nginx.conf already');
  if (context.ignores('nginx.conf')) return leftBecause('the ignore file would keep an nginx.conf out');
  const builds = stage.steps.some(({ commands }) =>
    commands.some(({ words }) => words.some(({ text }) => /^build(?::\w+)?$/.test(text))),
  );
  if (!builds) return leftBecause('no line of it builds the site');
  const start = stage.steps.filter(({ instruction }) => /^(?:CMD|ENTRYPOINT)$/.test(instruction.keyword));
  if (start.length !== 1 || start.some(({ instruction }) => instruction.comments.length > 0))
    return leftBecause('a comment belongs to its command, which nginx replaces');
  const command = start[0]?.instruction;
  if (!command || stage.steps.at(-1)?.instruction !== command) return leftBecause('lines follow its command');
  const copy = keywordAs(dockerfile, 'COPY');
  const { text } = dockerfile.tree;
  const gap = /\s*$/.exec(text.slice(0, command.span.start))?.[0].length ?? 0;
  return fixOf(
    {
      title: `Build in one stage, serve the site with nginx in another, at port ${port}`,
      safety: 'review',
      provedBy: 'boot-time',
      note: 'nginx runs as uid 101; look into nginx.conf for headers and paths of your own',
      rewrites: true,
    },
    together(
      inTwoStages(dockerfile, {
        place: ({ instruction }) => (describesRun.test(instruction.keyword) ? 'run' : 'build'),
        edits: [{ span: { ...command.span, start: command.span.start - gap }, text: '' }],
        runtime,
        copies: [
          `${copy} nginx.conf /etc/nginx/conf.d/default.conf`,
          `${copy} --from=build ${inside(workdir, site.folder)} /usr/share/nginx/html`,
        ],
      }),
      { edits: [newFile(file, configuration(port, site.single))], sets: [] },
    ),
  );
}

function configuration(port: number, single: boolean): string {
  return [
    'server {',
    `    listen ${port};`,
    '    root /usr/share/nginx/html;',
    '',
    '    location / {',
    `        try_files $uri $uri.html $uri/ ${single ? '/index.html' : '=404'};`,
    '    }',
    '}',
    '',
  ].join('\n');
}
