// Loaded before a measured program: at its end, writes what it took to file descriptor 3.
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  require('node:fs').writeSync(
    3,
    JSON.stringify({ megabytes: maxRSS / 1024, cpuMilliseconds: (userCPUTime + systemCPUTime) / 1000 }),
  );
});
