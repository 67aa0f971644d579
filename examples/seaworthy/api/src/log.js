const severity = { debug: 10, info: 20, warn: 30, error: 40 };
const least = severity[process.env.LOG_LEVEL ?? 'info'] ?? severity.info;

/** One JSON object per line on stdout; what collects, keeps and searches the lines is not this process's business. */
const write = (level, message, fields = {}) => {
  if (severity[level] < least) return;
  const { error, ...rest } = fields;
  const line = { time: new Date().toISOString(), level, service: 'orders-api', version: process.env.APP_VERSION, message, ...rest };
  if (error !== undefined) line.error = { name: error.name, message: error.message, code: error.code, stack: error.stack };
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

export const log = {
  debug: (message, fields) => write('debug', message, fields),
  info: (message, fields) => write('info', message, fields),
  warn: (message, fields) => write('warn', message, fields),
  error: (message, fields) => write('error', message, fields),
};
