/** How bad it is when the fault bites, worst first. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/**
 * How sure we are that the fault is there. `certain`: the files say so. `likely`: true unless something outside the
 * files (a daemon setting, an unknown base image) says otherwise. `guess`: worth a look.
 */
export const confidences = ['certain', 'likely', 'guess'] as const;
export type Confidence = (typeof confidences)[number];

export function atLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}

/** The less sure of two: a conclusion is as sure as its weakest premise. */
export function leastSure(first: Confidence, second: Confidence): Confidence {
  return confidences.indexOf(first) >= confidences.indexOf(second) ? first : second;
}
