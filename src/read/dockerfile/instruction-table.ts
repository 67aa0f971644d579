/** How BuildKit cuts an instruction's arguments (its `dispatch` table in frontend/dockerfile/parser). */
export type ArgumentShape =
  /** Words between white space: FROM, EXPOSE. */
  | 'list'
  /** A JSON array, else words between white space: ADD, COPY, VOLUME. */
  | 'json-or-list'
  /** A JSON array, else the whole text: CMD, ENTRYPOINT, RUN, SHELL. */
  | 'json-or-text'
  /** `key=value …`, or the legacy `key value`: ENV, LABEL. */
  | 'pairs'
  /** `name` or `name=value`, several: ARG. */
  | 'names'
  /** The whole text: MAINTAINER, STOPSIGNAL, USER, WORKDIR. */
  | 'text'
  /** `NONE`, or `CMD` and a JSON array or text. */
  | 'healthcheck'
  /** Another instruction: ONBUILD. */
  | 'trigger';

/** `strings` may be repeated; `boolean` may stand without a value. */
export type FlagKind = 'boolean' | 'string' | 'strings';

export interface InstructionRow {
  readonly shape: ArgumentShape;
  /** Flag names without `--`. Those of newer frontends are included: which one builds is the `syntax` line's choice. */
  readonly flags: Readonly<Record<string, FlagKind>>;
  /** BuildKit never looks at the flags of STOPSIGNAL, so none is wrong there. */
  readonly flagsChecked: boolean;
  /** Fewest arguments BuildKit takes (pairs count as one each). */
  readonly min: number;
  readonly max: number;
  readonly heredocs: boolean;
  /** Where the builder replaces `$name`; `shell` leaves it to the shell that runs the command. */
  readonly expands: 'arguments' | 'shell' | 'nothing';
  /** What its arguments are, for messages. */
  readonly usage: string;
}

const noFlags: Readonly<Record<string, FlagKind>> = {};

function row(
  shape: ArgumentShape,
  expands: InstructionRow['expands'],
  usage: string,
  rest: Partial<InstructionRow> = {},
): InstructionRow {
  const max = shape === 'text' ? 1 : Number.POSITIVE_INFINITY;
  return { shape, flags: noFlags, flagsChecked: true, min: 1, max, heredocs: false, expands, usage, ...rest };
}

/**
 * Every instruction, once. Source: docs.docker.com/reference/dockerfile and BuildKit's frontend/dockerfile/instructions
 * as of docker/dockerfile 1.20.
 */
const rows = {
  ADD: row('json-or-list', 'arguments', 'ADD [flags] source… destination', {
    flags: {
      chown: 'string',
      chmod: 'string',
      link: 'boolean',
      'keep-git-dir': 'boolean',
      checksum: 'string',
      unpack: 'boolean',
      exclude: 'strings',
    },
    min: 2,
    heredocs: true,
  }),
  ARG: row('names', 'arguments', 'ARG name[=default]…'),
  CMD: row('json-or-text', 'shell', 'CMD ["program", "argument"…]', { min: 0 }),
  COPY: row('json-or-list', 'arguments', 'COPY [flags] source… destination', {
    flags: {
      chown: 'string',
      from: 'string',
      chmod: 'string',
      link: 'boolean',
      parents: 'boolean',
      exclude: 'strings',
    },
    min: 2,
    heredocs: true,
  }),
  ENTRYPOINT: row('json-or-text', 'shell', 'ENTRYPOINT ["program", "argument"…]', { min: 0 }),
  ENV: row('pairs', 'arguments', 'ENV name=value…'),
  EXPOSE: row('list', 'arguments', 'EXPOSE port[/protocol]…'),
  FROM: row('list', 'arguments', 'FROM [--platform=…] image [AS name]', { flags: { platform: 'string' }, max: 3 }),
  HEALTHCHECK: row('healthcheck', 'shell', 'HEALTHCHECK [flags] CMD command, or HEALTHCHECK NONE', {
    flags: {
      interval: 'string',
      timeout: 'string',
      'start-period': 'string',
      'start-interval': 'string',
      retries: 'string',
    },
  }),
  LABEL: row('pairs', 'arguments', 'LABEL key=value…'),
  MAINTAINER: row('text', 'nothing', 'MAINTAINER name'),
  ONBUILD: row('trigger', 'nothing', 'ONBUILD instruction'),
  RUN: row('json-or-text', 'shell', 'RUN [flags] command', {
    flags: { mount: 'strings', network: 'string', security: 'string', device: 'strings' },
    min: 0,
    heredocs: true,
  }),
  SHELL: row('json-or-text', 'nothing', 'SHELL ["program", "argument"…]'),
  STOPSIGNAL: row('text', 'arguments', 'STOPSIGNAL signal', { flagsChecked: false }),
  USER: row('text', 'arguments', 'USER user[:group]'),
  VOLUME: row('json-or-list', 'arguments', 'VOLUME path…'),
  WORKDIR: row('text', 'arguments', 'WORKDIR path'),
} satisfies Record<string, InstructionRow>;

export type Keyword = keyof typeof rows;

export const instructionTable: ReadonlyMap<string, InstructionRow> = new Map(Object.entries(rows));
