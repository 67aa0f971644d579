/**
 * Packages that the command line loads from the program's own `node_modules`, and only when drilling: dockerode brings
 * twenty of its own, one with a native addon, and listr2 loads others that are ES modules only.
 */
export const leftOut: readonly string[] = ['dockerode', 'listr2', 'tar-stream'];
