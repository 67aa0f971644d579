import { fixOf, leftBecause } from '../../edit/change.ts';
import { keywordAs } from '../../edit/dockerfile.ts';
import type { BuildContext } from '../../model/build-context.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { languageCommand } from '../../model/image/language-packages.ts';
import type { Project } from '../../model/project.ts';
import type { Cure } from '../../vocabulary/fix.ts';
import { inTwoStages } from './two-stages.ts';
import { asExec, describesRun, inside, type Understood, understood } from './understood.ts';

/**
 * glibc, libgcc and OpenSSL, no shell, uid 65532; its glibc is that of Debian 13, not older than any that Rust's image is
 * built on (https://github.com/GoogleContainerTools/distroless/blob/main/cc/README.md). What Alpine builds is static.
 */
const withLibc = 'gcr.io/distroless/cc-debian13:nonroot';
const bare = 'gcr.io/distroless/static-debian13:nonroot';

/** Crates that link libraries which neither image has, unless they are told to build their own. */
const needsSystem =
  /^name = "((?:pq|mysqlclient|libsqlite3|rdkafka|gtk|gdk|alsa|libudev|libdbus|zmq|oracle|libgit2|curl)-sys|pyo3|opencv|ffmpeg-sys-next)"$/m;

/** A Rust program alone in an image without a shell. */
export function splitRust(dockerfile: Understood['dockerfile'], project: Project): Cure {
  const known = understood(dockerfile, project);
  if ('left' in known) return known;
  const { stage, context, main, services, workdir } = known;
  const exec = asExec(main);
  const entry = stage.steps.filter(({ instruction }) => /^(?:CMD|ENTRYPOINT)$/.test(instruction.keyword));
  if (!exec || entry.some(({ instruction }) => instruction.form === 'shell'))
    return leftBecause('its command needs a shell, which the small image has not: write it in exec form first');
  const program = builtProgram(known, exec[0] ?? '');
  if ('left' in program) return program;
  const obstacle = obstacleIn(context);
  if (obstacle !== undefined) return leftBecause(obstacle);
  const checks = services.some(({ healthcheck }) => healthcheck.kind === 'test');
  if (checks) return leftBecause('its health check calls a tool, which the small image has not');
  if (services.some(({ mounts }) => mounts.some(({ type, readOnly }) => type === 'volume' && !readOnly)))
    return leftBecause('it writes to a volume, which belongs to root by now');
  const isAlpine = /alpine/.test(stage.from.reference?.tag ?? '');
  if (isAlpine && /^name = "(?:openssl-sys|native-tls)"$/m.test(context.text('Cargo.lock') ?? ''))
    return leftBecause('it links OpenSSL, which the small image has not');
  const word = exec[0] ?? '';
  const to = word.includes('/') ? inside(workdir, word) : `/usr/local/bin/${word}`;
  return fixOf(
    {
      title: 'Build in one stage, run the program alone in another',
      safety: 'review',
      provedBy: 'boot-time',
      note: 'the small image has no shell, and runs as uid 65532',
      rewrites: true,
    },
    inTwoStages(dockerfile, {
      place: placeOf,
      runtime: isAlpine ? bare : withLibc,
      copies: [`${keywordAs(dockerfile, 'COPY')} --from=build ${program.path} ${to}`],
    }),
  );
}

function placeOf({ instruction }: Step): 'build' | 'run' | 'both' {
  const { keyword, pairs } = instruction;
  if (keyword === 'ENV')
    return pairs.every(({ key }) => /^(?:CARGO_\w+|RUSTFLAGS|RUSTUP_\w+|PATH)$/.test(key)) ? 'build' : 'both';
  if (keyword === 'WORKDIR') return 'both';
  return describesRun.test(keyword) ? 'run' : 'build';
}

/** `cargo build --release` leaves `target/release/NAME`, `cargo install` `/usr/local/cargo/bin/NAME` (the image's CARGO_HOME). */
function builtProgram(
  { stage, workdir }: Understood,
  word: string,
): { readonly path: string } | { readonly left: string } {
  const builds = stage.steps.flatMap((step) =>
    step.commands.flatMap((command) => {
      const run = languageCommand(command);
      return run?.manager === 'cargo' && /^(?:build|install)$/.test(run.verb) ? [{ run, step }] : [];
    }),
  );
  const last = builds.at(-1);
  if (!last) return leftBecause('no line of it builds a program with cargo');
  const { flags } = last.run.options;
  if (flags.has('--target') || flags.has('--target-dir') || flags.has('--root'))
    return leftBecause('where cargo puts the program is not known');
  const isInstalled = last.run.verb === 'install';
  const name = word.split('/').at(-1) ?? '';
  const path = isInstalled
    ? `/usr/local/cargo/bin/${name}`
    : inside(
        last.step.workdir?.value ?? '/',
        `target/${flags.has('--release') || flags.has('-r') ? 'release' : 'debug'}/${name}`,
      );
  const isStarted = word.includes('/') ? inside(workdir, word) === path : isInstalled;
  return isStarted ? { path } : leftBecause('what it starts is not the program that cargo makes');
}

const mostFiles = 2000;

function obstacleIn(context: BuildContext): string | undefined {
  const lock = context.text('Cargo.lock');
  if (lock === undefined) return 'there is no Cargo.lock, so what it links is not known';
  const system = needsSystem.exec(lock)?.[1];
  if (system !== undefined) return `${system} may need a library that the small image has not`;
  const files = context
    .entries(mostFiles)
    .filter(({ path, kind }) => kind === 'file' && path.endsWith('.rs') && !/^(?:target|tests|benches)\//.test(path));
  if (files.length === 0) return 'no Rust source is where it is built';
  for (const { path } of files) {
    const text = context.text(path) ?? '';
    if (/\bprocess::Command\b|\bCommand::new\(/.test(text) && path !== 'build.rs')
      return `${path} starts other programs, which the small image has not`;
    if (
      /\b(?:File::create|fs::write|create_dir(?:_all)?|OpenOptions|File::open|read_to_string|fs::read|ServeDir|NamedFile)\b/.test(
        text,
      ) &&
      path !== 'build.rs'
    )
      return `${path} reads or writes files, and which of them it needs only you know`;
  }
  return undefined;
}
