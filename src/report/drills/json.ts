import type { Evidence, Series } from '../../vocabulary/drill.ts';
import type { DrillFormat } from './drill-format.ts';
import { tallyDrills } from './tally.ts';

/** As the package exports it. */
export const drillSchema = 'seaworthy/schema/drill-1.schema.json';

/** The report as `schema/drill-1.schema.json` describes it: what the library gives, and who made it. Ends with a line end. */
export const renderDrillJson: DrillFormat = (report, extras) => {
  const { version, project, engine, startedAt, seconds, drills, skipped, standIns } = report;
  const body = {
    $schema: drillSchema,
    version,
    tool: { name: 'seaworthy', version: extras.version },
    summary: tallyDrills(drills),
    project,
    engine,
    startedAt,
    seconds,
    drills: drills.map(({ evidence, timeline, ...rest }) => ({
      ...rest,
      evidence: evidence.map(evidenceJson),
      ...(timeline ? { timeline: { ...timeline, series: timeline.series.map(seriesJson) } } : {}),
    })),
    skipped,
    standIns,
  };
  return `${JSON.stringify(body, null, 2)}\n`;
};

/** JSON has no infinity, and would say null. */
function evidenceJson(evidence: Evidence): Evidence {
  const { value } = evidence;
  return typeof value === 'number' && !Number.isFinite(value) ? { ...evidence, value: String(value) } : evidence;
}

function seriesJson({ limit, points, ...rest }: Series): Series {
  return {
    ...rest,
    points: points.filter(([at, value]) => Number.isFinite(at) && Number.isFinite(value)),
    ...(limit !== undefined && Number.isFinite(limit) ? { limit } : {}),
  };
}
