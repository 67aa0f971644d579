const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Request counts and durations in Prometheus's text format, version 0.0.4. */
export const createMetrics = () => {
  const requests = new Map();
  const inBucket = new Array(buckets.length).fill(0);
  let totalSeconds = 0;
  let total = 0;
  let inFlight = 0;

  return {
    begin() {
      inFlight += 1;
    },
    end({ method, route, status, seconds }) {
      inFlight -= 1;
      total += 1;
      totalSeconds += seconds;
      const labels = `method="${method}",route="${route}",status="${status}"`;
      requests.set(labels, (requests.get(labels) ?? 0) + 1);
      buckets.forEach((limit, index) => {
        if (seconds <= limit) inBucket[index] += 1;
      });
    },
    inFlight: () => inFlight,
    text() {
      return [
        '# TYPE http_requests_total counter',
        ...[...requests].map(([labels, count]) => `http_requests_total{${labels}} ${count}`),
        '# TYPE http_request_duration_seconds histogram',
        ...buckets.map((limit, index) => `http_request_duration_seconds_bucket{le="${limit}"} ${inBucket[index]}`),
        `http_request_duration_seconds_bucket{le="+Inf"} ${total}`,
        `http_request_duration_seconds_sum ${totalSeconds}`,
        `http_request_duration_seconds_count ${total}`,
        '# TYPE http_requests_in_flight gauge',
        `http_requests_in_flight ${inFlight}`,
        '# TYPE process_resident_memory_bytes gauge',
        `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
        '',
      ].join('\n');
    },
  };
};
