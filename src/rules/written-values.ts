import { type HardCodedSecret, hardCodedSecret } from '../knowledge/hard-coded-secret.ts';
import { secretName } from '../knowledge/secret-names.ts';
import type { ComposeModel } from '../model/compose-model.ts';
import type { Project } from '../model/project.ts';
import type { EnvironmentVariable } from '../model/service.ts';
import type { Span } from '../vocabulary/span.ts';

/**
 * The text that a Compose file gives a variable, before interpolation: `${PASSWORD:-changeme}`. Undefined where the
 * file only names it (`- PASSWORD`) and the value comes from elsewhere.
 */
export function writtenValue(variable: EnvironmentVariable, project: Project): string | undefined {
  if (variable.template !== undefined || variable.value === undefined) return variable.template;
  const { file, start, end } = variable.span;
  const source = project.sources.get(file)?.text.slice(start, end).trim();
  const onlyNamed = source === variable.name || source === '' || source === '~' || source === 'null';
  return onlyNamed ? undefined : variable.value;
}

/** The secret that a Compose file gives a variable in plain text. */
export function writtenSecret(variable: EnvironmentVariable, project: Project): HardCodedSecret | undefined {
  const text = writtenValue(variable, project);
  return text === undefined ? undefined : hardCodedSecret(variable.name, text);
}

/** The text was put together from variables: where `part` is not in the template, it came from one. */
export function cameFromVariable(part: string, span: Span, model: ComposeModel | undefined): boolean {
  const holder = model?.interpolations.find(
    ({ span: whole }) => whole.file === span.file && whole.start <= span.start && whole.end >= span.end,
  );
  return holder !== undefined && !holder.template.includes(part);
}

/** What the pages of images show: `example`, `your_password`, `yourStrong(!)Password`. */
const tutorialPassword =
  /^(?:example|your[-_ ]?(?:(?:strong|secure|secret|safe|db|database|root|admin|user|sql|mysql|postgres|redis)[-_ ]?)?(?:\(!\))?pass(?:word|wd)?[-_!#$.]?\d{0,8}!?)$/i;

/** A password to be replaced, under a name that means one: the image takes it as it stands, and so does whoever tries. */
export function isFromTutorial(variable: EnvironmentVariable, project: Project): boolean {
  if (secretName(variable.name) !== 'yes' || !/pass|pwd/i.test(variable.name)) return false;
  const text = writtenValue(variable, project)?.trim() ?? '';
  const fallback = /^\$\{\w{1,200}:?-([^${}]{1,100})\}$/.exec(text)?.[1];
  return tutorialPassword.test(fallback ?? text);
}
