/** The reason of a drill that was ended because its budget was spent. */
export class OutOfTime extends Error {}
