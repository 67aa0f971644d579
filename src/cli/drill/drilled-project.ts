import type { Project } from '../../model/project.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';
import { type Call, oneText, texts } from '../command.ts';
import { jobsOf, projectOf } from '../operand-jobs.ts';

/** The one project that is drilled: that of `-f`, of `--directory`, or of the current directory. Operands are services. */
export function drilledProject(call: Call): Project {
  const directory = oneText(call.values, 'directory');
  if (directory !== undefined && texts(call.values, 'file').length > 0)
    throw new SeaworthyError('usage', '--file and --directory exclude each other', {
      hint: 'seaworthy drill -f shop/compose.yaml',
    });
  const place = directory ?? '.';
  const jobs = jobsOf({ ...call, operands: directory === undefined ? [] : [directory] });
  const found = jobs
    .map((job) => ({ job, project: projectOf(job) }))
    .filter(({ project }) => project.services.length > 0);
  const here = found.find(({ job }) => (job.options.directory ?? '.') === '.');
  const chosen = here ?? (found.length === 1 ? found[0] : undefined);
  if (chosen) return chosen.project;
  if (found.length === 0)
    throw new SeaworthyError(
      'no-project',
      `There is no service to drill in ${place === '.' ? 'this directory' : place}`,
      {
        hint: 'Name the Compose file or the directory: seaworthy drill -f compose.yaml',
      },
    );
  const places = found.slice(0, 5).map(({ job }) => job.options.directory ?? '.');
  throw new SeaworthyError('usage', `There are ${found.length} projects below ${place}; one at a time is drilled`, {
    hint: `seaworthy drill --directory ${places.join(', or ')}`,
  });
}
