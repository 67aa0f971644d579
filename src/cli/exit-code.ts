/** The same for every format. */
export const ExitCode = {
  /** Nothing at or above the threshold. */
  Seaworthy: 0,
  /** Findings, or a broken drill. */
  NotSeaworthy: 1,
  /** A flag or a name that does not exist. */
  Misuse: 2,
  /** Nothing could be looked at: no project, unreadable files. */
  CouldNotLook: 3,
  /** A rule or Seaworthy itself broke: our bug. */
  OurBug: 4,
  Interrupted: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
